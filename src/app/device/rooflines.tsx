import { MeasuredRoofline } from '../../components/device/measured-roofline.tsx';
import { formatBytes, formatCount } from '../../engine/cost/format.ts';
import type { DeviceReport, PeakMeasurement } from '../../engine/measure/device-report.ts';
import { device as en } from '../i18n/en/device.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { device as zh } from '../i18n/zh/device.ts';
import styles from './device.module.css';
import { boundOf, deviceOf, subjectOf } from './subject.ts';

/** The networks of a report that were measured the way its limits were, as points under their roof. */
const pointsOf = (report: DeviceReport, peak: PeakMeasurement) =>
  report.networks.flatMap(({ network, backend, precision, times }) => {
    const subject = backend === peak.backend && precision === peak.precision ? subjectOf(network) : null;
    if (!subject) return [];
    const { intensity } = boundOf(subject, peak);
    if (intensity === null) return [];
    const reached = (1000 * subject.costs.total.flops) / times.median;
    return [{ id: network, title: subject.title, intensity, reached }];
  });

/** The roof of each backend and precision that was measured, and the networks under it; another device's with them. */
export function Rooflines({
  report,
  other,
}: {
  readonly report: DeviceReport;
  readonly other: DeviceReport | null;
}) {
  const words = useTopic({ en, zh });
  return (
    <div className={styles.rooflines}>
      {report.peaks.map((peak) => {
        const points = pointsOf(report, peak);
        const there = other?.peaks.find(
          ({ backend, precision }) => backend === peak.backend && precision === peak.precision,
        );
        const name = words.way(words[peak.backend], peak.precision);
        const rate = `${formatCount(peak.macsPerSecond)} MAC/s`;
        const bandwidth = `${formatBytes(peak.bytesPerSecond)}/s`;
        return (
          <div key={name} className={styles.roofline}>
            <p className={styles.note}>
              {words.rooflineNote(name, rate, bandwidth)}
              {there ? ` ${words.otherRoof}` : ''}
            </p>
            <MeasuredRoofline
              device={deviceOf(peak)}
              points={points}
              {...(other && there
                ? { other: { device: deviceOf(there), points: pointsOf(other, there) } }
                : {})}
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
      })}
    </div>
  );
}
