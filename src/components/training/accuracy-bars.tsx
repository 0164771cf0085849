import styles from './training.module.css';

/** One bar: what it stands for and its share of 1. */
export interface AccuracyBar {
  readonly id: string;
  readonly label: string;
  readonly value: number;
}

/** Accuracies as horizontal bars with their numbers, and a mark where the whole stands. */
export function AccuracyBars({
  bars,
  label,
  mark,
  formatShare,
}: {
  readonly bars: readonly AccuracyBar[];
  readonly label: string;
  /** A share that every bar is to be compared with. */
  readonly mark?: number;
  readonly formatShare: (share: number) => string;
}) {
  return (
    <ul className={styles.bars} aria-label={label}>
      {bars.map(({ id, label: name, value }) => (
        <li key={id}>
          <span className={styles.barName}>{name}</span>
          <svg className={styles.bar} viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect className={styles.track} width="100" height="10" />
            <rect className={styles.filled} width={100 * value} height="10" />
            {mark === undefined ? null : <path className={styles.mark} d={`M${100 * mark} 0V10`} />}
          </svg>
          <span className={styles.barValue}>{formatShare(value)}</span>
        </li>
      ))}
    </ul>
  );
}
