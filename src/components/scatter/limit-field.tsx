import { useState } from 'react';
import { Slider } from '../ui/slider.tsx';
import { TextField } from '../ui/text-field.tsx';
import styles from './limit-field.module.css';

/** Properties of a limit. */
export interface LimitFieldProps {
  readonly label: string;
  /** What the typed number is in: `MiB`. */
  readonly unit: string;
  /** How many of the value's own units one of `unit` is. */
  readonly unitSize: number;
  /** The limit; null for none. */
  readonly value: number | null;
  /** Places of the slider, ascending; one more stands for no limit, at the end that excludes nothing. */
  readonly stops: readonly number[];
  /** Whether it is a least value; else a largest. */
  readonly least: boolean;
  readonly onChange: (value: number | null) => void;
  readonly formatLimit: (value: number | null) => string;
  /** What is wrong with text that is no number above 0. */
  readonly notANumber: (text: string) => string;
  /** Name of the field for typing. */
  readonly typedLabel: string;
}

const asText = (value: number): string => String(Number(value.toPrecision(6)));

/** One limit: moved along a slider, or typed; an empty field is no limit. */
export function LimitField({
  label,
  unit,
  unitSize,
  value,
  stops,
  least,
  onChange,
  formatLimit,
  notANumber,
  typedLabel,
}: LimitFieldProps) {
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: number | null } | null>(null);
  // What is typed stays as typed while it is what the limit was made of.
  const text = draft && draft.of === value ? draft.text : value === null ? '' : asText(value / unitSize);
  const typed = /^\d{1,9}(\.\d{1,6})?$/.test(text.trim()) ? Number(text) : 0;
  const isWrong = text.trim() !== '' && !(typed > 0);
  const open = least ? 0 : stops.length;
  const toStop = (position: number): number | null =>
    position === open ? null : (stops[least ? position - 1 : position] ?? null);
  const nearest = (limit: number): number => {
    const index = stops.findLastIndex((stop) => stop <= limit * 1.000001);
    return least ? index + 1 : Math.max(0, index);
  };
  return (
    <div className={styles.limit}>
      <Slider
        label={label}
        value={value === null ? open : nearest(value)}
        minimum={0}
        maximum={stops.length}
        onChange={(position) => {
          setDraft(null);
          onChange(toStop(position));
        }}
        // The thumb stands at a stop; the words tell the limit itself.
        formatValue={(position) =>
          formatLimit(value !== null && position === nearest(value) ? value : toStop(position))
        }
      />
      <div className={styles.typed}>
        <TextField
          label={typedLabel}
          labelHidden
          value={text}
          placeholder="—"
          onChange={(next) => {
            const trimmed = next.trim();
            const number = /^\d{1,9}(\.\d{1,6})?$/.test(trimmed) ? Number(trimmed) * unitSize : 0;
            const limit = trimmed === '' ? null : number > 0 ? number : value;
            setDraft({ text: next, of: limit });
            if (limit !== value) onChange(limit);
          }}
          onCommit={() => {
            if (!isWrong) setDraft(null);
          }}
          {...(isWrong ? { error: notANumber(text.trim()) } : {})}
        />
        <span className={styles.unit} aria-hidden="true">
          {unit}
        </span>
      </div>
    </div>
  );
}
