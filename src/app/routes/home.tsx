import { useMemo } from 'react';
import { architectures, families } from '../../architectures/index.ts';
import { DigitPath } from '../../components/lineage/digit-path.tsx';
import { LineageTimeline, type TimelineFamily } from '../../components/lineage/lineage-timeline.tsx';
import { type StackBar, stackBars } from '../../components/lineage/stack-bars.ts';
import { Panel } from '../../components/ui/panel.tsx';
import { computeCosts } from '../../engine/cost/costs.ts';
import { formatCount } from '../../engine/cost/format.ts';
import { lower } from '../../engine/graph/lower.ts';
import type { Architecture, Family } from '../../engine/spec/types.ts';
import { useFamilyWords } from '../i18n/family-words.ts';
import { useMessages } from '../i18n/index.tsx';
import { exploreHref, parentOf, representativeOf } from '../lineage.ts';
import { Link } from '../link.tsx';
import styles from './home.module.css';

/** The network that reads the visitor's digits. */
const READER = 'lenet5';

interface Summary {
  readonly title: string;
  readonly bars: readonly StackBar[];
  readonly parameters: string;
  readonly macs: string;
}

function summarise(architecture: Architecture): Summary {
  const graph = lower(architecture);
  const costs = computeCosts(graph);
  return {
    title: architecture.title,
    bars: stackBars(graph, costs),
    parameters: formatCount(costs.total.parameters),
    macs: formatCount(costs.total.macs),
  };
}

const fits = (architecture: Architecture): boolean => lower(architecture).problem === null;

const timelineFamily = (family: Family, change: string): TimelineFamily => {
  const representative = representativeOf(family);
  return {
    id: family.id,
    title: family.title,
    year: family.year,
    parent: parentOf(family),
    change,
    href: exploreHref(representative.id),
    shown: summarise(representative),
    variants: family.variants.map((variant) => ({
      id: variant.id,
      title: variant.title,
      href: exploreHref(variant.id),
      fits: fits(variant),
    })),
  };
};

/** The atlas: an invitation to draw a digit, and the lineage of the networks. */
export default function Home() {
  const { common, home, operators } = useMessages();
  const words = useFamilyWords();
  const timeline = useMemo(
    () => families.map((family) => timelineFamily(family, words[family.id]?.change ?? '')),
    [words],
  );
  const reader = useMemo(() => {
    const architecture = architectures.get(READER);
    return architecture ? summarise(architecture) : null;
  }, []);
  const drawnCategories = [
    ...new Set(timeline.flatMap(({ shown }) => shown.bars.map(({ category }) => category))),
  ];
  const first = families[0]?.year ?? 0;
  const last = families.at(-1)?.year ?? first;

  return (
    <div className={styles.home}>
      <section className={styles.hero}>
        <div className={styles.words}>
          <h1 className={styles.title}>{home.title}</h1>
          <p className={styles.lede}>{home.lede}</p>
          <p className={styles.actions}>
            <Link href={exploreHref(READER)} className={styles.primary}>
              {home.drawADigit}
            </Link>
            <a href="#lineage" className={styles.secondary}>
              {home.browse}
            </a>
          </p>
        </div>
        {reader ? (
          <Link
            href={exploreHref(READER)}
            className={styles.picture}
            aria-label={home.heroLabel(reader.title)}
          >
            <DigitPath
              bars={reader.bars}
              messages={{
                padCaption: home.padCaption,
                networkCaption: home.networkCaption(reader.title, reader.bars.length),
                answerCaption: home.answerCaption,
              }}
            />
          </Link>
        ) : null}
      </section>

      <Panel title={home.lineageTitle} titleHidden messages={common} className={styles.lineage ?? ''}>
        <div id="lineage" className={styles.introduction}>
          <h2 className={styles.subtitle}>{home.lineageTitle}</h2>
          <p>{home.lineageIntro(families.length, architectures.size, first, last)}</p>
        </div>
        <div className={styles.scale}>
          <ul className={styles.legend}>
            {drawnCategories.map((category) => (
              <li key={category} className={styles[category]}>
                {operators.byCategory[category].name}
              </li>
            ))}
            <li className={styles.parameters}>{common.parameters}</li>
          </ul>
          <p>
            {home.scaleAbove} {home.scaleBelow}
          </p>
        </div>
        <LineageTimeline families={timeline} link={Link} messages={{ ...common, ...home }} />
      </Panel>
    </div>
  );
}
