import {
  type CSSProperties,
  type KeyboardEvent,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import type { Graph } from '../../engine/graph/types.ts';
import { type AlignedLayouts, alignLayouts, levelOf } from '../../engine/layout/align-layouts.ts';
import { layoutFigure } from '../../engine/layout/layout-figure.ts';
import type { Box, FigureLayout, Rectangle, Wording } from '../../engine/layout/types.ts';
import figureStyles from '../figure/figure.module.css';
import { FigureDrawing } from '../figure/figure-drawing.tsx';
import type { FigureMessages } from '../figure/figure-messages.ts';
import { measureGlyph } from '../figure/glyph-size.ts';
import { labelBox } from '../figure/scene.ts';
import { cull, type Stretch, stretchAround } from '../figure/viewport/cull.ts';
import FigureOutline from '../figure/viewport/figure-outline.tsx';
import { fitWords, SCALE_STEP } from '../figure/viewport/placement.ts';
import styles from './compared-figures.module.css';

/** One of the figures. */
export interface ComparedFigure {
  readonly key: string;
  readonly graph: Graph;
  /** Keys of the groups drawn unfolded. */
  readonly open: ReadonlySet<string>;
  /** What stands over the figure: its name, and what can be done with it. */
  readonly head: ReactNode;
}

/** Words of the compared figures. */
export interface ComparedFiguresMessages {
  /** The group of all figures. */
  readonly label: string;
  /** One network's figure. */
  figure(title: string): string;
  /** Over a level: its resolution where all networks agree in it, else how often it is half of the input's. */
  level(halvings: number, resolution: string | null): string;
  readonly head: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fit: string;
  readonly pointAtLayer: string;
}

/** A box of one of the figures. */
export interface ComparedBox {
  readonly figure: number;
  readonly box: Box;
}

interface ComparedFiguresProps {
  readonly figures: readonly ComparedFigure[];
  readonly messages: ComparedFiguresMessages;
  readonly figureMessages: FigureMessages;
  /** A layer's operators in short. */
  readonly describe: (graph: Graph, id: string) => string;
  /** A box's costs in a line. */
  readonly costs: (figure: number, box: Box) => string;
  /** A group of one figure is folded or unfolded, with the level of resolution at which it stands. */
  readonly onToggle: (figure: number, key: string, level: number) => void;
}

const MOST_SCALE = 2;
const LEAST_SCALE = 0.1;
/** Scales that figures begin with: not enlarged much, and not so small that nothing can be told. */
const MOST_FITTED = 1.2;
const LEAST_FITTED = 0.45;
const SCROLLED = 0.8;
/** What is drawn beyond the view on either side, as a share of the view. */
const MARGIN = 0.5;
/** The view where nothing has a size, as on a page that is not shown. */
const UNMEASURED = 1000;

const undrawn: AlignedLayouts = { layouts: [], levels: [], width: 0 };

/**
 * Networks over one another on one horizontal axis and to one scale, aligned where the resolution is the same share of the
 * input's, and scrolled together.
 */
export function ComparedFigures({
  figures,
  messages,
  figureMessages,
  describe,
  costs,
  onToggle,
}: ComparedFiguresProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // Null until it was measured: before that nothing is drawn, for it would be drawn again.
  const [measured, setView] = useState<number | null>(null);
  const view = measured ?? 0;
  const [chosenScale, setScale] = useState<number | null>(null);
  /** How far the figures were scrolled, in CSS pixels, when what is drawn of them last changed. */
  const [scrolled, setScrolled] = useState(0);
  const [pointed, setPointed] = useState<{ readonly figure: number; readonly id: string } | null>(null);
  const readoutId = useId();

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const measure = () => setView(element.clientWidth);
    measure();
    if (typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const layOut = useMemo(() => {
    const known = new Map<string, AlignedLayouts>();
    return (words: Wording) => {
      const key = `${words.size} ${words.hasShapes}`;
      const before = known.get(key);
      if (before) return before;
      const layouts = figures.map(({ graph, open }) =>
        layoutFigure(graph, {
          open,
          words,
          glyph: (layer) =>
            measureGlyph(
              graph,
              'volumes',
              layer.kind === 'input' ? figureMessages.input : layer.name,
              layer,
              words,
            ),
        }),
      );
      const aligned = alignLayouts(
        layouts,
        figures.map(({ graph }) => graph.input),
      );
      known.set(key, aligned);
      return aligned;
    };
  }, [figures, figureMessages]);
  const aligned = useMemo(
    () =>
      measured === null ? undrawn : layOut(fitWords((words) => layOut(words).width, measured || UNMEASURED)),
    [layOut, measured],
  );
  const whole = view === 0 ? 1 : Math.min(MOST_FITTED, view / aligned.width);
  // Where all of it would be too small to tell anything by, it scrolls.
  const scale = chosenScale ?? (whole < LEAST_FITTED ? SCROLLED : whole);

  // Only what is near the view is drawn of long networks.
  const stretchAt = useCallback(
    (left: number): Stretch | null => (view === 0 ? null : stretchAround(-left, view, scale, view * MARGIN)),
    [view, scale],
  );
  const stretch = useMemo(() => stretchAt(scrolled), [stretchAt, scrolled]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const update = () => {
      const left = element.scrollLeft;
      const next = stretchAt(left);
      setScrolled((before) => (stretchAt(before)?.from === next?.from ? before : left));
    };
    element.addEventListener('scroll', update, { passive: true });
    return () => element.removeEventListener('scroll', update);
  }, [stretchAt]);

  const resolutions = useMemo(() => {
    const inputs = new Set(figures.map(({ graph }) => graph.input.slice(1).join('×')));
    if (inputs.size !== 1) return new Map<number, string>();
    const found = new Map<number, Set<string>>();
    figures.forEach(({ graph }, index) => {
      for (const { layer } of aligned.layouts[index]?.boxes ?? []) {
        if (!layer.shape || layer.shape.length < 3) continue;
        const level = levelOf(graph.input, layer.shape);
        const text = layer.shape.slice(1).join('×');
        found.set(level, (found.get(level) ?? new Set()).add(text));
      }
    });
    return new Map(
      [...found].flatMap(([level, texts]) => (texts.size === 1 ? [[level, [...texts][0] ?? '']] : [])),
    );
  }, [figures, aligned]);

  const zoomTo = (next: number) => {
    const element = scroller.current;
    const middle = element ? (element.scrollLeft + view / 2) / scale : 0;
    const limited = Math.min(MOST_SCALE, Math.max(Math.min(whole, LEAST_SCALE), next));
    flushSync(() => setScale(limited));
    if (!element) return;
    element.scrollLeft = middle * limited - view / 2;
    setScrolled(element.scrollLeft);
  };

  const pointedBox = pointed && aligned.layouts[pointed.figure]?.boxes.find(({ id }) => id === pointed.id);
  const graphOf = (index: number): Graph | undefined => figures[index]?.graph;
  const pointedGraph = pointed ? graphOf(pointed.figure) : undefined;
  const labelOf = (graph: Graph) => (box: Box) =>
    labelBox(
      box,
      graph,
      box.layer.kind === 'input' ? figureMessages.input : box.layer.name,
      box.layer.kind === 'input' ? '' : describe(graph, box.layer.id),
      figureMessages,
    );
  return (
    <div className={styles.root}>
      <div className={styles.bar}>
        <button type="button" onClick={() => zoomTo(scale / SCALE_STEP)} aria-label={messages.zoomOut}>
          −
        </button>
        <output>{Math.round(100 * scale)} %</output>
        <button type="button" onClick={() => zoomTo(scale * SCALE_STEP)} aria-label={messages.zoomIn}>
          +
        </button>
        <button type="button" onClick={() => setScale(whole)}>
          {messages.fit}
        </button>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls */}
      <div ref={scroller} role="group" aria-label={messages.label} className={styles.scroller}>
        <div className={styles.content} style={{ width: aligned.width * scale }}>
          <div className={styles.levels} aria-hidden="true">
            {aligned.levels.map(({ level, x, width }) => (
              <span key={level} style={{ insetInlineStart: x * scale, inlineSize: width * scale }}>
                {Number.isFinite(level)
                  ? messages.level(level, resolutions.get(level) ?? null)
                  : messages.head}
              </span>
            ))}
          </div>
          <div className={styles.rules} aria-hidden="true">
            {aligned.levels.map(({ level, x }) => (
              <i key={level} style={{ insetInlineStart: x * scale }} />
            ))}
          </div>
          {figures.map((figure, index) => {
            const layout = aligned.layouts[index];
            return layout ? (
              <Row
                key={figure.key}
                figure={figure}
                index={index}
                layout={layout}
                scale={scale}
                view={view}
                stretch={stretch}
                label={messages.figure(figure.graph.title)}
                pointed={pointed?.figure === index ? pointed.id : null}
                labelOf={labelOf(figure.graph)}
                messages={figureMessages}
                onPoint={(id) => setPointed(id === null ? null : { figure: index, id })}
                onToggle={(key, level) => onToggle(index, key, level)}
              />
            ) : null;
          })}
        </div>
      </div>
      <p id={readoutId} className={styles.readout} aria-live="polite">
        {pointed && pointedBox && pointedGraph ? (
          <>
            <b>{pointedGraph.title}</b> {labelOf(pointedGraph)(pointedBox)}
            {pointedBox.layer.kind === 'input' ? null : (
              <span className={styles.costs}>{costs(pointed.figure, pointedBox)}</span>
            )}
          </>
        ) : (
          messages.pointAtLayer
        )}
      </p>
    </div>
  );
}

