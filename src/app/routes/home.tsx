import { lazy, Suspense, useEffect, useMemo } from 'react';
import { useSearch } from 'wouter/use-browser-location';
import { architectures, families } from '../../architectures/index.ts';
import { DigitPath } from '../../components/lineage/digit-path.tsx';
import { LineageMap } from '../../components/lineage/lineage-map.tsx';
import { LineageTimeline } from '../../components/lineage/lineage-timeline.tsx';
import { stackBars } from '../../components/lineage/stack-bars.ts';
import { Panel } from '../../components/ui/panel.tsx';
import { computeCosts } from '../../engine/cost/costs.ts';
import { lower } from '../../engine/graph/lower.ts';
import { atlasFamilies, timeOf, useRepresentatives } from '../atlas/atlas-families.ts';
import { useAtlasMessages } from '../i18n/atlas.ts';
import { useFamilyWords } from '../i18n/family-words.ts';
import { useMessages } from '../i18n/index.tsx';
import { chartHref, exploreHref } from '../lineage.ts';
import { Link } from '../link.tsx';
import { useWideScreen } from '../state/media.ts';
import styles from './home.module.css';

// The graph is the first look; the list below it arrives right behind.
const FindPart = lazy(() => import('../atlas/find-part.tsx'));

/** The network that reads the visitor's digits. */
const READER = 'lenet5';

/** The atlas: an invitation to draw a digit, the lineage of the networks, and a way to any of them. */
export default function Home() {
  const atlas = useAtlasMessages();
  const { common, operators } = useMessages();
  const { find, home, lineage } = atlas;
  const wide = useWideScreen();
  const changes = useFamilyWords();
  const ready = useRepresentatives();
  const shown = useMemo(() => (ready ? atlasFamilies(changes, atlas) : []), [ready, changes, atlas]);
  const search = useSearch();
  // An address within the site changes without the browser's own jump to its fragment.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another address may name the list again, and the graph moves it
  useEffect(() => {
    if (location.hash !== '#find') return;
    const frame = requestAnimationFrame(() => document.getElementById('find')?.scrollIntoView());
    return () => cancelAnimationFrame(frame);
  }, [search, ready]);
  const reader = useMemo(() => {
    const architecture = architectures.get(READER);
    if (!architecture) return null;
    const graph = lower(architecture);
    return { title: architecture.title, bars: stackBars(graph, computeCosts(graph)) };
  }, []);
  const drawnCategories = [
    ...new Set(shown.flatMap((family) => family.shown.skyline.map(({ category }) => category))),
  ];
  const first = Math.min(...families.map(({ year }) => year));
  // The last paper appeared in the year before its conference: the axis ends where that year does.
  const until = Math.floor(Math.max(...families.map(timeOf))) + 1;
  const words = { ...common, ...home, ...lineage };

  const legend = (
    <div className={styles.legend}>
      <ul>
        {drawnCategories.map((category) => (
          <li key={category} className={styles[category]}>
            {operators.byCategory[category].name}
          </li>
        ))}
        <li className={styles.parameters}>{lineage.discName}</li>
      </ul>
      <p>{lineage.scale}</p>
    </div>
  );

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
            <a href="#find" className={styles.secondary}>
              {home.browse}
            </a>
            <Link href={chartHref} className={styles.secondary}>
              {home.chart}
            </Link>
            <Link href="/build" className={styles.secondary}>
              {home.own}
            </Link>
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
          <p>{home.lineageIntro(families.length, architectures.size, first, until)}</p>
        </div>
        {!ready ? (
          <div className={styles.graphToCome} />
        ) : wide ? (
          <LineageMap families={shown} until={until} link={Link} messages={words} legend={legend} />
        ) : (
          <>
            <LineageTimeline families={shown} link={Link} messages={words} />
            {legend}
          </>
        )}
      </Panel>

      <Panel title={find.title} titleHidden messages={common} className={styles.catalogue ?? ''}>
        <h2 id="find" className={styles.subtitle}>
          {find.title}
        </h2>
        <Suspense fallback={<div className={styles.listToCome} />}>
          <FindPart />
        </Suspense>
      </Panel>
    </div>
  );
}
