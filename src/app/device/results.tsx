import { useMemo, useState } from 'react';
import { Button } from '../../components/ui/button.tsx';
import { FileButton } from '../../components/ui/file-button.tsx';
import { formatCount, formatMilliseconds } from '../../engine/cost/format.ts';
import {
  type DeviceReport,
  type NetworkMeasurement,
  parseReport,
  ReportError,
  type ReportProblem,
} from '../../engine/measure/device-report.ts';
import { saveFile } from '../explore/save-file.ts';
import { device as en } from '../i18n/en/device.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { device as zh } from '../i18n/zh/device.ts';
import { exploreHref } from '../lineage.ts';
import { Link } from '../link.tsx';
import { forgetMeasurements } from '../state/device-store.ts';
import styles from './device.module.css';
import { boundOf, subjectOf } from './subject.ts';

/** What was measured, beside what the roofline allows and another device's times. */
export function Results({
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
        <FileButton
          label={words.import}
          accept="application/json,.json"
          onFiles={([file]) => {
            if (file) void read(file);
          }}
        />
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
