import {
  type ComponentType,
  type LazyExoticComponent,
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useRef,
} from 'react';
import { Button } from '../../components/ui/button.tsx';
import { ErrorBoundary } from '../../components/ui/panel.tsx';
import { Tabs } from '../../components/ui/tabs.tsx';
import { whatTrainingDrops } from '../../engine/graph/drop-paths.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { statementsOf } from '../claims.ts';
import { aboutArea as en } from '../i18n/en/about-area.ts';
import { useMessages } from '../i18n/index.tsx';
import { useTopic } from '../i18n/use-topic.ts';
import { aboutArea as zh } from '../i18n/zh/about-area.ts';
import { useAbout } from '../state/url.ts';
import styles from './about-area.module.css';
import { trainedNetworks } from './trained-networks.ts';
import type { Analysis } from './use-analysis.ts';

/** What a section is told. */
export interface SectionProps {
  readonly architecture: Architecture;
  readonly analysis: Analysis;
}

/** What a section is told that speaks of any graph, defined here or read from a file. */
export interface GraphSectionProps {
  /** Null where the network was read from a file. */
  readonly architecture: Architecture | null;
  readonly analysis: Analysis;
}

/** One tab under the table of layers. Its title stands in `i18n/{en,zh}/about-area.ts` under the same id. */
type Section = {
  /** What `about=` in the address says. */
  readonly id: keyof (typeof en)['titles'];
} & (
  | {
      readonly of: 'definition';
      readonly component: LazyExoticComponent<ComponentType<SectionProps>>;
      /** Whether the section has anything to say of a network; absent: always. */
      readonly shown?: (architecture: Architecture, analysis: Analysis) => boolean;
    }
  | {
      readonly of: 'graph';
      readonly component: LazyExoticComponent<ComponentType<GraphSectionProps>>;
      readonly shown: (analysis: Analysis) => boolean;
    }
);

/** Whether a section has anything to say. */
function isShown(section: Section, { architecture, analysis }: GraphSectionProps): boolean {
  if (section.of === 'graph') return section.shown(analysis);
  return architecture !== null && (section.shown?.(architecture, analysis) ?? true);
}

/** A section with what it is told. */
function Content({ section, architecture, analysis }: GraphSectionProps & { readonly section: Section }) {
  if (section.of === 'graph') return <section.component architecture={architecture} analysis={analysis} />;
  return architecture && <section.component architecture={architecture} analysis={analysis} />;
}

/** The sections in their order; the first is shown unless the address names another. */
const sections: readonly Section[] = [
  { id: 'idea', of: 'definition', component: lazy(() => import('./idea-part.tsx')) },
  { id: 'changes', of: 'definition', component: lazy(() => import('./lineage-diff-part.tsx')) },
  { id: 'published', of: 'definition', component: lazy(() => import('./published-part.tsx')) },
  {
    id: 'claims',
    of: 'definition',
    component: lazy(() => import('./claims-part.tsx')),
    shown: ({ id }) => statementsOf(id).length > 0,
  },
  {
    id: 'weights',
    of: 'definition',
    component: lazy(() => import('./weights-part.tsx')),
    shown: ({ id }) => trainedNetworks.has(id),
  },
  {
    id: 'sampler',
    of: 'definition',
    component: lazy(() => import('./sampler-part.tsx')),
    shown: (_, { graph }) => whatTrainingDrops(graph) !== null,
  },
  {
    id: 'code',
    of: 'graph',
    component: lazy(() => import('./code-part.tsx')),
    shown: ({ graph }) => graph.problem === null,
  },
];

/** Says when what stands before it is on the page. */
function Arrival({ onArrive }: { onArrive(): void }) {
  useEffect(onArrive, [onArrive]);
  return null;
}

/** What there is to know of a network beyond its figures: its idea, its history, its code; one section at a time. */
export default function AboutArea({ architecture, analysis }: GraphSectionProps) {
  const { common } = useMessages();
  const words = useTopic({ en, zh });
  const [about, setAbout] = useAbout();
  const area = useRef<HTMLDivElement>(null);
  const linked = useRef(about !== null);
  const shown = sections.filter((section) => isShown(section, { architecture, analysis }));
  const current = shown.find(({ id }) => id === about) ?? shown[0];

  // A link to a section is a link to this place of a long page; before the section is there, the page is too short for it.
  const arrive = useCallback(() => {
    if (linked.current) area.current?.scrollIntoView({ block: 'start' });
    linked.current = false;
  }, []);

  if (!current) return null;
  return (
    <div ref={area} className={styles.area}>
      <Tabs
        label={words.label}
        value={current.id}
        tabs={shown.map(({ id }) => ({ value: id, title: words.titles[id] }))}
        onChange={(id) => setAbout(id === shown[0]?.id ? null : id)}
      >
        <ErrorBoundary
          resetKey={`${analysis.graph.id} ${current.id}`}
          fallback={(error, retry) => (
            <div role="alert">
              <p>{common.panelFailed(words.titles[current.id])}</p>
              <p>{error.message}</p>
              <Button onClick={retry}>{common.tryAgain}</Button>
            </div>
          )}
        >
          <Suspense fallback={<div className={styles.waiting} />}>
            <Content section={current} architecture={architecture} analysis={analysis} />
            <Arrival onArrive={arrive} />
          </Suspense>
        </ErrorBoundary>
      </Tabs>
    </div>
  );
}
