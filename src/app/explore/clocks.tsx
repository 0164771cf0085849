import { useCallback, useEffect, useRef, useState } from 'react';
import { Button } from '../../components/ui/button.tsx';
import { Disclosure } from '../../components/ui/disclosure.tsx';
import { Progress } from '../../components/ui/progress.tsx';
import { formatInteger, formatMilliseconds } from '../../engine/cost/format.ts';
import { RuntimeError } from '../../engine/runtime/problem.ts';
import { runTimes as en } from '../i18n/en/run-times.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { runTimes as zh } from '../i18n/zh/run-times.ts';
import { answersAt } from '../queries/inference-query.ts';
import { knownInput, type Session } from '../queries/model-queries.ts';
import { type TimedRuns, timeRuns } from '../queries/time-runs.ts';
import type { DigitModel } from '../queries/use-digit-model.ts';
import styles from './clocks.module.css';

/** Runs that are timed on request, and those before them that do not count. */
const RUNS = 30;
const WARMING = 3;

/** What came of timing one session; another session has its own. */
interface Timing {
  readonly session: Session;
  readonly done: number;
  readonly result: TimedRuns | 'failed' | null;
}

/** Every clock by itself: what is fetched once, what is started once, the first run, answers, and steady runs. */
export function Clocks({ model }: { readonly model: DigitModel }) {
  const words = useTopic({ en, zh });
  const { clocks, session } = model;
  const timing = useTiming(model);
  if (!clocks) return null;
  const once: readonly (readonly [string, number | null | undefined])[] = [
    [words.weights, clocks.weightsMs],
    [words.runtime, clocks.session?.fetchMs],
    [words.start, clocks.session?.startMs],
    [words.first, clocks.session?.firstRunMs],
    [words.answers(clocks.runs), clocks.runMs],
  ];
  const current = timing.current;
  const result = current?.result ?? null;
  const isTiming = current !== null && result === null;
  return (
    <Disclosure summary={words.clocks} className={styles.clocks ?? ''}>
      <dl className={styles.list}>
        {once.map(([label, value]) =>
          value === null || value === undefined ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{formatMilliseconds(value)}</dd>
            </div>
          ),
        )}
        {result && result !== 'failed' ? (
          <div data-steady="true">
            <dt>{words.steady(result.runs)}</dt>
            <dd>{formatMilliseconds(result.median)}</dd>
          </div>
        ) : null}
      </dl>
      {result && result !== 'failed' ? (
        <p className={styles.note}>
          {words.middle(formatMilliseconds(result.quartiles[0]), formatMilliseconds(result.quartiles[1]))}
        </p>
      ) : null}
      {result === 'failed' ? <p role="alert">{words.failed}</p> : null}
      {isTiming ? (
        <div className={styles.timing}>
          <Progress
            label={words.timing}
            value={current.done / RUNS}
            detail={words.timingOf(formatInteger(current.done), formatInteger(RUNS))}
          />
          <Button onClick={timing.cancel}>{words.cancel}</Button>
        </div>
      ) : session ? (
        <Button onClick={timing.start}>{words.timeIt(RUNS)}</Button>
      ) : null}
      <p className={styles.note}>
        {session
          ? session.backend === 'webgpu'
            ? words.onWebgpu(session.facts.adapter)
            : words.onWasm(session.facts.threads, navigator.hardwareConcurrency)
          : words.byReference}
        {session ? `. ${words.answersNote}` : null}
      </p>
    </Disclosure>
  );
}

/** Times steady runs of the session in use. */
function useTiming({ session, graph, answersAt: other }: DigitModel): {
  readonly current: Timing | null;
  start(): void;
  cancel(): void;
} {
  const [timing, setTiming] = useState<Timing | null>(null);
  const abort = useRef<AbortController | null>(null);
  const cancel = useCallback(() => {
    abort.current?.abort();
    setTiming(null);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs of another session are not timed any more.
  useEffect(() => () => abort.current?.abort(), [session]);
  const start = useCallback(() => {
    if (!session || !graph) return;
    const own = new AbortController();
    abort.current = own;
    const tell = (done: number, result: Timing['result'] = null) => {
      if (!own.signal.aborted) setTiming({ session, done, result });
    };
    tell(0);
    timeRuns(session.client, knownInput(graph), answersAt({ graph, answersAt: other }), {
      ...{ runs: RUNS, warming: WARMING, signal: own.signal },
      onRun: tell,
    }).then(
      (result) => tell(RUNS, result),
      (error: unknown) => {
        if (error instanceof RuntimeError) tell(0, 'failed');
        else if (!own.signal.aborted) throw error;
      },
    );
  }, [session, graph, other]);
  return { current: timing?.session === session ? timing : null, start, cancel };
}
