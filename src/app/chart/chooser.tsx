import { memo, useMemo } from 'react';
import { decadeStops } from '../../components/catalogue/range-scale.ts';
import { LimitField } from '../../components/scatter/limit-field.tsx';
import { Button } from '../../components/ui/button.tsx';
import { useChartMessages } from '../i18n/chart.ts';
import { exploreHref } from '../lineage.ts';
import { Link } from '../link.tsx';
import styles from './chart-part.module.css';
import { type Choice, excessOf, hasLimits, type LimitId, type Limits, limitIds } from './choose.ts';
import type { ChartPoint } from './points.ts';
import { type Quantity, quantityFacts } from './quantities.ts';

const MIB = 2 ** 20;

/** What a typed limit is in, and how many of the quantity's own units that is. */
const units: Readonly<Record<LimitId, { readonly unit: string; readonly size: number }>> = {
  weights: { unit: 'MiB', size: MIB },
  macs: { unit: 'M', size: 1e6 },
  memory: { unit: 'MiB', size: MIB },
  time: { unit: 'ms', size: 1 },
  accuracy: { unit: '%', size: 1 },
};

/** Places of a limit's slider over what networks have: 1, 2, 5 of each decade, or every whole per cent. */
function stopsOf(limit: LimitId, values: readonly number[]): readonly number[] {
  if (values.length === 0) return [];
  const { size } = units[limit];
  if (limit !== 'accuracy') {
    return decadeStops(values.map((value) => value / size)).stops.map((stop) => stop * size);
  }
  const [least, most] = [Math.floor(Math.min(...values)), Math.ceil(Math.max(...values))];
  return Array.from({ length: most - least + 1 }, (_, index) => least + index);
}

/** Limits of a device, the networks that stay within them, and why each other one does not. */
export const Chooser = memo(function Chooser({
  candidates,
  choice,
  limits,
  accuracy,
  measured,
  onLimit,
  onReset,
}: {
  readonly candidates: readonly ChartPoint[];
  readonly choice: Choice;
  readonly limits: Limits;
  readonly accuracy: Extract<Quantity, 'top1' | 'cifar10'>;
  /** Whether the time of any of the networks was measured here. */
  readonly measured: boolean;
  readonly onLimit: (limit: LimitId, value: number | null) => void;
  readonly onReset: () => void;
}) {
  const messages = useChartMessages();
  const quantityOf = (limit: LimitId): Quantity => (limit === 'accuracy' ? accuracy : limit);
  const stops = useMemo(
    () =>
      Object.fromEntries(
        limitIds.map((limit) => [
          limit,
          stopsOf(
            limit,
            candidates.flatMap(({ values }) => values[limit === 'accuracy' ? accuracy : limit] ?? []),
          ),
        ]),
      ) as unknown as Readonly<Record<LimitId, readonly number[]>>,
    [candidates, accuracy],
  );
  const { remaining, fallen } = choice;
  const labelOf = (limit: LimitId): string =>
    limit === 'accuracy' ? messages.limits.accuracy[accuracy] : messages.limits[limit];

  return (
    <section className={styles.chooser} aria-labelledby="chooser-title">
      <header>
        <h3 id="chooser-title">{messages.chooser}</h3>
        <p className={styles.hint}>{messages.chooserLede}</p>
      </header>
      <div className={styles.limits}>
        {limitIds.map((limit) => {
          const label = labelOf(limit);
          const { unit, size } = units[limit];
          const least = limit === 'accuracy';
          if (limit === 'time' && !measured && limits.time === null) {
            return (
              <p key={limit} className={styles.unmeasured}>
                <span>{label}</span>
                {messages.notMeasured}
              </p>
            );
          }
          return (
            <LimitField
              key={limit}
              label={label}
              unit={unit}
              unitSize={size}
              value={limits[limit]}
              stops={stops[limit]}
              least={least}
              onChange={(value) => onLimit(limit, value)}
              formatLimit={(value) => {
                if (value === null) return messages.any;
                const text = quantityFacts[quantityOf(limit)].format(value);
                return least ? messages.atLeast(text) : messages.atMost(text);
              }}
              notANumber={messages.notANumber}
              typedLabel={messages.typed(label, unit)}
            />
          );
        })}
        {hasLimits(limits) ? (
          <p>
            <Button variant="quiet" onClick={onReset}>
              {messages.resetLimits}
            </Button>
          </p>
        ) : null}
      </div>
      <div className={styles.result}>
        <p role="status" className={styles.remain}>
          {messages.remain(remaining.length, candidates.length)}
        </p>
        {remaining.length === 0 && candidates.length > 0 ? <p>{messages.noneRemain}</p> : null}
        <ul className={styles.remaining} aria-label={messages.remaining}>
          {remaining.map(({ key, network, title, values }) => (
            <li key={key}>
              <Link href={exploreHref(network ?? '')}>{title}</Link>
              <span>
                {quantityFacts[accuracy].format(values[accuracy] ?? 0)}
                {values.time === null ? null : ` · ${messages.here(quantityFacts.time.format(values.time))}`}
              </span>
            </li>
          ))}
        </ul>
        {fallen.length > 0 ? (
          <>
            <h4 id="fallen-title">{messages.fell(fallen.length)}</h4>
            <ul className={styles.fallen} aria-labelledby="fallen-title">
              {fallen.map((one) => {
                const { point, limit, value } = one;
                const excess = excessOf(one, limits);
                return (
                  <li key={point.key}>
                    <Link href={exploreHref(point.network ?? '')}>{point.title}</Link>
                    <span>
                      {value === null || excess === null
                        ? messages.unknownAt[limit]
                        : messages.fellAt[limit](
                            quantityFacts[quantityOf(limit)].format(value),
                            limit === 'accuracy' ? excess.toFixed(1) : timesOf(excess),
                          )}
                    </span>
                  </li>
                );
              })}
            </ul>
          </>
        ) : null}
      </div>
    </section>
  );
});

/** A ratio above 1 with as many digits as tell it from 1: `5.3×`, `1.02×`. */
const timesOf = (ratio: number): string =>
  `${ratio >= 10 ? ratio.toFixed(0) : ratio >= 1.1 ? ratio.toFixed(1) : ratio.toFixed(ratio >= 1.005 ? 2 : 4)}×`;
