import {
  type KeyboardEvent,
  memo,
  type PointerEvent,
  useDeferredValue,
  useEffect,
  useMemo,
  useRef,
} from 'react';
import type { FigureLayout } from '../../../engine/layout/types.ts';
import styles from './minimap.module.css';
import { outlineOf } from './outline.ts';
import type { ViewportControl } from './use-viewport.ts';
import type { ViewportMessages } from './viewport-messages.ts';

interface MinimapProps {
  readonly layout: FigureLayout;
  readonly control: ViewportControl;
  readonly messages: ViewportMessages;
}

/** Shares of the view by which keys move it. */
const ARROW = 0.2;
const PAGE = 0.9;

/** The whole network in small; what is in view is a rectangle that is dragged, and moved by keys. */
export default function Minimap({ layout, control, messages }: MinimapProps) {
  const map = useRef<HTMLDivElement>(null);
  const thumb = useRef<HTMLDivElement>(null);
  /** Where in the rectangle it was taken hold of, in figure units from its middle. */
  const grip = useRef<{ readonly x: number; readonly y: number } | null>(null);

  // Scrolling moves the rectangle without a render.
  useEffect(
    () =>
      control.watch(() => {
        const element = thumb.current;
        if (!element) return;
        const { x, y, width, height } = control.seen();
        const [from, to] = [(100 * x) / layout.width, (100 * (x + width)) / layout.width];
        element.style.insetInlineStart = `${from}%`;
        element.style.inlineSize = `${to - from}%`;
        element.style.insetBlockStart = `${(100 * y) / layout.height}%`;
        element.style.blockSize = `${(100 * height) / layout.height}%`;
        const rest = layout.width - width;
        element.setAttribute('aria-valuenow', String(rest > 0 ? Math.round((100 * x) / rest) : 0));
        element.setAttribute('aria-valuetext', messages.seen(Math.round(from), Math.round(to)));
      }),
    [control, layout, messages],
  );

  /** The point of the figure under a pointer on the map. */
  const pointOf = (event: PointerEvent): { x: number; y: number } => {
    const area = map.current?.getBoundingClientRect();
    if (!area) return { x: 0, y: 0 };
    return {
      x: ((event.clientX - area.left) / area.width) * layout.width,
      y: ((event.clientY - area.top) / area.height) * layout.height,
    };
  };
  const handleDown = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.preventDefault();
    thumb.current?.focus({ preventScroll: true });
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = pointOf(event);
    const { x, y, width, height } = control.seen();
    const middle = { x: x + width / 2, y: y + height / 2 };
    const isInside = Math.abs(at.x - middle.x) <= width / 2;
    grip.current = isInside ? { x: at.x - middle.x, y: at.y - middle.y } : { x: 0, y: 0 };
    if (!isInside) control.centreOn(at.x, at.y);
  };
  const handleMove = (event: PointerEvent): void => {
    if (!grip.current) return;
    const at = pointOf(event);
    control.centreOn(at.x - grip.current.x, at.y - grip.current.y);
  };
  const handleUp = (): void => {
    grip.current = null;
  };
  const handleKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const { x, y, width, height } = control.seen();
    const [middleX, middleY] = [x + width / 2, y + height / 2];
    const goals: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [middleX - ARROW * width, middleY],
      ArrowRight: [middleX + ARROW * width, middleY],
      ArrowUp: [middleX, middleY - ARROW * height],
      ArrowDown: [middleX, middleY + ARROW * height],
      PageUp: [middleX - PAGE * width, middleY],
      PageDown: [middleX + PAGE * width, middleY],
      Home: [0, middleY],
      End: [layout.width, middleY],
    };
    const goal = goals[event.key];
    if (!goal) return;
    event.preventDefault();
    control.centreOn(goal[0], goal[1]);
  };

  return (
    <div
      ref={map}
      className={styles.map}
      onPointerDown={handleDown}
      onPointerMove={handleMove}
      onPointerUp={handleUp}
      onPointerCancel={handleUp}
    >
      <Picture layout={useDeferredValue(layout)} />
      <div
        ref={thumb}
        className={styles.thumb}
        role="slider"
        tabIndex={0}
        aria-label={messages.minimap}
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={0}
        onKeyDown={handleKey}
      />
    </div>
  );
}

const Picture = memo(function Picture({ layout }: { readonly layout: FigureLayout }) {
  const outline = useMemo(() => outlineOf(layout.boxes, layout.edges, layout.frames), [layout]);
  return (
    <svg
      className={styles.picture}
      viewBox={`0 0 ${layout.width} ${layout.height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {outline.frames.map(({ depth, path }) => (
        <path key={depth} className={styles.frame} data-depth={depth} d={path} />
      ))}
      {outline.edges.map(({ kind, path }) => (
        <path key={kind} className={styles.wire} data-kind={kind} d={path} />
      ))}
      {outline.boxes.map(({ category, path }) => (
        <path key={category} className={styles.boxes} data-category={category} d={path} />
      ))}
    </svg>
  );
});
