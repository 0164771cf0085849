import { useEffect, useRef, useState } from 'react';
import { families } from '../../architectures/index.ts';
import { Button } from '../../components/ui/button.tsx';
import { Progress } from '../../components/ui/progress.tsx';
import { Select } from '../../components/ui/select.tsx';
import { formatBytes } from '../../engine/cost/format.ts';
import {
  type DeviceFacts,
  type NetworkMeasurement,
  type PeakMeasurement,
  type Precision,
  precisions,
} from '../../engine/measure/device-report.ts';
import { RuntimeError, readFailure } from '../../engine/runtime/problem.ts';
import type { Backend } from '../../engine/runtime/protocol.ts';
import { device as en } from '../i18n/en/device.ts';
import { useFailureWords } from '../i18n/failure-words.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { device as zh } from '../i18n/zh/device.ts';
import { keepMeasurements } from '../state/device-store.ts';
import { keepTime } from '../state/measured-times.ts';
import styles from './device.module.css';
import {
  CALIBRATION_RUNS,
  measureNetwork,
  measurePeak,
  type Obstacle,
  obstacleOf,
  type Way,
} from './run-benchmark.ts';
import { isMeasurable, type Subject } from './subject.ts';

type Running = {
  readonly what: string | null;
  readonly way: Way;
  readonly done: number;
  readonly of: number;
};

const options = families.flatMap(({ variants }) =>
  variants.map(({ id, title }) => ({ value: id, label: title })),
);
const backendNames = ['wasm', 'webgpu'] as const;

/** A set with or without one of its members. */
function toggled<Member>(set: ReadonlySet<Member>, member: Member, isIn: boolean): ReadonlySet<Member> {
  const next = new Set(set);
  if (isIn) next.add(member);
  else next.delete(member);
  return next;
}

