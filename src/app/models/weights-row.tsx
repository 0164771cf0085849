import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../components/ui/button.tsx';
import { Progress } from '../../components/ui/progress.tsx';
import { computeCosts } from '../../engine/cost/costs.ts';
import { formatBytes } from '../../engine/cost/format.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { lowerUsual } from '../explore/lower-usual.ts';
import type { ImageNetWeights } from './imagenet-weights.ts';
import styles from './model-part.module.css';
import { networkOf, openingStore } from './open-weights.ts';
import { deviceMemory, type RunMemory, refuseMemory, runMemory } from './run-memory.ts';
import { useModelWords } from './use-model-words.ts';
import { addressesOf } from './weight-hosts.ts';
import { keptQuery, weightStore } from './weights.ts';

/** A figure with what it is, and a word on it. */
export const Fact = ({
  label,
  note,
  children,
}: {
  readonly label: string;
  readonly note?: string | null;
  readonly children: ReactNode;
}) => (
  <div className={styles.fact}>
    <dt>{label}</dt>
    <dd>
      <b>{children}</b>
      {note ? <span>{note}</span> : null}
    </dd>
  </div>
);

/** Rows of weights. */
export const WeightRows = ({ children }: { readonly children: ReactNode }) => (
  <ul className={styles.rows}>{children}</ul>
);

/** Weights with what is to be known of them, and what can be done with them. */
export function Row({
  name,
  origin,
  isInUse,
  facts,
  action,
  children,
}: {
  readonly name: string;
  readonly origin: string;
  readonly isInUse: boolean;
  readonly facts: ReactNode;
  readonly action: ReactNode;
  /** What has to be said of it. */
  readonly children?: ReactNode;
}) {
  return (
    <li className={styles.row} aria-label={name} aria-current={isInUse || undefined}>
      <div className={styles.name}>
        <h3>{name}</h3>
        <p>{origin}</p>
      </div>
      <dl className={styles.facts}>{facts}</dl>
      <div className={styles.action}>{action}</div>
      {children}
    </li>
  );
}

/** That something runs, and how to end it. */
export function InUse({ name, onLeave }: { readonly name: string; readonly onLeave: (() => void) | null }) {
  const words = useModelWords();
  return (
    <>
      <span className={styles.inUse}>{words.inUse}</span>
      {onLeave ? (
        <Button variant="quiet" aria-label={words.action(words.stop, name)} onClick={onLeave}>
          {words.stop}
        </Button>
      ) : null}
    </>
  );
}

/**
 * The memory that a run takes, and why it is not begun where it would not fit.
 *
 * @param beside bytes that other networks on the page take
 */
export function useMemory(memory: RunMemory, beside = 0) {
  const words = useModelWords();
  const refusal = refuseMemory(memory, deviceMemory(), beside);
  return {
    refusal,
    fact: (
      <Fact label={words.columns.memory} note={words.memoryMost(formatBytes(memory.most))}>
        {words.memory(formatBytes(memory.runtime))}
      </Fact>
    ),
    sentence: refusal ? <p className={styles.problem}>{words.refusal(refusal)}</p> : null,
  };
}

/** What a run of a file's network takes. */
export const memoryOfWeights = (published: Architecture, weights: ImageNetWeights): RunMemory =>
  runMemory(weights.bytes, computeCosts(lowerUsual(networkOf(published, weights))).total.activations, 'file');

