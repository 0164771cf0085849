import { useSearch } from 'wouter/use-browser-location';
import { useChartMessages } from '../i18n/chart.ts';
import { exploreHref } from '../lineage.ts';
import { Link } from '../link.tsx';
import { comparedIn, hrefWith, MOST_COMPARED } from '../state/chart-url.ts';
import styles from './chart-part.module.css';
import type { ChartPoint } from './points.ts';
import { type Quantity, quantities, quantityFacts } from './quantities.ts';

/** What a point stands for, where its accuracy comes from, and the ways on from it. */
export function PointReadout({
  point,
  front,
  across,
  up,
}: {
  readonly point: ChartPoint | null;
  /** The points on the front, told of while no point is. */
  readonly front: readonly ChartPoint[];
  /** What the axes stand for. */
  readonly across: Quantity;
  readonly up: Quantity;
}) {
  const messages = useChartMessages();
  if (!point) {
    return (
      <section className={styles.readout} aria-label={messages.readout}>
        <p className={styles.hint}>{messages.nothingPointed}</p>
        {front.length > 0 ? (
          <>
            <h3>{messages.frontTitle}</h3>
            <dl>
              {front.map(({ key, title, values }) => (
                <div key={key}>
                  <dt>{title}</dt>
                  <dd>
                    {[across, up]
                      .map((quantity) => quantityFacts[quantity].format(values[quantity] ?? 0))
                      .join(' · ')}
                  </dd>
                </div>
              ))}
            </dl>
          </>
        ) : null}
      </section>
    );
  }
  const { title, network, values, source, evaluation, crop, incomparable } = point;
  return (
    <section className={styles.readout} aria-label={messages.readout}>
      <h3>
        {title}
        {incomparable === null ? '' : ' †'}
      </h3>
      <dl>
        {quantities.map((quantity) => {
          const value = values[quantity];
          return value === null ? null : (
            <div key={quantity}>
              <dt>{messages.quantities[quantity]}</dt>
              <dd>{quantityFacts[quantity].format(value)}</dd>
            </div>
          );
        })}
      </dl>
      <p className={styles.origin}>
        {messages.measuredBy}: {source ?? messages.own}. {messages.evaluation[evaluation](crop)}.
      </p>
      {incomparable === null ? null : (
        <p className={styles.reason}>† {messages.incomparable[incomparable]}</p>
      )}
      {network === null ? null : (
        <p className={styles.ways}>
          <Link href={exploreHref(network)}>{messages.open(title)}</Link>
          <AddLink id={network} />
        </p>
      )}
    </section>
  );
}

/** The way to compare one network more, or why there is none. */
export function AddLink({ id }: { readonly id: string }) {
  const messages = useChartMessages();
  const search = useSearch();
  const href = hrefWith(id, search);
  if (href !== null) return <Link href={href}>{messages.add}</Link>;
  return (
    <span className={styles.hint}>
      {comparedIn(search).includes(id) ? messages.added : messages.full(MOST_COMPARED)}
    </span>
  );
}
