import { useMemo, useState } from 'react';
import { FractalSchematic } from '../../components/sampler/fractal-schematic.tsx';
import { SurvivalChart } from '../../components/sampler/survival-chart.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Segmented } from '../../components/ui/segmented.tsx';
import { formatCount, formatInteger, formatShare } from '../../engine/cost/format.ts';
import {
  type DropPathKind,
  expectedDepth,
  LOCAL_DROP,
  sampleBlocks,
  samplePaths,
  survivingBlocks,
  whatTrainingDrops,
} from '../../engine/graph/drop-paths.ts';
import { uniformGenerator } from '../../engine/weights/seeded.ts';
import { sampler as en } from '../i18n/en/sampler.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { sampler as zh } from '../i18n/zh/sampler.ts';
import { useKnobs } from '../state/url.ts';
import type { SectionProps } from './about-area.tsx';
import styles from './sampler-part.module.css';
import type { Analysis } from './use-analysis.ts';

/** What training drops from the network, rolled step by step. */
export default function SamplerPart({ analysis }: SectionProps) {
  return whatTrainingDrops(analysis.graph) === 'blocks' ? (
    <DepthSampler analysis={analysis} />
  ) : (
    <PathSampler analysis={analysis} />
  );
}

const probability = (value: number): string => value.toFixed(3).replace(/\.?0+$/, '');

interface Rolls {
  readonly survivors: readonly boolean[];
  readonly steps: number;
  readonly kept: number;
}

/** The survival of every block, what it comes to on average, and single steps. */
function DepthSampler({ analysis }: { readonly analysis: Analysis }) {
  const words = useTopic({ en, zh });
  const { graph, costs } = analysis;
  const blocks = useMemo(() => survivingBlocks(graph, costs), [graph, costs]);
  const expected = useMemo(() => expectedDepth(graph, costs, blocks), [graph, costs, blocks]);
  const [random] = useState(() => uniformGenerator(2016));
  const [rolled, setRolled] = useState<{ readonly of: typeof blocks; readonly rolls: Rolls } | null>(null);
  // A turned knob makes other blocks: rolls of the ones before say nothing of them.
  const rolls = rolled?.of === blocks ? rolled.rolls : null;
  const total = costs.total.macs;
  const roll = () => {
    const survivors = sampleBlocks(blocks, random);
    const kept = survivors.filter(Boolean).length;
    setRolled({
      of: blocks,
      rolls: { survivors, steps: (rolls?.steps ?? 0) + 1, kept: (rolls?.kept ?? 0) + kept },
    });
  };
  const keptNow = rolls?.survivors.filter(Boolean).length ?? 0;
  const macsNow =
    total - blocks.reduce((sum, { macs }, index) => sum + (rolls?.survivors[index] === false ? macs : 0), 0);
  return (
    <div className={styles.sampler}>
      <h2>{words.depthTitle}</h2>
      <p className={styles.prose}>
        {words.depthIntro(probability(blocks[0]?.survival ?? 1), probability(blocks.at(-1)?.survival ?? 1))}
      </p>
      <dl className={styles.figures}>
        <Figure term={words.blocks} value={formatInteger(blocks.length)} />
        <Figure term={words.expected} value={expected.blocks.toFixed(2)} note={words.expectedWorking} />
        <Figure
          term={words.expectedLayers}
          value={expected.weightLayers.toFixed(2)}
          note={words.expectedLayersNote}
        />
        <Figure
          term={words.expectedMacs}
          value={formatCount(expected.macs)}
          note={words.ofAll(formatShare(expected.macs, total))}
        />
      </dl>
      <SurvivalChart
        blocks={blocks}
        survivors={rolls?.survivors ?? null}
        label={words.chart}
        axis={(block) => words.block(formatInteger(block))}
      />
      <p className={styles.controls}>
        <Button onClick={roll}>{words.roll}</Button>
        <span role="status">
          {rolls ? (
            <>
              {words.rolled(
                formatInteger(keptNow),
                formatInteger(blocks.length),
                formatCount(macsNow),
                formatShare(macsNow, total),
              )}
              <span className={styles.quiet}>
                {' · '}
                {words.rolls(formatInteger(rolls.steps), (rolls.kept / rolls.steps).toFixed(1))}
              </span>
            </>
          ) : null}
        </span>
      </p>
    </div>
  );
}

const views = ['all', 'local', 'global'] as const;

/** A fractal network's columns, whole or as one training step leaves them. */
function PathSampler({ analysis }: { readonly analysis: Analysis }) {
  const words = useTopic({ en, zh });
  const { graph, costs } = analysis;
  const [, setKnobs] = useKnobs();
  const [random] = useState(() => uniformGenerator(2016));
  const [view, setView] = useState<(typeof views)[number]>('all');
  const [step, setStep] = useState(0);
  const paths = useMemo(
    () => (view === 'all' || step < 0 ? null : samplePaths(graph, costs, view as DropPathKind, random)),
    [graph, costs, view, random, step],
  );
  const total = costs.total.macs;
  const share = formatShare(paths?.macs ?? total, total);
  const macs = formatCount(paths?.macs ?? total);
  const { column } = paths ?? { column: null };
  return (
    <div className={styles.sampler}>
      <h2>{words.pathTitle}</h2>
      <p className={styles.prose}>{words.pathIntro}</p>
      <div className={styles.controls}>
        <Segmented
          label={words.kind}
          value={view}
          options={views.map((value) => ({ value, label: words[value] }))}
          onChange={setView}
        />
        {view === 'all' ? null : <Button onClick={() => setStep(step + 1)}>{words.roll}</Button>}
      </div>
      <FractalSchematic graph={graph} paths={paths} label={words.schematic} />
      <p className={styles.controls}>
        <span role="status">
          {paths === null
            ? words.usedAll(macs)
            : column === null
              ? words.usedLocal(macs, share, String(LOCAL_DROP))
              : words.usedGlobal(formatInteger(column), macs, share)}
        </span>
        {column === null ? null : (
          <Button variant="quiet" onClick={() => setKnobs({ column: String(column) })}>
            {words.showColumn(formatInteger(column))}
          </Button>
        )}
      </p>
    </div>
  );
}

/** One number that answers a question. */
function Figure({
  term,
  value,
  note,
}: {
  readonly term: string;
  readonly value: string;
  readonly note?: string;
}) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        <b>{value}</b>
        {note ? <span>{note}</span> : null}
      </dd>
    </div>
  );
}
