import { useMemo } from 'react';
import memory from '../../components/memory/memory.module.css';
import { MemoryAccount } from '../../components/memory/memory-account.tsx';
import { RooflinePlot, type RooflinePoint } from '../../components/memory/roofline-plot.tsx';
import { QuantityField } from '../../components/ui/quantity-field.tsx';
import { Select } from '../../components/ui/select.tsx';
import { computeCosts } from '../../engine/cost/costs.ts';
import { formatInteger, formatMilliseconds, formatShare } from '../../engine/cost/format.ts';
import type { DType } from '../../engine/cost/memory.ts';
import {
  bytesMoved,
  type Device,
  type KnownDevice,
  knownDevices,
  roofline,
  type Traffic,
} from '../../engine/cost/roofline.ts';
import {
  inferenceMemory,
  largestInferenceBatch,
  largestTrainingBatch,
  savedActivations,
  trainingMemory,
} from '../../engine/cost/training-memory.ts';
import { operatorOf } from '../../engine/ops/index.ts';
import { costs as en } from '../i18n/en/costs.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { costs as zh } from '../i18n/zh/costs.ts';
import { optimizers, useBatch, useDevice, useDtype, useOptimizer } from '../state/url.ts';
import styles from './costs.module.css';
import type { Analysis } from './use-analysis.ts';

const GIB = 1024 ** 3;
const USUAL_DEVICE = 't4';
/** From this share on, what is left rounds to nothing. */
const NEARLY_ALL = 0.995;

/** What inference and training hold on a device, up to which batch it fits, and how fast it could be. */
export default function MemoryPart({ analysis }: { readonly analysis: Analysis }) {
  const { memory: words } = useTopic({ en, zh });
  const [dtype] = useDtype();
  const [batch] = useBatch();
  const [optimizer, setOptimizer] = useOptimizer();
  const [asked, setAsked] = useDevice();
  const known = knownDevices.find(({ id }) => id === (asked.device ?? USUAL_DEVICE)) ?? null;
  const base = known ?? (knownDevices[0] as KnownDevice);
  const peak = asked.peak === null ? (base.peak[dtype] ?? base.peak.fp32 ?? 1) : asked.peak * 1e9;
  const bandwidth = asked.bandwidth === null ? base.bandwidth : asked.bandwidth * 1e9;
  const budget = asked.memory === null ? base.memory : asked.memory * GIB;
  const isOwn = asked.peak !== null || asked.bandwidth !== null || asked.memory !== null;

  const { graph, costs, peak: peakMemory } = analysis;
  const { trained } = analysis;
  const saved = useMemo(() => savedActivations(trained), [trained]);
  const trainingCosts = useMemo(
    () => (trained === graph ? costs : computeCosts(trained)),
    [trained, graph, costs],
  );
  const trainingDtype = dtype === 'fp16' ? 'fp16' : 'fp32';
  const running = inferenceMemory(costs, peakMemory, { batch, dtype });
  const training = trainingMemory(trainingCosts, saved, { optimizer, batch, dtype: trainingDtype });
  // Both bars on one scale; a budget far beyond them would leave nothing to see.
  const most = Math.max(running.total, training.total);
  const scale = budget <= 4 * most ? Math.max(most, budget) * 1.02 : most * 1.02;
  const images = formatInteger(batch);

  return (
    <div className={styles.memory}>
      <header className={styles.memoryHead}>
        <h2>{words.budgetQuestion(`${trim(budget / GIB)} GiB`)}</h2>
        <div className={styles.fields}>
          <Select
            label={words.device}
            value={isOwn || !known ? 'own' : known.id}
            options={[
              ...knownDevices.map(({ id, name }) => ({ value: id, label: name })),
              ...(isOwn || !known ? [{ value: 'own', label: words.ownDevice }] : []),
            ]}
            onChange={(id) =>
              id !== 'own' &&
              setAsked({
                device: id === USUAL_DEVICE ? null : id,
                memory: null,
                peak: null,
                bandwidth: null,
              })
            }
          />
          <QuantityField
            label={words.budget}
            className={styles.quantity ?? ''}
            value={trim(budget / GIB)}
            onChange={(value) => setAsked({ memory: value })}
          />
          <Select
            label={words.optimizer}
            value={optimizer}
            options={optimizers.map((value) => ({ value, label: words.optimizers[value] }))}
            onChange={(value) => setOptimizer(value)}
          />
        </div>
      </header>
      <div className={memory.accounts}>
        <MemoryAccount
          title={words.inference}
          note={words.of(images, dtype)}
          parts={[
            { id: 'parameters', label: words.parts.parameters, bytes: running.parameters },
            { id: 'buffers', label: words.parts.buffers, bytes: running.buffers },
            { id: 'activations', label: words.parts.activations, bytes: running.activations },
          ]}
          batch={batch}
          budget={budget}
          largest={largestInferenceBatch(costs, peakMemory, budget, dtype)}
          scale={scale}
          messages={words}
        />
        <MemoryAccount
          title={words.training}
          note={words.of(images, words.trainingIn[trainingDtype])}
          parts={[
            { id: 'parameters', label: words.parts.parameters, bytes: training.parameters },
            { id: 'gradients', label: words.parts.gradients, bytes: training.gradients },
            {
              id: 'optimizerState',
              label: trainingDtype === 'fp16' ? words.parts.masters : words.parts.optimizerState,
              bytes: training.optimizerState,
            },
            { id: 'buffers', label: words.parts.buffers, bytes: training.buffers },
            { id: 'activations', label: words.parts.savedActivations, bytes: training.savedActivations },
          ]}
          batch={batch}
          budget={budget}
          largest={largestTrainingBatch(trainingCosts, saved, budget, { optimizer, dtype: trainingDtype })}
          scale={scale}
          messages={words}
        >
          {dtype === 'int8' ? <p className={styles.fine}>{words.int8Note}</p> : null}
        </MemoryAccount>
        <TimeAccount
          analysis={analysis}
          device={{ peak, bandwidth }}
          dtype={dtype}
          batch={batch}
          onDevice={(change) => setAsked(change)}
        />
      </div>
      <p className={styles.fine}>
        {trained === graph ? '' : `${words.foldedNote} `}
        {words.savedRule} {trainingDtype === 'fp16' ? words.mixedRule : ''} {words.rooflineRule}{' '}
        {isOwn || !known ? '' : words.source(known.source)}{' '}
        {asked.peak === null && base.peak[dtype] === null ? words.noPeak(dtype) : ''}
      </p>
    </div>
  );
}

