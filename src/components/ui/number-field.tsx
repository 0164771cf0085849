import { NumberField as Base } from '@base-ui/react/number-field';
import { type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

/** Properties of a whole number with steps down and up. */
export interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly onChange: (value: number) => void;
  readonly error?: ReactNode;
  /** Accessible names of the two step buttons. */
  readonly decrease: string;
  readonly increase: string;
  readonly className?: string;
}

/** A whole number, typed or stepped; what is out of range is brought back into it. */
export function NumberField({
  label,
  value,
  minimum = 1,
  maximum = Number.MAX_SAFE_INTEGER,
  onChange,
  error,
  decrease,
  increase,
  className,
}: NumberFieldProps) {
  const id = useId();
  return (
    <Base.Root
      id={id}
      className={classNames(styles.field, className)}
      value={value}
      min={minimum}
      max={maximum}
      format={{ useGrouping: false, maximumFractionDigits: 0 }}
      onValueChange={(next) => {
        if (next !== null) onChange(next);
      }}
    >
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <Base.Group className={styles.stepper}>
        <Base.Decrement className={styles.step} aria-label={decrease}>
          −
        </Base.Decrement>
        <Base.Input
          className={styles.input}
          aria-invalid={Boolean(error)}
          aria-describedby={error ? `${id}-note` : undefined}
        />
        <Base.Increment className={styles.step} aria-label={increase}>
          +
        </Base.Increment>
      </Base.Group>
      {error ? (
        <div id={`${id}-note`} role="status" className={styles.error}>
          {error}
        </div>
      ) : null}
    </Base.Root>
  );
}
