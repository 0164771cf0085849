import {
  type CSSProperties,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { ColourDrawing, DrawingSource } from '../digit-pad/drawing-source.ts';
import { usePen } from '../digit-pad/use-pen.ts';
import { useStrokeCanvas } from '../digit-pad/use-stroke-canvas.ts';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import styles from './colour-pad.module.css';

/** The colours of the palette, by name: sky, sea, grass and whatever animals and vehicles are made of. */
export const paletteColours = {
  black: '#1c1b1a',
  grey: '#8b8b87',
  white: '#ffffff',
  red: '#c8322b',
  orange: '#e58a2f',
  yellow: '#f2d14b',
  green: '#5a9a3c',
  darkGreen: '#2c5a32',
  sky: '#8cc4ea',
  blue: '#2b5fa8',
  brown: '#7a4f2c',
  beige: '#d9b98c',
} as const;

/** A colour of the palette. */
export type PaletteColour = keyof typeof paletteColours;

/** Widths of the brush in pad units: the last fills a sky in some strokes. */
const brushes = { thin: 10, normal: 26, thick: 60 } as const;
type Brush = keyof typeof brushes;

/** Words of the pad. */
export interface ColourPadMessages {
  /** The accessible name of the drawing surface. */
  readonly surface: string;
  readonly hint: string;
  readonly undo: string;
  readonly clear: string;
  readonly brush: string;
  readonly brushes: Readonly<Record<Brush, string>>;
  readonly palette: string;
  readonly colours: Readonly<Record<PaletteColour, string>>;
  /** What the surface holds, for those who do not see it. */
  readonly describe: (strokes: number) => string;
  readonly noCanvas: string;
}

/** A square sheet of white paper to draw on in colours (280×280 units); Ctrl or ⌘ with Z undoes, with Shift redoes. */
export function ColourPad({
  drawing,
  messages,
}: {
  readonly drawing: DrawingSource<ColourDrawing>;
  readonly messages: ColourPadMessages;
}) {
  const pad = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isUnavailable, setUnavailable] = useState(false);
  const paletteName = useId();
  const descriptionId = useId();
  // Each of these changes only when a pen goes down or up: moving it renders nothing.
  const isDrawing = useSyncExternalStore(drawing.subscribe, () => drawing.getState().current.size > 0);
  const finished = useSyncExternalStore(drawing.subscribe, () => drawing.getState().strokes.length);
  const width = useSyncExternalStore(drawing.subscribe, () => drawing.getState().brush);
  const colour = useSyncExternalStore(drawing.subscribe, () => drawing.getState().colour);
  const isEmpty = finished === 0 && !isDrawing;
  const brush = (Object.keys(brushes) as Brush[]).reduce((best, name) =>
    Math.abs(brushes[name] - width) < Math.abs(brushes[best] - width) ? name : best,
  );
  const handlePress = useCallback(() => {}, []);
  const handleUnavailable = useCallback(() => setUnavailable(true), []);
  usePen(canvas, drawing, false, handlePress);
  useStrokeCanvas(canvas, drawing, handleUnavailable);

  useEffect(() => {
    const element = pad.current;
    const handleShortcut = (event: KeyboardEvent) => {
      if (event.altKey || !(event.ctrlKey || event.metaKey)) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      if (key === 'y' || event.shiftKey) drawing.getState().redo();
      else drawing.getState().undo();
    };
    element?.addEventListener('keydown', handleShortcut);
    return () => element?.removeEventListener('keydown', handleShortcut);
  }, [drawing]);

  return (
    <div ref={pad} className={styles.pad}>
      <div className={styles.surface}>
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
        {isUnavailable ? <p className={styles.hint}>{messages.noCanvas}</p> : null}
      </div>
      <p id={descriptionId} className={styles.hidden}>
        {messages.describe(finished)}
      </p>
      <fieldset className={styles.palette} aria-label={messages.palette}>
        {(Object.keys(paletteColours) as PaletteColour[]).map((name) => (
          <label
            key={name}
            className={styles.colour}
            title={messages.colours[name]}
            style={{ '--ink-colour': paletteColours[name] } as CSSProperties}
          >
            <input
              type="radio"
              className={styles.hidden}
              name={paletteName}
              aria-label={messages.colours[name]}
              checked={colour === paletteColours[name]}
              onChange={() => drawing.getState().setColour(paletteColours[name])}
            />
          </label>
        ))}
      </fieldset>
      <div className={styles.tools}>
        <Segmented
          label={messages.brush}
          value={brush}
          options={(Object.keys(brushes) as Brush[]).map((name) => ({
            value: name,
            label: messages.brushes[name],
            symbol: <span className={styles.nib} data-brush={name} />,
          }))}
          onChange={(name) => drawing.getState().setBrush(brushes[name])}
        />
        <Button
          className={styles.tool ?? ''}
          disabled={finished === 0}
          onClick={() => drawing.getState().undo()}
        >
          {messages.undo}
        </Button>
        <Button className={styles.tool ?? ''} disabled={isEmpty} onClick={() => drawing.getState().clear()}>
          {messages.clear}
        </Button>
      </div>
    </div>
  );
}
