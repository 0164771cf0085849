import {
  type RefObject,
  useCallback,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { usualWords } from '../../../engine/layout/layout-figure.ts';
import type { FigureLayout, Point, Rectangle, Wording } from '../../../engine/layout/types.ts';
import { cull, MOST_DRAWN, type Stretch, sameArea, stretchAround } from './cull.ts';
import {
  type AxisPlacement,
  automaticScale,
  type Extent,
  fitScale,
  fitWords,
  keepPoint,
  limitScale,
  reveal,
  settle,
  settleWithin,
  viewHeight,
} from './placement.ts';

/** Height left to a figure at most, as a share of the window's. */
const MOST_OF_WINDOW = 0.72;
const LEAST_MOST_HEIGHT = 320;
/** A figure fitted into its view leaves no more blank above and below than up to this height. */
const LEAST_HEIGHT = 160;
/** What is drawn beyond the view on either side, as shares of the view: the first where that is not too much. */
const MARGINS = [0.25, 0.1] as const;

/** Where a figure stands in its view: the scale, and each axis in CSS pixels. */
interface Placement {
  readonly layout: FigureLayout;
  readonly view: Extent;
  /** The most that the view may measure when this was placed. */
  readonly room: Extent;
  readonly scale: number;
  readonly across: AxisPlacement;
  readonly down: AxisPlacement;
}

/** What the viewport offers to gestures, buttons, keys and the minimap. Points are CSS pixels from the view's corner. */
export interface ViewportControl {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly pane: RefObject<HTMLDivElement | null>;
  /** Multiplies the scale; the point, or else the middle of the view, keeps its place. */
  zoomBy(factor: number, point?: Point): void;
  zoomTo(scale: number): void;
  /** The whole figure in view. */
  fit(): void;
  /** Moves the figure with a pointer. */
  panBy(x: number, y: number): void;
  /** Puts a point of the figure, in figure units, into the middle of the view. */
  centreOn(x: number, y: number): void;
  /** What of the figure is in view, in figure units. */
  seen(): Rectangle;
  /** The point of the figure, in its units, at a point of the window. */
  pointAt(clientX: number, clientY: number): Point;
  /** Scrolls so that a rectangle in figure units is in view. */
  reveal(rectangle: Rectangle, behavior?: ScrollBehavior): void;
  /** Calls the listener whenever another part of the figure is in view, and once at first; returns how to stop it. */
  watch(listener: () => void): () => void;
}

/** The state of a viewport, for drawing. */
export interface Viewport {
  readonly control: ViewportControl;
  /** The figure as it is laid out for this view. */
  readonly layout: FigureLayout;
  /** CSS pixels per figure unit. */
  readonly scale: number;
  /** Width and height of the view in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Blank around the figure inside its view. */
  readonly across: AxisPlacement;
  readonly down: AxisPlacement;
  /** What is drawn, in figure units; null for everything. */
  readonly area: Rectangle | null;
  /** Whether part of the figure is out of view. */
  readonly isCut: boolean;
}

/** Width of the last view that was measured: a next figure most often stands in its place and need not be drawn twice. */
let lastWidth = 0;

const mostHeight = (): number =>
  Math.max(
    LEAST_MOST_HEIGHT,
    Math.round((globalThis.innerHeight || Number.POSITIVE_INFINITY) * MOST_OF_WINDOW),
  );

/**
 * The view on a figure: horizontally the scroller's own scrolling, so that what stands under the figure moves with it;
 * vertically that of a pane which the wheel passes by, so that the page scrolls as everywhere.
 *
 * @param layOut the figure with its words so set
 * @param isScalable whether what it draws can be told at small scales, too
 * @param wanted the scale asked for; null for the automatic one
 */
export function useViewport(
  layOut: (words: Wording) => FigureLayout,
  isScalable: boolean,
  wanted: number | null,
  onScale: ((scale: number | null) => void) | undefined,
): Viewport {
  const scroller = useRef<HTMLDivElement>(null);
  const pane = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<Extent>(() => ({ width: lastWidth, height: mostHeight() }));
  const { size, hasShapes } = useMemo(
    () => (isScalable ? fitWords((words) => layOut(words).width, view.width) : usualWords),
    [layOut, isScalable, view.width],
  );
  // A view a little wider or narrower leaves the figure as it is.
  const layout = useMemo(() => layOut({ size, hasShapes }), [layOut, size, hasShapes]);
  const [placed, setPlaced] = useState<Placement | null>(null);
  const [area, setArea] = useState<Rectangle | null>(() =>
    layout.boxes.length <= MOST_DRAWN
      ? null
      : { x: 0, y: 0, width: globalThis.innerWidth || 1440, height: layout.height },
  );
  const pending = useRef<{ readonly left: number; readonly top: number } | null>(null);
  /** The figure's edges where they were put, for browsers round what is scrolled to. */
  const exact = useRef<{ left: number; top: number; scrollLeft: number; scrollTop: number } | null>(null);

  useLayoutEffect(() => {
    const target = scroller.current;
    if (!target) return;
    const measure = () => {
      const next = { width: target.clientWidth, height: mostHeight() };
      lastWidth = next.width;
      setView((before) => (before.width === next.width && before.height === next.height ? before : next));
    };
    measure();
    globalThis.addEventListener?.('resize', measure);
    const observer = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(measure);
    observer?.observe(target);
    return () => {
      observer?.disconnect();
      globalThis.removeEventListener?.('resize', measure);
    };
  }, []);

  const automatic = automaticScale(layout, view, isScalable);
  const roomHeight = viewHeight(layout, automatic, view.height);
  const room = useMemo(() => ({ width: view.width, height: roomHeight }), [view.width, roomHeight]);
  const scale = wanted === null || view.width === 0 ? automatic : limitScale(wanted, layout, room);
  const [contentWidth, contentHeight] = [layout.width * scale, layout.height * scale];
  const isPlaced =
    placed !== null && placed.layout === layout && placed.room === room && placed.scale === scale;
  const extent = isPlaced ? placed.view : room;
  const { height } = extent;
  const unmeasured = view.width === 0;
  const automaticAcross = useMemo(
    () => settleWithin(0, contentWidth, unmeasured ? contentWidth : view.width),
    [contentWidth, unmeasured, view.width],
  );
  const automaticDown = useMemo(
    () => settleWithin(height / 2 - layout.axisY * scale, contentHeight, height),
    [height, layout.axisY, scale, contentHeight],
  );
  const across = isPlaced ? placed.across : automaticAcross;
  const down = isPlaced ? placed.down : automaticDown;

  const live = useRef({ layout, scale, across, down, view: extent, room });
  const listeners = useRef(new Set<() => void>());
  const areaAt = useCallback(
    (at: Pick<Placement, 'layout' | 'view' | 'scale'>, left: number, top: number) => {
      const { boxes } = at.layout;
      if (boxes.length <= MOST_DRAWN || at.view.width === 0) return null;
      let found: Rectangle | null = null;
      for (const margin of MARGINS) {
        const horizontal = stretchAround(left, at.view.width, at.scale, at.view.width * margin);
        const vertical = stretchAround(top, at.view.height, at.scale, at.view.height * margin);
        found = rectangleOf(horizontal, vertical);
        if (!cull(at.layout, found).isCompact) break;
      }
      return found;
    },
    [],
  );
  const changeArea = useCallback(
    (next: Rectangle | null) => setArea((before) => (sameArea(before, next) ? before : next)),
    [],
  );

  /** The figure's edges in the view. */
  const edges = useCallback((): { left: number; top: number } => {
    const [scrollLeft, scrollTop] = [scroller.current?.scrollLeft ?? 0, pane.current?.scrollTop ?? 0];
    const known = exact.current;
    const now = live.current;
    return {
      left: known?.scrollLeft === scrollLeft ? known.left : now.across.before - scrollLeft,
      top: known?.scrollTop === scrollTop ? known.top : now.down.before - scrollTop,
    };
  }, []);

  const place = useCallback(
    (next: number, left: number, top: number, isWithin: boolean) => {
      const now = live.current;
      const content = { width: now.layout.width * next, height: now.layout.height * next };
      const put = isWithin ? settleWithin : settle;
      // Fitted, the view takes the figure's height; otherwise it only grows, for what stands above the point stays.
      const least = isWithin ? LEAST_HEIGHT : now.view.height;
      const extentThen = {
        width: now.view.width,
        height: Math.max(Math.min(least, now.room.height), Math.min(now.room.height, content.height)),
      };
      const horizontal = put(left, content.width, extentThen.width);
      const vertical = put(top, content.height, extentThen.height);
      pending.current = { left: horizontal.scroll, top: vertical.scroll };
      exact.current = null;
      const at = { layout: now.layout, view: extentThen, room: now.room, scale: next };
      // Within the frame of the gesture: a next one starts from what is on screen.
      flushSync(() => {
        setPlaced({ ...at, across: horizontal, down: vertical });
        changeArea(areaAt(at, horizontal.before - horizontal.scroll, vertical.before - vertical.scroll));
        onScale?.(next);
      });
    },
    [areaAt, changeArea, onScale],
  );

  useLayoutEffect(() => {
    const [horizontal, vertical] = [scroller.current, pane.current];
    const before = live.current;
    live.current = { layout, scale, across, down, view: extent, room };
    if (!horizontal || !vertical) return;
    const goal = pending.current;
    pending.current = null;
    if (goal) {
      horizontal.scrollLeft = goal.left;
      vertical.scrollTop = goal.top;
      exact.current = {
        left: across.before - goal.left,
        top: down.before - goal.top,
        scrollLeft: horizontal.scrollLeft,
        scrollTop: vertical.scrollTop,
      };
    } else {
      exact.current = null;
      if (before.layout === layout && before.scale !== scale && before.view.width > 0) {
        // The scale was changed elsewhere: what was in the middle stays there.
        const middle = before.view.width / 2;
        const edge = before.across.before - horizontal.scrollLeft;
        horizontal.scrollLeft = across.before - keepPoint(edge, middle, scale / before.scale);
      }
      // Asking where a view stands costs a layout of the whole page: a pane that cannot scroll need not be asked.
      const scrolls = down.before + contentHeight > extent.height || before.down.scroll > 0;
      if (
        scrolls &&
        !isPlaced &&
        (before.layout !== layout || before.scale !== scale || before.view !== extent)
      ) {
        vertical.scrollTop = down.scroll;
      }
    }
    const now = layout.boxes.length > MOST_DRAWN ? edges() : { left: 0, top: 0 };
    changeArea(areaAt({ layout, view: extent, scale }, now.left, now.top));
    for (const listener of listeners.current) listener();
  }, [layout, scale, across, down, contentHeight, extent, room, isPlaced, edges, areaAt, changeArea]);

  useEffect(() => {
    const [horizontal, vertical] = [scroller.current, pane.current];
    if (!horizontal || !vertical) return;
    const update = () => {
      const now = edges();
      changeArea(areaAt(live.current, now.left, now.top));
      for (const listener of listeners.current) listener();
    };
    horizontal.addEventListener('scroll', update, { passive: true });
    vertical.addEventListener('scroll', update, { passive: true });
    return () => {
      horizontal.removeEventListener('scroll', update);
      vertical.removeEventListener('scroll', update);
    };
  }, [edges, areaAt, changeArea]);

  const control = useMemo<ViewportControl>(() => {
    const middle = (): Point => [live.current.view.width / 2, live.current.view.height / 2];
    const zoomTo = (wantedScale: number, [x, y]: Point = middle()): void => {
      const { layout: figure, scale: before, room: most } = live.current;
      const next = limitScale(wantedScale, figure, most);
      const now = edges();
      place(next, keepPoint(now.left, x, next / before), keepPoint(now.top, y, next / before), false);
    };
    const moveTo = (left: number, top: number, behavior: ScrollBehavior): void => {
      const { across: horizontal, down: vertical } = live.current;
      scroller.current?.scrollTo?.({ left: horizontal.before - left, behavior });
      pane.current?.scrollTo?.({ top: vertical.before - top, behavior });
    };
    return {
      scroller,
      pane,
      zoomBy: (factor, point) => zoomTo(live.current.scale * factor, point),
      zoomTo: (next) => zoomTo(next),
      fit: () => place(fitScale(live.current.layout, live.current.room), 0, 0, true),
      panBy: (x, y) => {
        const now = edges();
        moveTo(now.left + x, now.top + y, 'instant');
      },
      centreOn: (x, y) => {
        const { scale: current, view: seen } = live.current;
        moveTo(seen.width / 2 - x * current, seen.height / 2 - y * current, 'instant');
      },
      seen: () => {
        const { scale: current, view: seen, layout: figure } = live.current;
        const now = edges();
        const [x, y] = [Math.max(0, -now.left / current), Math.max(0, -now.top / current)];
        const right = Math.min(figure.width, (seen.width - now.left) / current);
        const bottom = Math.min(figure.height, (seen.height - now.top) / current);
        return { x, y, width: Math.max(0, right - x), height: Math.max(0, bottom - y) };
      },
      pointAt: (clientX, clientY) => {
        const corner = pane.current?.getBoundingClientRect();
        const { scale: current, down: vertical } = live.current;
        return [
          (clientX - (corner?.left ?? 0)) / current,
          (clientY - (corner?.top ?? 0) + (pane.current?.scrollTop ?? 0) - vertical.before) / current,
        ];
      },
      reveal: ({ x, y, width, height: tall }, behavior = 'smooth') => {
        const { layout: figure, scale: current, view: seen } = live.current;
        if (seen.width === 0) return;
        // Wholly in view: nothing to ask the page for.
        if (figure.width * current <= seen.width + 0.5 && figure.height * current <= seen.height + 0.5)
          return;
        const now = edges();
        const left = reveal(now.left, seen.width, x * current, (x + width) * current, 24);
        const top = reveal(now.top, seen.height, y * current, (y + tall) * current, 12);
        if (left === null && top === null) return;
        moveTo(left ?? now.left, top ?? now.top, behavior);
      },
      watch: (listener) => {
        listeners.current.add(listener);
        listener();
        return () => void listeners.current.delete(listener);
      },
    };
  }, [edges, place]);

  return {
    control,
    layout,
    scale,
    width: view.width,
    height,
    across,
    down,
    // While a gesture goes on, what has come into view may be drawn a little later than what is there moves.
    area: useDeferredValue(area),
    isCut: view.width > 0 && (contentWidth > view.width + 0.5 || contentHeight > height + 0.5),
  };
}

const rectangleOf = (across: Stretch, down: Stretch): Rectangle => ({
  x: across.from,
  y: down.from,
  width: across.to - across.from,
  height: down.to - down.from,
});
