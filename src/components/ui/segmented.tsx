import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './segmented.module.css';

/** One choice of a segmented control. */
export interface SegmentedOption<Value extends string> {
  readonly value: Value;
  /** Accessible name, and what stands in the segment unless there is a symbol. */
  readonly label: string;
  readonly symbol?: ReactNode;
  readonly disabled?: boolean;
}

/** Properties of a segmented control; exactly one option is always chosen. */
export interface SegmentedProps<Value extends string> {
  /** Accessible name of the group. */
  readonly label: string;
  readonly value: Value;
  readonly options: readonly SegmentedOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly className?: string;
}

/** A few alternatives side by side, one of them pressed: a group of toggle buttons. */
export const Segmented = <Value extends string>({
  label,
  value,
  options,
  onChange,
  className,
}: SegmentedProps<Value>) => (
  <fieldset aria-label={label} className={classNames(styles.group, className)}>
    {options.map((option) => (
      <button
        key={option.value}
        type="button"
        disabled={option.disabled}
        aria-pressed={option.value === value}
        className={styles.segment}
        onClick={() => onChange(option.value)}
        {...(option.symbol ? { 'aria-label': option.label, title: option.label } : {})}
      >
        {option.symbol ?? option.label}
      </button>
    ))}
  </fieldset>
);
