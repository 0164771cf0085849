import {
  type KeyboardEvent,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { DigitWarning } from '../../engine/runtime/preprocess/digit.ts';
import styles from './digit-pad.module.css';
import type { DrawingSource } from './drawing-source.ts';
import { drawAtOnce, type Playback, playStrokes, showStrokes } from './play-strokes.ts';
import { writeSample } from './samples.ts';
import { usePen } from './use-pen.ts';
import { useStrokeCanvas } from './use-stroke-canvas.ts';

/** The words of the drawing pad. */
export interface DigitPadMessages {
  readonly title: string;
  /** The accessible name of the drawing surface. */
  readonly surface: string;
  readonly hint: string;
  /** Over what the pad shows by itself. */
  readonly hintOver: string;
  readonly undo: string;
  readonly clear: string;
  readonly pen: string;
  readonly pens: { readonly thin: string; readonly normal: string; readonly thick: string };
  readonly samples: string;
  readonly sample: (digit: number) => string;
  /** What the surface holds, for those who do not see it. */
  readonly describe: (strokes: number) => string;
  readonly describeDemonstration: string;
  readonly warnings: Readonly<Record<DigitWarning, string>>;
  readonly noCanvas: string;
}

/** What a drawing pad shows and how it speaks. */
export interface DigitPadProps {
  readonly drawing: DrawingSource;
  readonly messages: DigitPadMessages;
  /** What is unusual about the drawing; shown under the pad while no pen is down. */
  readonly warnings?: readonly DigitWarning[];
  readonly isDisabled?: boolean;
  /** A digit that the pad writes by itself while nobody has drawn on it. */
  readonly demonstrated?: number;
}

const pens = [
  { name: 'thin', width: 12 },
  { name: 'normal', width: 20 },
  { name: 'thick', width: 30 },
] as const;
const digits = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
/** Whether what moves by itself is to be there at once: nobody looks, or somebody asked for stillness. */
const isStill = () => document.hidden || window.matchMedia('(prefers-reduced-motion: reduce)').matches;
const noWarnings: readonly DigitWarning[] = [];

/** The pen whose width is nearest to the brush. */
function findPen(brush: number): (typeof pens)[number]['name'] {
  return pens.reduce(
    (best, pen) => (Math.abs(pen.width - brush) < Math.abs(best.width - brush) ? pen : best),
    pens[1],
  ).name;
}

/** The keys that move within a row of buttons, as steps; Home and End are handled apart. */
const arrowSteps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
};

interface SampleRowProps {
  readonly messages: Pick<DigitPadMessages, 'samples' | 'sample'>;
  readonly isDisabled: boolean;
  readonly onChoose: (digit: number) => void;
}

/** Ten sample digits as a toolbar: one stop of the Tab key, arrow keys within. */
function SampleRow({ messages, isDisabled, onChoose }: SampleRowProps) {
  const [focused, setFocused] = useState(0);
  const captionId = useId();
  const handleKey = (event: KeyboardEvent<HTMLButtonElement>) => {
    const step = arrowSteps[event.key];
    const ends: Readonly<Record<string, number>> = { Home: 0, End: digits.length - 1 };
    const next = step === undefined ? ends[event.key] : (focused + step + digits.length) % digits.length;
    if (next === undefined) return;
    event.preventDefault();
    setFocused(next);
    const button = event.currentTarget.parentElement?.children[next];
    if (button instanceof HTMLElement) button.focus();
  };
  return (
    <div className={styles.samples}>
      <span id={captionId} className={styles.caption}>
        {messages.samples}
      </span>
      <div role="toolbar" aria-labelledby={captionId} className={styles.sampleRow}>
        {digits.map((digit) => (
          <button
            key={digit}
            type="button"
            className={styles.sample}
            aria-label={messages.sample(digit)}
            tabIndex={digit === focused ? 0 : -1}
            disabled={isDisabled}
            onFocus={() => setFocused(digit)}
            onKeyDown={handleKey}
            onClick={() => onChoose(digit)}
          >
            {digit}
          </button>
        ))}
      </div>
    </div>
  );
}

/**
 * A square pad to draw a digit on with mouse, touch or pen (280×280 units however large it is shown), with undo,
 * clear, three pens and ten sample digits for those who do not draw. Ctrl or ⌘ with Z undoes, with Shift redoes.
 */
