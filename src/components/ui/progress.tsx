import { useId } from 'react';
import { classNames } from './class-names.ts';
import styles from './progress.module.css';

/** Properties of a progress bar. */
export interface ProgressProps {
  readonly label: string;
  /** From 0 to 1; null while the end is not known. */
  readonly value: number | null;
  /** How far it is, in words: `1.2 of 3.7 MB`. */
  readonly detail?: string;
  readonly className?: string;
}

/** How far something has come. */
export function Progress({ label, value, detail, className }: ProgressProps) {
  const id = useId();
  return (
    <div className={classNames(styles.progress, className)}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {detail ? <span className={styles.detail}>{detail}</span> : null}
      <progress id={id} className={styles.bar} max={1} {...(value === null ? {} : { value })} />
    </div>
  );
}
