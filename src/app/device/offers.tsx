import { formatBytes, formatInteger } from '../../engine/cost/format.ts';
import type { DeviceFacts } from '../../engine/measure/device-report.ts';
import { device as en } from '../i18n/en/device.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { device as zh } from '../i18n/zh/device.ts';
import styles from './device.module.css';

/** What the browser offers, as it says itself. */
export function Offers({ facts }: { readonly facts: DeviceFacts }) {
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
