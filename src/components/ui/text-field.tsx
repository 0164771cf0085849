import { type ReactNode, useId } from 'react';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

/** Properties of a line of text with what is wrong with it beside it. */
export interface TextFieldProps {
  readonly label: string;
  /** Hides the label from sight, not from assistive technology. */
  readonly labelHidden?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Called when the visitor is done: Enter, or the field loses its focus. */
  readonly onCommit?: (value: string) => void;
  readonly error?: ReactNode;
  readonly hint?: ReactNode;
  readonly placeholder?: string;
  readonly inputMode?: 'text' | 'numeric';
  readonly className?: string;
}

/** A line of text; an error is announced and stands directly below. */
export function TextField({
  label,
  labelHidden = false,
  value,
  onChange,
  onCommit,
  error,
  hint,
  placeholder,
  inputMode = 'text',
  className,
}: TextFieldProps) {
  const id = useId();
  return (
    <div className={classNames(styles.field, className)}>
      {labelHidden ? null : (
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
      )}
      <input
        id={id}
        className={styles.input}
        value={value}
        placeholder={placeholder}
        inputMode={inputMode}
        autoComplete="off"
        spellCheck={false}
        aria-label={labelHidden ? label : undefined}
        aria-invalid={Boolean(error)}
        aria-describedby={error || hint ? `${id}-note` : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
        onBlur={(event) => onCommit?.(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onCommit?.(event.currentTarget.value);
        }}
      />
      <div id={`${id}-note`} role="status" className={error ? styles.error : styles.hint}>
        {error ?? hint}
      </div>
    </div>
  );
}