/** Networks, backends, and the button that measures. */
export function Benchmark({
  facts,
  subjects,
  chosen,
  onChosen,
  onOffer,
  precisions: wanted,
  onPrecisions,
}: {
  readonly facts: DeviceFacts;
  /** Networks that are offered. */
  readonly subjects: readonly Subject[];
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
  readonly onOffer: (id: string) => void;
  readonly precisions: ReadonlySet<Precision>;
  readonly onPrecisions: (precisions: ReadonlySet<Precision>) => void;
}) {
  const words = useTopic({ en, zh });
  const failures = useFailureWords();
  const [backends, setBackends] = useState<ReadonlySet<Backend>>(() => new Set<Backend>(['wasm']));
  const [running, setRunning] = useState<Running | null>(null);
  const [notices, setNotices] = useState<readonly string[]>([]);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const offered = new Set(subjects.map(({ id }) => id));
  const nameOf = ({ backend, precision }: Way): string => words.way(words[backend], precision);
  const reasonOf = (error: unknown): string =>
    error instanceof RuntimeError ? failures.runtime(error.problem) : readFailure(error).detail;
  const isThere = (backend: Backend): boolean => backend === 'wasm' || facts.gpu !== null;
  /** Why a precision cannot be measured on any of the chosen backends, or of all where none is chosen; null where it can. */
  const obstacleTo = (precision: Precision): Obstacle | null => {
    const asked = backendNames.filter((backend) => isThere(backend) && backends.has(backend));
    const found = (asked.length > 0 ? asked : backendNames).map((backend) =>
      obstacleOf({ backend, precision }, facts),
    );
    if (found.includes(null)) return null;
    // Where another backend is to blame than those chosen, what it lacks is the reason.
    return precision === 'fp16'
      ? (obstacleOf({ backend: 'webgpu', precision }, facts) ?? found[0] ?? null)
      : (found[0] ?? null);
  };

  const measure = async () => {
    const selected = subjects.filter((subject) => chosen.has(subject.id) && isMeasurable(subject));
    const on = backendNames
      .filter((backend) => backends.has(backend))
      .flatMap((backend) =>
        precisions.filter((one) => wanted.has(one)).map((precision): Way => ({ backend, precision })),
      )
      .filter((way) => obstacleOf(way, facts) === null);
    if (selected.length === 0 || on.length === 0) {
      setNotices([words.nothingChosen]);
      return;
    }
    const controller = new AbortController();
    stop.current = controller;
    const { signal } = controller;
    setNotices([]);
    const troubles: string[] = [];
    const of = on.length * (selected.length + 1);
    let done = 0;
    for (const way of on) {
      const steps: readonly (Subject | null)[] = [null, ...selected];
      for (const subject of steps) {
        if (signal.aborted) break;
        setRunning({ what: subject?.title ?? null, way, done, of });
        try {
          if (subject === null) {
            const peak: PeakMeasurement = await measurePeak(way, signal);
            keepMeasurements(facts, [peak], []);
          } else {
            const measured: NetworkMeasurement = await measureNetwork(
              { network: subject.id, graph: subject.graph, way },
              signal,
            );
            keepMeasurements(facts, [], [measured]);
            const { median: ms, runs } = measured.times;
            // What other pages run are float32 weights.
            if (way.precision === 'fp32') keepTime(subject.id, { ms, backend: way.backend, runs });
          }
        } catch (error) {
          if (!signal.aborted) {
            troubles.push(words.failed(subject?.title ?? words.limits, nameOf(way), reasonOf(error)));
          }
        }
        done += 1;
      }
    }
    setNotices(signal.aborted ? [...troubles, words.stopped] : troubles);
    setRunning(null);
  };

  return (
    <div className={styles.benchmark}>
      <p className={styles.note}>{words.benchmarkNote}</p>
      <div className={styles.choices}>
        <fieldset disabled={running !== null}>
          <legend>{words.networks}</legend>
          {subjects.map((subject) => (
            <label key={subject.id}>
              <input
                type="checkbox"
                checked={chosen.has(subject.id) && isMeasurable(subject)}
                disabled={!isMeasurable(subject)}
                onChange={(event) => onChosen(toggled(chosen, subject.id, event.currentTarget.checked))}
              />{' '}
              {subject.title}{' '}
              <span className={styles.needs}>
                {isMeasurable(subject)
                  ? words.memoryNeeded(formatBytes(subject.bytes))
                  : words.tooLarge(formatBytes(subject.bytes))}
              </span>
            </label>
          ))}
          <Select
            label={words.more}
            labelHidden
            value=""
            options={[
              { value: '', label: words.choose },
              ...options.map((option) => ({ ...option, disabled: offered.has(option.value) })),
            ]}
            onChange={(id) => {
              if (id !== '') onOffer(id);
            }}
          />
        </fieldset>
        <fieldset disabled={running !== null}>
          <legend>{words.backends}</legend>
          {backendNames.map((backend) => (
            <label key={backend}>
              <input
                type="checkbox"
                checked={backends.has(backend) && isThere(backend)}
                disabled={!isThere(backend)}
                onChange={(event) => setBackends(toggled(backends, backend, event.currentTarget.checked))}
              />{' '}
              {isThere(backend) ? words[backend] : words.webgpuMissing}
            </label>
          ))}
        </fieldset>
        <fieldset disabled={running !== null}>
          <legend>{words.precision}</legend>
          {precisions.map((precision) => {
            const obstacle = obstacleTo(precision);
            const note = obstacle
              ? words.obstacles[obstacle]
              : precision === 'int8'
                ? words.calibrated(CALIBRATION_RUNS)
                : null;
            return (
              <label key={precision}>
                <input
                  type="checkbox"
                  checked={wanted.has(precision) && obstacle === null}
                  disabled={obstacle !== null}
                  onChange={(event) => onPrecisions(toggled(wanted, precision, event.currentTarget.checked))}
                />{' '}
                {words.precisions[precision]}
                {note === null ? null : <span className={styles.needs}>: {note}</span>}
              </label>
            );
          })}
        </fieldset>
      </div>
      <div className={styles.actions}>
        {running ? (
          <>
            <Button onClick={() => stop.current?.abort()}>{words.cancel}</Button>
            <Progress
              label={words.progress(
                running.what ?? words.limits,
                nameOf(running.way),
                running.done,
                running.of,
              )}
              value={running.done / running.of}
            />
          </>
        ) : (
          <Button variant="primary" onClick={() => void measure()}>
            {words.start}
          </Button>
        )}
      </div>
      <div role="status">
        {notices.map((notice) => (
          <p key={notice} className={styles.notice}>
            {notice}
          </p>
        ))}
      </div>
    </div>
  );
}
