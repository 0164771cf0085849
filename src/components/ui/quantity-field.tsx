import { useId, useState } from 'react';
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

interface Draft {
  readonly text: string;
  readonly before: number;
  readonly after: number;
}

/** A number above 0 such as an amount of memory; what is typed stays as typed until the field is left. */
export function QuantityField({ label, value, onChange, className }: QuantityFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<Draft | null>(null);
  // A draft belongs to the value that it made, or is about to make: any other from outside replaces it.
  const isDrafted = draft !== null && (draft.before === value || draft.after === value);
  const text = isDrafted ? draft.text : String(value);
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
        onBlur={() => setDraft(null)}
        onChange={(event) => {
          const typed = event.currentTarget.value.trim();
          const after = isQuantity(typed) ? Number(typed) : value;
          setDraft({ text: typed, before: value, after });
          if (after !== value) onChange(after);
        }}
      />
    </div>
  );
}

const isQuantity = (text: string): boolean => /^\d{1,9}(\.\d{1,6})?$/.test(text) && Number(text) > 0;