interface RowProps {
  readonly figure: ComparedFigure;
  readonly index: number;
  readonly layout: FigureLayout;
  readonly scale: number;
  readonly view: number;
  readonly stretch: Stretch | null;
  readonly label: string;
  readonly pointed: string | null;
  readonly labelOf: (box: Box) => string;
  readonly messages: FigureMessages;
  readonly onPoint: (id: string | null) => void;
  readonly onToggle: (key: string, level: number) => void;
}

/** One network's figure with its name over it. */
function Row({
  figure,
  index,
  layout,
  scale,
  view,
  stretch,
  label,
  pointed,
  labelOf,
  messages,
  onPoint,
  onToggle,
}: RowProps) {
  const sheet = useRef<HTMLDivElement>(null);
  const { graph } = figure;
  const nameOf = (box: Box) => (box.layer.kind === 'input' ? messages.input : box.layer.name);
  const area: Rectangle | null = stretch && {
    x: stretch.from,
    y: 0,
    width: stretch.to - stretch.from,
    height: layout.height,
  };
  const near = cull(layout, area);
  const shown = useMemo(
    () => ({ ...layout, boxes: near.boxes, edges: near.edges, frames: near.frames, reuses: near.reuses }),
    [layout, near],
  );
  const current = layout.boxes.some(({ id }) => id === pointed) ? pointed : (layout.boxes[0]?.id ?? null);
  const boxUnder = (target: EventTarget): Box | undefined => {
    const id = target instanceof Element ? target.closest('[data-node]')?.getAttribute('data-node') : null;
    return id ? layout.boxes.find((box) => box.layer.id === id) : undefined;
  };
  const toggle = (key: string, x: number) => {
    const box = layout.boxes.findLast((one) => one.x <= x + 1) ?? layout.boxes[0];
    onToggle(key, box?.layer.shape ? levelOf(graph.input, box.layer.shape) : Number.POSITIVE_INFINITY);
  };
  const handleClick = (event: MouseEvent) => {
    const control = event.target instanceof Element ? event.target.closest('[data-toggle]') : null;
    const key = control?.getAttribute('data-toggle');
    if (key) {
      const frame = layout.frames.find((one) => one.toggle === key);
      const box = layout.boxes.find((one) => one.layer.toggle === key);
      toggle(key, frame?.x ?? box?.x ?? 0);
      return;
    }
    const box = boxUnder(event.target);
    if (box) onPoint(box.id);
  };
  const handleKey = (event: KeyboardEvent) => {
    const box = boxUnder(event.target);
    if (!box || event.altKey || event.ctrlKey || event.metaKey) return;
    const place = layout.boxes.indexOf(box);
    const next =
      event.key === 'ArrowRight'
        ? layout.boxes[place + 1]
        : event.key === 'ArrowLeft'
          ? layout.boxes[place - 1]
          : undefined;
    if (next) {
      flushSync(() => onPoint(next.id));
      sheet.current
        ?.querySelector<SVGGElement>(`[role="button"][data-node="${CSS.escape(next.layer.id)}"]`)
        ?.focus();
    } else if (
      (event.key === '+' || event.key === ' ' || event.key === 'Enter') &&
      box.layer.toggle !== null
    ) {
      toggle(box.layer.toggle, box.x);
    } else if (event.key === '-') {
      const around = layout.frames.findLast(({ id }) => box.id.startsWith(`${id}/`));
      if (around) toggle(around.toggle, around.x);
    } else return;
    event.preventDefault();
  };
  const handleMove = (event: PointerEvent) => {
    const box = boxUnder(event.target);
    if (box && box.id !== pointed && event.pointerType !== 'touch') onPoint(box.id);
  };
  return (
    <section className={styles.row} aria-label={label} data-figure={index}>
      <div className={styles.head} style={{ maxInlineSize: view || undefined }}>
        {figure.head}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: events of the buttons inside, handled at one place */}
      <div
        ref={sheet}
        className={`${figureStyles.root} ${styles.sheet}`}
        data-view="volumes"
        style={
          {
            width: layout.width * scale,
            height: layout.height * scale,
            '--words': layout.words.size,
          } as CSSProperties
        }
        onClick={handleClick}
        onKeyDown={handleKey}
        onPointerMove={handleMove}
        onFocus={(event) => {
          const box = boxUnder(event.target);
          if (box && box.id !== pointed) onPoint(box.id);
        }}
      >
        <div
          className={figureStyles.scaled}
          style={{
            width: layout.width,
            height: layout.height,
            transform: scale === 1 ? 'none' : `scale(${scale})`,
          }}
        >
          {near.isCompact ? (
            <svg
              className={figureStyles.layer}
              width={layout.width}
              height={layout.height}
              viewBox={`0 0 ${layout.width} ${layout.height}`}
              aria-hidden="true"
            >
              <FigureOutline drawn={near} scale={scale} overlay={null} />
            </svg>
          ) : (
            <FigureDrawing
              graph={graph}
              layout={shown}
              view="volumes"
              activations={null}
              overlay={null}
              nameOf={nameOf}
              labelOf={labelOf}
              zoom={scale}
              className={figureStyles.layer}
              controls={{
                selected: pointed,
                current,
                fold: messages.fold,
                unfold: messages.unfold,
              }}
            />
          )}
        </div>
      </div>
    </section>
  );
}
