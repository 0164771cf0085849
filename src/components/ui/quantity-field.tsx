import { useEffect, useId, useState } from 'react';
import { classNames } from './class-names.ts';
import styles from './field.module.css';

/** Properties of a number above 0, with a fraction or without. */
export interface QuantityFieldProps {
  readonly label: string;
  readonly value: number;
  /** Called with every number above 0 that is typed; what is none leaves the last one in force. */
  readonly onChange: (value: number) => void;
  readonly className?: string;
}

/** A number above 0 such as an amount of memory; what is typed stays as typed until the field is left. */
export function QuantityField({ label, value, onChange, className }: QuantityFieldProps) {
  const id = useId();
  const [text, setText] = useState(String(value));
  const [isEdited, setIsEdited] = useState(false);
  useEffect(() => {
    if (!isEdited) setText(String(value));
  }, [value, isEdited]);
  const isValid = isQuantity(text);
  return (
    <div className={classNames(styles.field, className)}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className={styles.input}
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        value={text}
        aria-invalid={!isValid}
        onFocus={() => setIsEdited(true)}
        onBlur={() => setIsEdited(false)}
        onChange={(event) => {
          const typed = event.currentTarget.value.trim();
          setText(typed);
          if (isQuantity(typed)) onChange(Number(typed));
        }}
      />
    </div>
  );
}

const isQuantity = (text: string): boolean => /^\d{1,9}(\.\d{1,6})?$/.test(text) && Number(text) > 0;
