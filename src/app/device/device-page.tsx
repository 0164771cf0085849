import { useEffect, useMemo, useRef, useState } from 'react';
import { architectures, families } from '../../architectures/index.ts';
import { MeasuredRoofline } from '../../components/device/measured-roofline.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { Progress } from '../../components/ui/progress.tsx';
import { Select } from '../../components/ui/select.tsx';
import { formatBytes, formatCount, formatInteger, formatMilliseconds } from '../../engine/cost/format.ts';
import {
  type DeviceFacts,
  type DeviceReport,
  type NetworkMeasurement,
  type PeakMeasurement,
  type Precision,
  parseReport,
  precisions,
  ReportError,
  type ReportProblem,
} from '../../engine/measure/device-report.ts';
import { RuntimeError, readFailure } from '../../engine/runtime/problem.ts';
import type { Backend } from '../../engine/runtime/protocol.ts';
import { saveFile } from '../explore/save-file.ts';
import { device as en } from '../i18n/en/device.ts';
import { useFailureWords } from '../i18n/failure-words.ts';
import { useMessages } from '../i18n/index.tsx';
import { useTopic } from '../i18n/use-topic.ts';
import { device as zh } from '../i18n/zh/device.ts';
import { exploreHref } from '../lineage.ts';
import { Link } from '../link.tsx';
import { forgetMeasurements, keepMeasurements, useOwnReport } from '../state/device-store.ts';
import { keepTime } from '../state/measured-times.ts';
import styles from './device.module.css';
import { readDeviceFacts } from './device-facts.ts';
import { LayerRooflines } from './layer-rooflines.tsx';
import { measureNetwork, measurePeak, type Way } from './run-benchmark.ts';
import { boundOf, deviceOf, type Subject, subjectOf } from './subject.ts';

/** Networks that are offered first: one of each size. */
const FIRST = ['lenet5', 'resnet20-cifar10', 'squeezenet-1.1', 'resnet18', 'resnet50', 'vgg16'].filter((id) =>
  architectures.has(id),
);
const CHOSEN_FIRST = ['lenet5', 'resnet20-cifar10', 'squeezenet-1.1'];
/** Bytes beyond which a tab's WebAssembly memory does not reach: 4 GiB, less what the runtime itself and copies take. */
const MOST_BYTES = 3 * 1024 ** 3;

/** This device: what the browser offers, how fast networks run in it, and what limits them. */
export default function DevicePage() {
  const words = useTopic({ en, zh });
  const { common } = useMessages();
  const own = useOwnReport();
  const [facts, setFacts] = useState<DeviceFacts | null>(null);
  const [other, setOther] = useState<DeviceReport | null>(null);
  useEffect(() => {
    let isHere = true;
    void readDeviceFacts().then((read) => {
      if (isHere) setFacts(read);
    });
    return () => {
      isHere = false;
    };
  }, []);
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>{words.title}</h1>
        <p>{words.lede}</p>
      </header>
      <Panel title={words.offers} messages={common}>
        {facts ? <Offers facts={facts} /> : <p className={styles.note}>{words.asking}</p>}
      </Panel>
      <Panel title={words.benchmark} messages={common}>
        {facts ? <Benchmark facts={facts} /> : null}
      </Panel>
      <Panel title={words.results} messages={common}>
        <Results own={own} other={other} onOther={setOther} />
      </Panel>
      {own ? (
        <Panel title={words.roofline} messages={common}>
          <Rooflines report={own} />
        </Panel>
      ) : null}
      <Panel title={words.layers.title} messages={common}>
        <LayerRooflines report={own} />
      </Panel>
    </div>
  );
}

