import { Slider as Base } from '@base-ui/react/slider';
import { type KeyboardEvent, type ReactNode, useId, useMemo, useState } from 'react';
import type { Knob } from '../../engine/spec/form.ts';
import type { KnobId } from '../../engine/spec/types.ts';
import slider from '../ui/slider.module.css';
import styles from './knob-control.module.css';
import { knobScale } from './knob-scale.ts';

/** A published network's value of a knob, marked on its slider. */
export interface KnobMark {
  readonly value: number;
  /** The network's name. */
  readonly title: string;
}

/** Words of a knob. */
export interface KnobMessages {
  /** The control's name: “Depth”. */
  readonly name: string;
  /** The paper's letter or rule: “6n + 2”; empty for none. */
  readonly rule: string;
  /** The slider's name, apart from the field's. */
  readonly sliderName: string;
  /** “Published: ResNet-20, ResNet-32” */
  marks(titles: readonly string[]): string;
}

/** Properties of a knob. */
export interface KnobControlProps {
  readonly id: KnobId;
  readonly knob: Knob;
  /** The value in force. */
  readonly value: number;
  /** What the address says, where it cannot be used; null otherwise. */
  readonly refused: string | null;
  readonly marks: readonly KnobMark[];
  /** What is wrong with the refused text. */
  readonly error: ReactNode;
  /** Takes a text as typed, or a slider's value; what is no value is refused by the owner, with the reason. */
  onChange(text: string): void;
  readonly messages: KnobMessages;
}

/** A knob of thousands of values of one kind, such as the number of classes, is typed: a slider would say nothing. */
const isSlid = ({ maximum, rule }: Knob): boolean => rule.kind !== 'integer' || maximum <= 1000;

/** A number of a network's plan: a slider with the published values marked, and a field for any other. */
export function KnobControl({
  id,
  knob,
  value,
  refused,
  marks,
  error,
  onChange,
  messages,
}: KnobControlProps) {
  const fieldId = useId();
  const scale = useMemo(() => knobScale(knob), [knob]);
  const [draft, setDraft] = useState<{ readonly text: string; readonly of: string } | null>(null);
  const shown = refused ?? String(value);
  // A draft belongs to the value it was begun on: a slider or another address replaces it.
  const text = draft?.of === shown ? draft.text : shown;
  const commit = () => {
    setDraft(null);
    const trimmed = text.trim();
    if (trimmed !== '' && trimmed !== shown) onChange(trimmed);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      commit();
    } else if (event.key === 'Escape') {
      setDraft(null);
    }
  };
  const places = new Map<number, string[]>();
  for (const mark of marks) {
    const place = scale.placeOf(mark.value);
    places.set(place, [...(places.get(place) ?? []), mark.title]);
  }
  const place = scale.placeOf(value);
  return (
    <div className={styles.knob} data-knob={id}>
      <label htmlFor={fieldId} className={styles.name}>
        {messages.name}
        {messages.rule === '' ? null : <span className={styles.rule}> {messages.rule}</span>}
      </label>
      <input
        id={fieldId}
        className={styles.field}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        value={text}
        size={Math.max(4, Math.min(8, text.length + 1))}
        aria-invalid={refused !== null}
        aria-describedby={refused === null ? undefined : `${fieldId}-error`}
        onChange={(event) => setDraft({ text: event.target.value, of: shown })}
        onBlur={commit}
        onKeyDown={onKeyDown}
      />
      {isSlid(knob) && scale.steps > 0 ? (
        <Base.Root
          className={styles.slider}
          value={place}
          min={0}
          max={scale.steps}
          onValueChange={(next: number) => {
            const wanted = scale.valueAt(next);
            if (wanted !== value || refused !== null) onChange(String(wanted));
          }}
        >
          <Base.Control className={slider.control}>
            <Base.Track className={slider.track}>
              {[...places].map(([at, titles]) => (
                <span
                  key={at}
                  className={styles.mark}
                  style={{ insetInlineStart: `${(100 * at) / scale.steps}%` }}
                  title={messages.marks(titles)}
                />
              ))}
              <Base.Indicator className={slider.indicator} />
              <Base.Thumb
                className={slider.thumb}
                getAriaLabel={() => messages.sliderName}
                getAriaValueText={() => String(value)}
              />
            </Base.Track>
          </Base.Control>
        </Base.Root>
      ) : null}
      {refused === null ? null : (
        <p id={`${fieldId}-error`} className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