export function DigitPad({
  drawing,
  messages,
  warnings = noWarnings,
  isDisabled = false,
  demonstrated,
}: DigitPadProps) {
  const pad = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const playback = useRef<Playback | undefined>(undefined);
  const lastSample = useRef({ digit: -1, style: 0 });
  const [isUnavailable, setUnavailable] = useState(false);
  const penGroup = useId();
  const descriptionId = useId();

  // Each of these changes only when a pen goes down or up: moving it renders nothing.
  const isDrawing = useSyncExternalStore(drawing.subscribe, () => drawing.getState().current.size > 0);
  const finished = useSyncExternalStore(drawing.subscribe, () => drawing.getState().strokes.length);
  const brush = useSyncExternalStore(drawing.subscribe, () => drawing.getState().brush);
  const isDemonstration = useSyncExternalStore(drawing.subscribe, () => drawing.getState().isDemonstration);
  const isEmpty = finished === 0 && !isDrawing;

  const handlePress = useCallback(() => {
    playback.current?.finish();
    playback.current = undefined;
  }, []);
  const handleUnavailable = useCallback(() => setUnavailable(true), []);
  usePen(canvas, drawing, isDisabled, handlePress);
  useStrokeCanvas(canvas, drawing, handleUnavailable);
  useEffect(() => handlePress, [handlePress]);

  const stopPlayback = useCallback(() => {
    playback.current?.stop();
    playback.current = undefined;
  }, []);

  useEffect(() => {
    const element = pad.current;
    const handleShortcut = (event: globalThis.KeyboardEvent) => {
      if (isDisabled || event.altKey || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      stopPlayback();
      if (key === 'y' || event.shiftKey) drawing.getState().redo();
      else drawing.getState().undo();
    };
    element?.addEventListener('keydown', handleShortcut);
    return () => element?.removeEventListener('keydown', handleShortcut);
  }, [drawing, isDisabled, stopPlayback]);

  useEffect(
    () =>
      demonstrated === undefined || isDisabled
        ? undefined
        : showStrokes(drawing, writeSample(demonstrated, 0), isStill()),
    [drawing, demonstrated, isDisabled],
  );

  const handleSample = (digit: number) => {
    stopPlayback();
    const { digit: before, style } = lastSample.current;
    lastSample.current = { digit, style: digit === before ? style + 1 : 0 };
    const strokes = writeSample(digit, lastSample.current.style);
    if (isStill()) drawAtOnce(drawing, strokes);
    else playback.current = playStrokes(drawing, strokes);
  };
  const pen = findPen(brush);

  return (
    <div ref={pad} className={styles.pad}>
      <div className={styles.head}>
        <h2 className={styles.title}>{messages.title}</h2>
        <button
          type="button"
          className={styles.action}
          aria-keyshortcuts="Control+Z Meta+Z"
          data-idle={finished === 0 || isDemonstration}
          disabled={isDisabled}
          onClick={() => {
            stopPlayback();
            drawing.getState().undo();
          }}
        >
          {messages.undo}
        </button>
        <button
          type="button"
          className={styles.action}
          data-idle={isEmpty}
          disabled={isDisabled}
          onClick={() => {
            stopPlayback();
            drawing.getState().clear();
          }}
        >
          {messages.clear}
        </button>
      </div>
      <div className={styles.surface} data-disabled={isDisabled}>
        <canvas
          ref={canvas}
          className={styles.canvas}
          role="img"
          aria-label={messages.surface}
          aria-describedby={descriptionId}
        />
        <p className={styles.hint} data-shown={isEmpty && !isUnavailable} aria-hidden="true">
          {messages.hint}
        </p>
        {isDemonstration ? (
          <p className={styles.hint} data-over="true" aria-hidden="true">
            {messages.hintOver}
          </p>
        ) : null}
        {isUnavailable && <p className={styles.hint}>{messages.noCanvas}</p>}
      </div>
      <p id={descriptionId} className={styles.hidden}>
        {isDemonstration ? messages.describeDemonstration : messages.describe(finished)}
      </p>
      <fieldset className={styles.pens} disabled={isDisabled}>
        <legend className={styles.hidden}>{messages.pen}</legend>
        {pens.map(({ name, width }) => (
          <label key={name} className={styles.pen} title={messages.pens[name]}>
            <input
              type="radio"
              className={styles.hidden}
              name={penGroup}
              checked={pen === name}
              onChange={() => drawing.getState().setBrush(width)}
            />
            <span className={styles.nib} data-pen={name} aria-hidden="true" />
            <span className={styles.hidden}>{messages.pens[name]}</span>
          </label>
        ))}
      </fieldset>
      <SampleRow messages={messages} isDisabled={isDisabled} onChoose={handleSample} />
      <div role="status" className={styles.notes}>
        {!isDrawing && warnings.map((warning) => <p key={warning}>{messages.warnings[warning]}</p>)}
      </div>
    </div>
  );
}