function Offers({ facts }: { readonly facts: DeviceFacts }) {
  const words = useTopic({ en, zh });
  const yesNo = (value: boolean): string => (value ? words.yes : words.no);
  const { gpu } = facts;
  const rows: readonly (readonly [string, string])[] = [
    [words.facts.browser, facts.browser],
    [words.facts.cores, formatInteger(facts.cores)],
    [words.facts.memory, facts.memory === null ? words.notTold : words.memoryOf(String(facts.memory))],
    [words.facts.isolated, yesNo(facts.crossOriginIsolated)],
    [words.facts.simd, yesNo(facts.simd)],
    [words.facts.threads, facts.threads ? words.yes : words.noThreads],
    [words.facts.jspi, yesNo(facts.jspi)],
    [
      words.facts.gpu,
      gpu
        ? [gpu.vendor, gpu.architecture, gpu.description, gpu.isSoftware ? `(${words.software})` : '']
            .filter(Boolean)
            .join(' ')
        : words.noGpu,
    ],
    ...(gpu
      ? ([
          [words.facts.half, yesNo(gpu.hasHalf)],
          [words.facts.buffer, formatBytes(gpu.maxBufferSize)],
        ] as const)
      : []),
  ];
  return (
    <dl className={styles.facts}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type Running = {
  readonly what: string | null;
  readonly way: Way;
  readonly done: number;
  readonly of: number;
};

/** Networks, backends, and the button that measures. */
function Benchmark({ facts }: { readonly facts: DeviceFacts }) {
  const words = useTopic({ en, zh });
  const failures = useFailureWords();
  const [offered, setOffered] = useState<readonly string[]>(FIRST);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(CHOSEN_FIRST.filter((id) => architectures.has(id))),
  );
  const [backends, setBackends] = useState<ReadonlySet<Backend>>(() => new Set<Backend>(['wasm']));
  const [chosenPrecisions, setPrecisions] = useState<ReadonlySet<Precision>>(
    () => new Set<Precision>(['fp32']),
  );
  const [running, setRunning] = useState<Running | null>(null);
  const [notices, setNotices] = useState<readonly string[]>([]);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const subjects = useMemo(() => offered.flatMap((id) => subjectOf(id) ?? []), [offered]);
  const options = useMemo(
    () => [
      { value: '', label: words.choose },
      ...families.flatMap(({ variants }) => variants.map(({ id, title }) => ({ value: id, label: title }))),
    ],
    [words],
  );
  const nameOf = ({ backend, precision }: Way): string => words.way(words[backend], precision);
  const canHalf = facts.gpu?.hasHalf ?? false;
  const reasonOf = (error: unknown): string =>
    error instanceof RuntimeError ? failures.runtime(error.problem) : readFailure(error).detail;

  const measure = async () => {
    const selected = subjects.filter(({ id, bytes }) => chosen.has(id) && bytes <= MOST_BYTES);
    const on = (['wasm', 'webgpu'] as const).flatMap((backend) =>
      backends.has(backend) && (backend === 'wasm' || facts.gpu)
        ? precisions
            // WebAssembly has no arithmetic of halves: it would turn every tensor, and compute in fp32.
            .filter(
              (one) => chosenPrecisions.has(one) && (one === 'fp32' || (backend === 'webgpu' && canHalf)),
            )
            .map((precision): Way => ({ backend, precision }))
        : [],
    );
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
          {subjects.map(({ id, title, bytes }) => (
            <label key={id}>
              <input
                type="checkbox"
                checked={chosen.has(id) && bytes <= MOST_BYTES}
                disabled={bytes > MOST_BYTES}
                onChange={(event) => {
                  const next = new Set(chosen);
                  if (event.currentTarget.checked) next.add(id);
                  else next.delete(id);
                  setChosen(next);
                }}
              />{' '}
              {title}{' '}
              <span className={styles.needs}>
                {bytes > MOST_BYTES
                  ? words.tooLarge(formatBytes(bytes))
                  : words.memoryNeeded(formatBytes(bytes))}
              </span>
            </label>
          ))}
          <Select
            label={words.more}
            labelHidden
            value=""
            options={options.map((option) => ({ ...option, disabled: offered.includes(option.value) }))}
            onChange={(id) => {
              if (id === '') return;
              setOffered([...offered, id]);
              setChosen(new Set([...chosen, id]));
            }}
          />
        </fieldset>
        <fieldset disabled={running !== null}>
          <legend>{words.backends}</legend>
          {(['wasm', 'webgpu'] as const).map((backend) => (
            <label key={backend}>
              <input
                type="checkbox"
                checked={backends.has(backend) && (backend === 'wasm' || facts.gpu !== null)}
                disabled={backend === 'webgpu' && facts.gpu === null}
                onChange={(event) => {
                  const next = new Set(backends);
                  if (event.currentTarget.checked) next.add(backend);
                  else next.delete(backend);
                  setBackends(next);
                }}
              />{' '}
              {backend === 'webgpu' && facts.gpu === null ? words.webgpuMissing : words[backend]}
            </label>
          ))}
        </fieldset>
        <fieldset disabled={running !== null}>
          <legend>{words.precision}</legend>
          {precisions.map((precision) => {
            const isMissing = precision === 'fp16' && !(canHalf && backends.has('webgpu'));
            return (
              <label key={precision}>
                <input
                  type="checkbox"
                  checked={chosenPrecisions.has(precision) && !isMissing}
                  disabled={isMissing}
                  onChange={(event) => {
                    const next = new Set(chosenPrecisions);
                    if (event.currentTarget.checked) next.add(precision);
                    else next.delete(precision);
                    setPrecisions(next);
                  }}
                />{' '}
                {words.precisions[precision]}
                {isMissing ? (
                  <span className={styles.needs}>
                    : {canHalf ? words.halfNeedsWebGpu : facts.gpu ? words.noHalf : words.halfNoAdapter}
                  </span>
                ) : null}
              </label>
            );
          })}
          <label>
            <input type="checkbox" checked={false} disabled readOnly /> int8
            <span className={styles.needs}>: {words.noInt8}</span>
          </label>
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

/** What was measured, beside what the roofline allows and another device's times. */
function Results({
  own,
  other,
  onOther,
}: {
  readonly own: DeviceReport | null;
  readonly other: DeviceReport | null;
  readonly onOther: (report: DeviceReport | null) => void;
}) {
  const words = useTopic({ en, zh });
  const [problem, setProblem] = useState<ReportProblem | null>(null);
  const subjects = useMemo(
    () =>
      new Map(
        (own?.networks ?? []).flatMap(({ network }) => {
          const subject = subjectOf(network);
          return subject ? [[network, subject] as const] : [];
        }),
      ),
    [own],
  );
  const read = async (file: File) => {
    try {
      onOther(parseReport(await file.text()));
      setProblem(null);
    } catch (error) {
      setProblem(error instanceof ReportError ? error.problem : { code: 'not-json' });
    }
  };
  const otherOf = ({ network, backend, precision }: NetworkMeasurement) =>
    other?.networks.find(
      (one) => one.network === network && one.backend === backend && one.precision === precision,
    );
  return (
    <div className={styles.results}>
      {own && own.networks.length > 0 ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
        <section className={styles.scroll} tabIndex={0} aria-label={words.results}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.columns.network}</th>
                <th scope="col">{words.columns.backend}</th>
                <th scope="col">{words.columns.start}</th>
                <th scope="col">{words.columns.first}</th>
                <th scope="col">{words.columns.median}</th>
                <th scope="col">{words.columns.spread}</th>
                <th scope="col">{words.columns.rate}</th>
                <th scope="col">{words.columns.bound}</th>
                <th scope="col">{words.columns.times}</th>
                {other ? <th scope="col">{words.columns.other}</th> : null}
              </tr>
            </thead>
            <tbody>
              {own.networks.map((measured) => {
                const { network, backend, precision, threads, startMs, firstRunMs, times } = measured;
                const subject = subjects.get(network);
                const peak = own.peaks.find((one) => one.backend === backend && one.precision === precision);
                const bound = subject && peak ? 1000 * boundOf(subject, peak).seconds : null;
                const there = otherOf(measured);
                return (
                  <tr key={`${network} ${backend} ${precision}`}>
                    <th scope="row">
                      <Link href={exploreHref(network)}>{subject?.title ?? network}</Link>
                    </th>
                    <td>
                      {words.way(words[backend], precision)}
                      {backend === 'wasm' ? `, ${words.threads(threads)}` : ''}
                    </td>
                    <td>{formatMilliseconds(startMs)}</td>
                    <td>{formatMilliseconds(firstRunMs)}</td>
                    <td>
                      <b>{formatMilliseconds(times.median)}</b> <small>{words.runs(times.runs)}</small>
                      {times.drift > 1.15 ? (
                        <small className={styles.drift}>
                          {words.drift(`${Math.round(100 * (times.drift - 1))} %`)}
                        </small>
                      ) : null}
                    </td>
                    <td>
                      {formatMilliseconds(times.quartiles[0])} – {formatMilliseconds(times.quartiles[1])}
                    </td>
                    <td>{subject ? formatCount((1000 * subject.costs.total.macs) / times.median) : '—'}</td>
                    <td>{bound === null ? '—' : formatMilliseconds(bound)}</td>
                    <td>{bound === null ? '—' : `×${(times.median / bound).toPrecision(3)}`}</td>
                    {other ? (
                      <td>
                        {there
                          ? `${formatMilliseconds(there.times.median)} (×${(there.times.median / times.median).toPrecision(3)})`
                          : '—'}
                      </td>
                    ) : null}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      ) : (
        <p className={styles.note}>{words.nothing}</p>
      )}
      {other ? (
        <p className={styles.note}>
          {words.compared(other.device.browser, new Date(other.when).toLocaleString())}{' '}
          <Button variant="quiet" onClick={() => onOther(null)}>
            {words.stopComparing}
          </Button>
        </p>
      ) : null}
      <div className={styles.actions}>
        {own ? (
          <Button onClick={() => saveFile(JSON.stringify(own, null, 2), 'convatlas-device.json')}>
            {words.export}
          </Button>
        ) : null}
        <label className={styles.upload}>
          <input
            type="file"
            accept="application/json,.json"
            onChange={(event) => {
              const file = event.currentTarget.files?.[0];
              event.currentTarget.value = '';
              if (file) void read(file);
            }}
          />
          {words.import}
        </label>
        {own ? (
          <Button variant="quiet" onClick={forgetMeasurements}>
            {words.forget}
          </Button>
        ) : null}
      </div>
      {problem ? (
        <p role="alert" className={styles.notice}>
          {words.problem(problem)}
        </p>
      ) : null}
    </div>
  );
}

/** The roof of each backend and precision that was measured, and the networks under it. */
function Rooflines({ report }: { readonly report: DeviceReport }) {
  const words = useTopic({ en, zh });
  return report.peaks.map((peak) => {
    const points = report.networks.flatMap(({ network, backend, precision, times }) => {
      const subject = backend === peak.backend && precision === peak.precision ? subjectOf(network) : null;
      if (!subject) return [];
      const { intensity } = boundOf(subject, peak);
      if (intensity === null) return [];
      const reached = (1000 * subject.costs.total.flops) / times.median;
      return [{ id: network, title: subject.title, intensity, reached }];
    });
    const name = words.way(words[peak.backend], peak.precision);
    const rate = `${formatCount(peak.macsPerSecond)} MAC/s`;
    const bandwidth = `${formatBytes(peak.bytesPerSecond)}/s`;
    return (
      <div key={name} className={styles.roofline}>
        <p className={styles.note}>{words.rooflineNote(name, rate, bandwidth)}</p>
        <MeasuredRoofline
          device={deviceOf(peak)}
          points={points}
          label={words.rooflineLabel(
            name,
            points.map(({ title, reached }) => `${title} ${formatCount(reached)} FLOP/s`).join(', '),
          )}
          across={words.across}
          up={words.up}
          formatRate={formatCount}
        />
      </div>
    );
  });
}
