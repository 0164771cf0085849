import { useId } from 'react';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

/** One choice of a select. */
export interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean;
}

/** Properties of a select. */
export interface SelectProps<Value extends string> {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly value: Value;
  readonly options: readonly SelectOption<Value>[];
  readonly onChange: (value: Value) => void;
  readonly className?: string;
}

/** One of a list. The browser's own control: it works by touch, keyboard and voice, and costs no script. */
export function Select<Value extends string>({
  label,
  labelHidden = false,
  value,
  options,
  onChange,
  className,
}: SelectProps<Value>) {
  const id = useId();
  return (
    <div className={classNames(styles.field, className)}>
      {labelHidden ? null : (
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
      )}
      <select
        id={id}
        className={styles.select}
        value={value}
        aria-label={labelHidden ? label : undefined}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.currentTarget.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
