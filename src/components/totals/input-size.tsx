import { type KeyboardEvent, useId, useState } from 'react';
import type { Pair } from '../../engine/spec/types.ts';
import styles from './input-size.module.css';
import { inputSizeText, type ParsedInputSize, parseInputSize } from './parse-input-size.ts';

/** Words of the input size control. */
export interface InputSizeMessages {
  readonly label: string;
  readonly hint: string;
  notASize(text: string): string;
  readonly zero: string;
  tooLarge(text: string): string;
  /** Back to the definition's own size. */
  reset(size: string): string;
  readonly presets: string;
}

/** What the input size control shows and tells. */
export interface InputSizeProps {
  /** What the address says, valid or not; '' for the definition's own size. */
  readonly value: string;
  /** The definition's height and width. */
  readonly own: Pair;
  readonly channels: number;
  /** Sizes offered beside the field. */
  readonly presets?: readonly Pair[];
  /** Takes the size as the address writes it, `224` or `256x192`; '' for the definition's own. Never a text that is no size. */
  onChange(text: string): void;
  readonly messages: InputSizeMessages;
}

/** A field for the height and width of the input: what is wrong stands beside it, and nothing is taken that is. */
export function InputSize({ value, own, channels, presets = [], onChange, messages }: InputSizeProps) {
  const id = useId();
  const shown = value === '' ? inputSizeText(own) : value;
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: string } | null>(null);
  // A draft belongs to the value it was begun on: a new address, from elsewhere, replaces it.
  const text = draft?.of === value ? draft.text : shown;
  const parsed = parseInputSize(text, channels);
  const error = errorOf(parsed, text, messages);
  const take = (size: Pair) => {
    setDraft(null);
    const next = size[0] === own[0] && size[1] === own[1] ? '' : inputSizeText(size);
    if (next !== value) onChange(next);
  };
  const commit = () => {
    if (parsed.kind === 'size') take(parsed.size);
    else if (parsed.kind === 'empty') take(own);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      commit();
    } else if (event.key === 'Escape') {
      setDraft(null);
    }
  };
  const changed = parsed.kind !== 'size' || parsed.size[0] !== own[0] || parsed.size[1] !== own[1];
  return (
    <div className={styles.control}>
      <div className={styles.line}>
        <label htmlFor={id} className={styles.label}>
          {messages.label}
        </label>
        <span className={styles.field} data-invalid={error !== null || undefined}>
          <span aria-hidden="true" className={styles.channels}>
            {channels}×
          </span>
          <input
            id={id}
            type="text"
            inputMode="text"
            autoComplete="off"
            spellCheck={false}
            size={Math.max(4, Math.min(14, text.length + 1))}
            value={text}
            aria-invalid={error !== null}
            title={messages.hint}
            aria-describedby={error === null ? `${id}-hint` : `${id}-error`}
            onChange={(event) => setDraft({ text: event.target.value, of: value })}
            onBlur={commit}
            onKeyDown={onKeyDown}
          />
        </span>
        {presets.length > 0 && (
          <fieldset className={styles.presets} aria-label={messages.presets}>
            {presets.map((size) => (
              <button
                key={inputSizeText(size)}
                type="button"
                aria-pressed={
                  parsed.kind === 'size' && parsed.size[0] === size[0] && parsed.size[1] === size[1]
                }
                onClick={() => take(size)}
              >
                {inputSizeText(size).replace('x', '×')}
              </button>
            ))}
          </fieldset>
        )}
        {changed && (
          <button type="button" className={styles.reset} onClick={() => take(own)}>
            {messages.reset(inputSizeText(own).replace('x', '×'))}
          </button>
        )}
      </div>
      <p id={`${id}-hint`} hidden>
        {messages.hint}
      </p>
      {error !== null && (
        <p id={`${id}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}

function errorOf(parsed: ParsedInputSize, text: string, messages: InputSizeMessages): string | null {
  switch (parsed.kind) {
    case 'not-a-size':
      return messages.notASize(text);
    case 'zero':
      return messages.zero;
    case 'too-large':
      return messages.tooLarge(text);
    default:
      return null;
  }
}
