import type { LinkComponent } from '../ui/link-component.ts';
import { LineageSpine } from './lineage-spine.tsx';
import styles from './lineage-timeline.module.css';
import { placeSkyline, type SkylineBar, skylineScale } from './skyline.ts';
import { SkylineGlyph } from './skyline-glyph.tsx';

/** What the timeline says. */
export interface LineageTimelineMessages {
  readonly parameters: string;
  readonly macs: string;
  readonly since: (parents: readonly string[]) => string;
  readonly variants: (family: string) => string;
  readonly forms: (count: number) => string;
  readonly doesNotFit: string;
  readonly glyphLabel: (title: string, layers: number) => string;
  readonly shownVariant: (title: string) => string;
}

/** One network of a family, as a link. */
export interface TimelineVariant {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  readonly fits: boolean;
}

/** A family on the timeline: the stack and totals of the network that stands for it. */
export interface TimelineFamily {
  readonly id: string;
  readonly title: string;
  readonly year: number;
  readonly parent: string | null;
  /** What changed since its parent. */
  readonly change: string;
  readonly href: string;
  readonly shown: {
    readonly title: string;
    readonly skyline: readonly SkylineBar[];
    readonly depth: number;
    /** Written out, with its SI prefix. */
    readonly parametersText: string;
    readonly macsText: string;
  };
  readonly variants: readonly TimelineVariant[];
}

/** Properties of the timeline. */
export interface LineageTimelineProps {
  readonly families: readonly TimelineFamily[];
  readonly link: LinkComponent;
  readonly messages: LineageTimelineMessages;
}

/** Networks up to which a family lists them at once. */
const FEW = 3;

const SKYLINE = { length: 250, height: 56 };

/** The families from the first to the last, each a row: its stack, its cost, and what it changed. */
export function LineageTimeline({ families, link: Link, messages }: LineageTimelineProps) {
  const scale = skylineScale(
    families.map(({ shown }) => shown.skyline),
    SKYLINE,
  );
  const titles = new Map(families.map(({ id, title }) => [id, title]));
  return (
    <ol className={styles.timeline}>
      {families.map((family, index) => {
        const { shown } = family;
        const skyline = placeSkyline(shown.skyline, scale);
        const parent = family.parent === null ? undefined : titles.get(family.parent);
        return (
          <li key={family.id} className={styles.row}>
            <span className={styles.year}>{family.year}</span>
            <span className={styles.lines}>
              <LineageSpine first={index === 0} last={index === families.length - 1} />
            </span>
            <article className={styles.family}>
              <div className={styles.words}>
                <span className={styles.yearAbove}>{family.year}</span>
                <h3 className={styles.title}>
                  <Link href={family.href} className={styles.open}>
                    {family.title}
                  </Link>
                </h3>
                <p className={styles.change}>
                  {parent ? <span className={styles.since}>{messages.since([parent])}: </span> : null}
                  {family.change}
                </p>
                <details className={styles.forms} open={family.variants.length <= FEW}>
                  <summary>{messages.forms(family.variants.length)}</summary>
                  <ul className={styles.variants} aria-label={messages.variants(family.title)}>
                    {family.variants.map((variant) => (
                      <li key={variant.id}>
                        <Link
                          href={variant.href}
                          className={variant.fits ? styles.variant : styles.lesson}
                          title={variant.fits ? undefined : messages.doesNotFit}
                        >
                          {variant.title}
                          {variant.fits ? null : <span className={styles.why}> {messages.doesNotFit}</span>}
                        </Link>
                      </li>
                    ))}
                  </ul>
                </details>
              </div>
              <div className={styles.glyph}>
                <SkylineGlyph
                  skyline={skyline}
                  height={Math.ceil(skyline.height)}
                  label={messages.glyphLabel(shown.title, shown.depth)}
                />
              </div>
              <div className={styles.totals}>
                <dl>
                  <div>
                    <dt>{messages.parameters}</dt>
                    <dd>{shown.parametersText}</dd>
                  </div>
                  <div>
                    <dt>{messages.macs}</dt>
                    <dd>{shown.macsText}</dd>
                  </div>
                </dl>
                {shown.title === family.title ? null : (
                  <p className={styles.shown}>{messages.shownVariant(shown.title)}</p>
                )}
              </div>
            </article>
          </li>
        );
      })}
    </ol>
  );
}