/** A number without the noise of a division. */
const trim = (value: number): number => Number(value.toPrecision(6));

/** Operators of one kind at one intensity are one point: equal blocks fall together. */
function rooflinePoints(
  { graph, costs }: Analysis,
  traffic: Traffic,
  { peak, bandwidth }: Device,
  seconds: number,
): readonly RooflinePoint[] {
  const points = new Map<string, RooflinePoint>();
  for (const node of graph.nodes) {
    const own = costs.byNode.get(node.id);
    const moved = own ? bytesMoved(node, own, traffic) : 0;
    if (!own || moved === 0 || own.flops === 0) continue;
    const { category } = operatorOf(node.op);
    const flops = traffic.batch * own.flops;
    const key = `${category} ${(flops / moved).toPrecision(2)}`;
    const before = points.get(key);
    points.set(key, {
      id: key,
      category,
      intensity: before?.intensity ?? flops / moved,
      share: (before?.share ?? 0) + Math.max(flops / peak, moved / bandwidth) / seconds,
    });
  }
  return [...points.values()];
}

interface TimeAccountProps {
  readonly analysis: Analysis;
  readonly device: Device;
  readonly dtype: DType;
  readonly batch: number;
  readonly onDevice: (change: { readonly peak?: number; readonly bandwidth?: number }) => void;
}

/** The least time that a run can take on a device, and where under its roof each operator stands. */
function TimeAccount({ analysis, device, dtype, batch, onDevice }: TimeAccountProps) {
  const { memory: words } = useTopic({ en, zh });
  const { graph, costs } = analysis;
  const { peak, bandwidth } = device;
  const bound = useMemo(
    () => roofline(graph, costs, { dtype, batch }, { peak, bandwidth }),
    [graph, costs, dtype, batch, peak, bandwidth],
  );
  const points = useMemo(
    () => rooflinePoints(analysis, { dtype, batch }, { peak, bandwidth }, bound.seconds),
    [analysis, dtype, batch, peak, bandwidth, bound],
  );
  const inUnits = (value: number | null) =>
    value === null ? '—' : `${Number(value.toPrecision(3))} FLOPs/B`;
  const standing = words.standing(inUnits(bound.intensity), inUnits(bound.ridge));
  return (
    <section className={memory.account} aria-label={words.time}>
      <h3 className={memory.use}>
        {words.timeQuestion} <small>{words.perBatch(formatInteger(batch))}</small>
      </h3>
      <p className={memory.total} data-figure="time">
        {words.atLeast(formatMilliseconds(1000 * bound.seconds))}{' '}
        <small>{words.imagesPerSecond(formatInteger(Math.floor(batch / bound.seconds)))}</small>
      </p>
      <div className={styles.fields}>
        <QuantityField
          label={words.peak}
          className={styles.quantity ?? ''}
          value={trim(peak / 1e9)}
          onChange={(value) => onDevice({ peak: value })}
        />
        <QuantityField
          label={words.bandwidth}
          className={styles.quantity ?? ''}
          value={trim(bandwidth / 1e9)}
          onChange={(value) => onDevice({ bandwidth: value })}
        />
      </div>
      <RooflinePlot
        device={device}
        points={points}
        intensity={bound.intensity}
        label={standing}
        across="FLOPs/B"
        up="FLOP/s"
      />
      <p className={styles.fine}>
        {standing}{' '}
        {bound.memoryBoundSeconds >= NEARLY_ALL * bound.seconds
          ? words.allMemoryBound
          : words.memoryBound(formatShare(bound.memoryBoundSeconds, bound.seconds))}
      </p>
    </section>
  );
}