/** Weights on a public host: what they cost, are worth and come from; to fetch, use and leave. */
export function WeightsRow({
  published,
  weights,
  isInUse,
  isAsked,
  beside = 0,
  onOpen,
  onLeave,
}: {
  readonly published: Architecture;
  readonly weights: ImageNetWeights;
  readonly isInUse: boolean;
  /** Whether they are to be used once they are here: the address names them, say. */
  readonly isAsked: boolean;
  /** Bytes that other networks on the page take. */
  readonly beside?: number;
  readonly onOpen: (weights: ImageNetWeights) => Promise<void>;
  readonly onLeave: () => void;
}) {
  const words = useModelWords();
  const { id, kind, bytes, accuracy } = weights;
  const { data: kept } = useQuery(keptQuery);
  const received = useStore(weightStore, (state) => state.received[id]);
  const problem = useStore(weightStore, (state) => state.problems[id]);
  const arrived = useStore(weightStore, (state) => state.arrived[id]);
  const isOpening = useStore(openingStore, (state) => state.opening.has(id));
  const openProblem = useStore(openingStore, (state) => state.problems[id]);
  const isStored = kept?.files.some(({ sha256 }) => sha256 === weights.sha256) ?? false;
  const isHere = isStored || arrived !== undefined;
  const network = networkOf(published, weights);
  const memory = useMemory(
    useMemo(() => memoryOfWeights(published, weights), [published, weights]),
    beside,
  );
  const name = weights.values ? words.imagenetOf(kind, network.title) : words.imagenet(kind);
  const hosts = addressesOf(weights, __WEIGHTS_MIRROR__).map((url) => new URL(url).host);

  const isRefused = memory.refusal !== null;
  // What is asked for and this browser has is read at once; nothing is fetched for it.
  const opensItself = isAsked && isHere && !isInUse && !isOpening && !openProblem && !isRefused;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it becomes true.
  useEffect(() => {
    if (opensItself) void onOpen(weights);
  }, [opensItself]);

  const fetchThenOpen = async () => {
    if (await weightStore.getState().fetch(weights)) await onOpen(weights);
  };
  const free = kept?.space ? kept.space.quota - kept.space.used : null;
  const action = isInUse ? (
    <InUse name={name} onLeave={onLeave} />
  ) : received !== undefined ? (
    <Button aria-label={words.action(words.cancel, name)} onClick={() => weightStore.getState().cancel(id)}>
      {words.cancel}
    </Button>
  ) : isOpening ? (
    <span className={styles.inUse}>{words.opening}</span>
  ) : isHere ? (
    <Button
      disabled={isRefused}
      aria-label={words.action(words.use, name)}
      onClick={() => void onOpen(weights)}
    >
      {words.use}
    </Button>
  ) : (
    <Button
      disabled={isRefused}
      aria-label={words.action(problem ? words.again : words.download(formatBytes(bytes)), name)}
      onClick={() => void fetchThenOpen()}
    >
      {problem ? words.again : words.download(formatBytes(bytes))}
    </Button>
  );
  return (
    <Row
      name={name}
      origin={words.imagenetOrigin(hosts.join(', '))}
      isInUse={isInUse}
      facts={
        <>
          <Fact label={words.columns.size} note={isStored ? words.stored : null}>
            {formatBytes(bytes)}
          </Fact>
          <Fact
            label={words.columns.accuracy}
            note={[
              ...(accuracy.top5 === null ? [] : [words.top5(accuracy.top5.toFixed(2))]),
              words.accuracySources[accuracy.source],
            ].join(' · ')}
          >
            {words.top1(accuracy.top1.toFixed(2))}
          </Fact>
          <Fact label={words.columns.licence}>{weights.licence}</Fact>
          {memory.fact}
        </>
      }
      action={action}
    >
      {received === undefined ? null : (
        <div className={styles.wide}>
          <Progress
            label={words.progress}
            value={received / bytes}
            detail={words.progressOf(formatBytes(received), formatBytes(bytes))}
          />
        </div>
      )}
      {problem ? (
        <p role="alert" className={styles.problem}>
          {words.problem(problem)}
        </p>
      ) : null}
      {openProblem ? (
        <p role="alert" className={styles.problem}>
          {words.openProblem(openProblem)}
        </p>
      ) : null}
      {memory.sentence}
      {!isHere && free !== null && free < bytes ? (
        <p className={styles.note}>{words.noRoom(formatBytes(Math.max(0, free)))}</p>
      ) : null}
      {arrived && words.keepNotes[arrived] ? <p className={styles.note}>{words.keepNotes[arrived]}</p> : null}
    </Row>
  );
}
