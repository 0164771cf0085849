import { line } from 'd3-shape';
import {
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type PointerEvent,
  type Ref,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import styles from './scatter.module.css';
import {
  type Brushed,
  type Direction,
  frontLine,
  isWithin,
  layOutScatter,
  neighbourOf,
  type PlacedPoint,
  placeInRows,
  placeLabels,
  radiusOf,
  type ScatterAxis,
  type ScatterPoint,
  type ScatterScene,
  seriesLines,
  textWidth,
  wrapText,
} from './scene.ts';

/** What the chart says. */
export interface ScatterMessages {
  /** Name of the group of points. */
  readonly points: string;
  /** Beside Pareto's front. */
  readonly front: string;
}

/** What marks and lines mean. */
export interface ChartLegend {
  readonly entries: readonly { readonly title: string; readonly hue: number; readonly shape: number }[];
  readonly notes: readonly string[];
}

/** Properties of the chart. */
export interface ScatterChartProps {
  readonly points: readonly ScatterPoint[];
  readonly x: ScatterAxis;
  readonly y: ScatterAxis;
  /** Keys of the points on Pareto's front, in its order. */
  readonly front: readonly string[];
  /** Keys of points that fell at a limit. */
  readonly fallen: ReadonlySet<string>;
  readonly brush: Brushed | null;
  readonly onBrush: (brush: Brushed | null) => void;
  /** The point that is told about. */
  readonly current: string | null;
  readonly onPoint: (key: string | null) => void;
  readonly onChoose: (key: string | null) => void;
  /** What the chart shows, in a sentence. */
  readonly summary: string;
  readonly messages: ScatterMessages;
  /** What a saved file says under the chart; the page says it beside. */
  readonly legend?: ChartLegend;
  /** The element that holds the chart's drawings, one over the other. */
  readonly ref?: Ref<HTMLDivElement>;
}

/** Width of the chart until it has been measured. */
const USUAL_WIDTH = 860;
/** Nothing can be read in less. */
const LEAST_WIDTH = 240;
/** Height for a width: flatter on wide screens, nearly square on a phone. */
const heightFor = (width: number): number => Math.round(Math.min(600, Math.max(360, 0.3 * width + 240)));
/** A shorter way of the pointer than this is a click. */
const CLICK = 4;
/** Pixels around two points that are taken in by the keyboard. */
const SPAN_ROOM = 4;
/** Pixels around a mark that belong to it. */
const REACH = 11;

/** A mark's outline about its centre: a disc, a square, or a square on its corner, of an area. */
function markOf(shape: number, area: number): string {
  if (shape === 0) {
    const r = radiusOf(area).toFixed(2);
    return `M${r} 0A${r} ${r} 0 1 1 -${r} 0A${r} ${r} 0 1 1 ${r} 0Z`;
  }
  const half = Math.sqrt(area) / 2;
  if (shape === 1)
    return `M${-half.toFixed(2)} ${-half.toFixed(2)}h${(2 * half).toFixed(2)}v${(2 * half).toFixed(2)}h${(-2 * half).toFixed(2)}Z`;
  const corner = (half * Math.SQRT2).toFixed(2);
  return `M0 -${corner}L${corner} 0L0 ${corner}L-${corner} 0Z`;
}

/** A mark as a legend shows it. */
export const LegendMark = ({ hue, shape }: { readonly hue: number; readonly shape: number }) => (
  <svg className={styles.legendMark} viewBox="-7 -7 14 14" width="14" height="14" aria-hidden="true">
    <path className={styles.mark} data-hue={hue} d={markOf(shape, 80)} />
  </svg>
);

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const at = (value: number): string => value.toFixed(1);

/** Axes, lines and words: nothing here is moved by the brush. */
const Ground = memo(function Ground({
  scene,
  x,
  y,
  front,
  summary,
  frontName,
}: {
  readonly scene: ScatterScene;
  readonly x: ScatterAxis;
  readonly y: ScatterAxis;
  readonly front: readonly string[];
  readonly summary: string;
  readonly frontName: string;
}) {
  const { width, height, left, right, top, bottom, points } = scene;
  const path = line<PlacedPoint>(
    ({ cx }) => cx,
    ({ cy }) => cy,
  ).digits(1);
  const ofFront = frontLine(points, front);
  return (
    <svg className={styles.ground} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={summary}>
      {scene.yTicks.map(({ value, at: cy, text }) => (
        <g key={value}>
          <path className={styles.grid} d={`M${left} ${at(cy)}H${right}`} />
          <text className={styles.tickUp} x={left - 8} y={at(cy + 3.5)}>
            {text}
          </text>
        </g>
      ))}
      {scene.xTicks.map(({ value, at: cx, text }) => (
        <g key={value}>
          <path className={styles.grid} d={`M${at(cx)} ${top}V${bottom}`} />
          <text className={styles.tick} x={at(cx)} y={bottom + 16}>
            {text}
          </text>
        </g>
      ))}
      <path className={styles.axis} d={`M${left} ${top}V${bottom}H${right}`} />
      <text className={styles.axisTitle} x={right} y={height - 8} data-side="right">
        {x.title} →
      </text>
      <text className={styles.axisTitle} x={6} y={16}>
        ↑ {y.title}
      </text>
      {seriesLines(points).map((members) => (
        <path
          key={members[0]?.series}
          className={styles.series}
          data-hue={members[0]?.hue}
          data-hollow={members[0]?.hollow || undefined}
          d={path(members) ?? undefined}
        />
      ))}
      {ofFront.length > 1 ? (
        <g>
          <path className={styles.front} d={path(ofFront) ?? undefined} />
          <text className={styles.frontName} x={right - 30} y={top - 14}>
            {frontName}
          </text>
          <path className={styles.front} d={`M${right - 24} ${top - 18}h24`} />
        </g>
      ) : null}
    </svg>
  );
});

/** Names beside marks, over all of them. */
const Names = memo(function Names({
  scene,
  front,
}: {
  readonly scene: ScatterScene;
  readonly front: readonly string[];
}) {
  const labels = useMemo(() => placeLabels(scene, front), [scene, front]);
  return (
    <svg className={styles.names} viewBox={`0 0 ${scene.width} ${scene.height}`} aria-hidden="true">
      {labels.map(({ key, text, x: across, y: down, anchor }) => (
        <text key={key} className={styles.label} data-anchor={anchor} x={at(across)} y={at(down + 3.5)}>
          {text}
        </text>
      ))}
    </svg>
  );
});

/** Pixels of a line of the legend, of its marks, and between entries. */
const LEGEND_LINE = 20;
const LEGEND_MARK = 18;
const LEGEND_GAP = 16;

/** The legend as a saved file has it, below the chart; on the page it is out of sight. */
const SavedLegend = memo(function SavedLegend({
  scene,
  legend,
}: {
  readonly scene: ScatterScene;
  readonly legend: ChartLegend;
}) {
  const top = scene.height + LEGEND_LINE / 2;
  const { places, rows } = placeInRows(
    legend.entries.map(({ title }) => LEGEND_MARK + textWidth(title) + LEGEND_GAP),
    scene.right - scene.left,
  );
  const notes = legend.notes.flatMap((note) => wrapText(note, scene.right - scene.left));
  const height = LEGEND_LINE * (rows + notes.length + 1);
  return (
    <svg className={styles.savedLegend} data-height={height} aria-hidden="true">
      {legend.entries.map(({ title, hue, shape }, index) => {
        const { x = 0, row = 0 } = places[index] ?? {};
        return (
          <g key={title} transform={`translate(${at(scene.left + x)} ${at(top + row * LEGEND_LINE)})`}>
            <path className={styles.mark} data-hue={hue} transform="translate(6 0)" d={markOf(shape, 80)} />
            <text className={styles.legendText} x={LEGEND_MARK} y="4">
              {title}
            </text>
          </g>
        );
      })}
      {notes.map((note, index) => (
        <text
          key={note}
          className={styles.legendText}
          x={scene.left}
          y={at(top + (rows + index) * LEGEND_LINE + 4)}
        >
          {note}
        </text>
      ))}
    </svg>
  );
});

interface MarkProps {
  readonly point: PlacedPoint;
  readonly state: 'in' | 'out';
  readonly isCurrent: boolean;
  readonly isFront: boolean;
  readonly isStop: boolean;
}

const Mark = memo(function Mark({ point, state, isCurrent, isFront, isStop }: MarkProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no buttons
    <g
      role="button"
      tabIndex={isStop ? 0 : -1}
      className={styles.point}
      aria-label={point.label}
      aria-pressed={isCurrent}
      data-node={point.key}
      data-state={state}
      transform={`translate(${at(point.cx)} ${at(point.cy)})`}
    >
      <circle className={styles.reach} r={at(Math.max(REACH, radiusOf(point.area)))} />
      {isCurrent ? <circle className={styles.halo} r={at(radiusOf(point.area) + 5)} /> : null}
      <path
        className={styles.mark}
        data-hue={point.hue}
        data-hollow={point.hollow || undefined}
        data-front={isFront || undefined}
        d={markOf(point.shape, point.area)}
      />
    </g>
  );
});

/**
 * Points over two quantities, the area of each a third. A drag over the plot takes points in; the arrow keys walk from a
 * point to the nearest one, and with Shift take in what lies between the first and the last.
 */
export const ScatterChart = memo(function ScatterChart({
  points,
  x,
  y,
  front,
  fallen,
  brush,
  onBrush,
  current,
  onPoint,
  onChoose,
  summary,
  messages,
  legend,
  ref,
}: ScatterChartProps) {
  const host = useRef<HTMLDivElement | null>(null);
  const overlay = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(USUAL_WIDTH);
  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const measure = () => {
      // While the page is being put together it may be next to nothing.
      if (element.clientWidth > 0) setWidth(Math.max(LEAST_WIDTH, element.clientWidth));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const scene = useMemo(() => layOutScatter(points, x, y, width, heightFor(width)), [points, x, y, width]);
  const frontKeys = useMemo(() => new Set(front), [front]);
  const [stop, setStop] = useState<string | null>(null);
  const stopKey = scene.points.some(({ key }) => key === stop)
    ? stop
    : (front[0] ?? scene.points[0]?.key ?? null);
  const drag = useRef<{ readonly id: number; readonly x: number; readonly y: number; moved: boolean } | null>(
    null,
  );

  const dragged = useRef(false);
  /** The point at which taking in by the keyboard began; null while none is under way. */
  const anchor = useRef<string | null>(null);

  /** A place in the plot, in the units of the drawing. */
  const placeOf = (event: MouseEvent): readonly [number, number] => {
    const box = overlay.current?.getBoundingClientRect();
    if (!box || box.width === 0) return [0, 0];
    const factor = scene.width / box.width;
    const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value));
    return [
      clamp((event.clientX - box.left) * factor, scene.left, scene.right),
      clamp((event.clientY - box.top) * factor, scene.top, scene.bottom),
    ];
  };
  /** The point whose middle is nearest to a place that belongs to its mark: small marks lie over and beside others. */
  const pointAt = (px: number, py: number): string | null => {
    let nearest: string | null = null;
    let shortest = Number.POSITIVE_INFINITY;
    for (const { key, cx, cy, area } of scene.points) {
      const distance = Math.hypot(px - cx, py - cy);
      if (distance > Math.max(REACH, radiusOf(area)) || distance >= shortest) continue;
      shortest = distance;
      nearest = key;
    }
    return nearest;
  };
  const handleDown = (event: PointerEvent<SVGElement>) => {
    if (event.button !== 0 || !event.isPrimary) return;
    const [px, py] = placeOf(event);
    dragged.current = false;
    drag.current = { id: event.pointerId, x: px, y: py, moved: false };
  };
  const handleMove = (event: PointerEvent<SVGElement>) => {
    const from = drag.current;
    const [px, py] = placeOf(event);
    if (!from) {
      if (event.pointerType !== 'touch') onPoint(pointAt(px, py));
      return;
    }
    if (from.id !== event.pointerId) return;
    if (!from.moved && Math.hypot(px - from.x, py - from.y) < CLICK) return;
    if (!from.moved) {
      from.moved = true;
      // From here on the pointer may leave the chart.
      overlay.current?.setPointerCapture(event.pointerId);
    }
    onBrush({
      x: [scene.xAt(Math.min(px, from.x)), scene.xAt(Math.max(px, from.x))],
      y: [scene.yAt(Math.max(py, from.y)), scene.yAt(Math.min(py, from.y))],
    });
  };
  const handleUp = () => {
    dragged.current = drag.current?.moved ?? false;
    drag.current = null;
  };
  const handleClick = (event: MouseEvent<SVGElement>) => {
    // A drag ends in a click, too.
    if (dragged.current) {
      dragged.current = false;
      return;
    }
    // Assistive technology clicks on elements, not on places.
    const key = event.detail === 0 ? keyOf(event.target) : pointAt(...placeOf(event));
    if (key === null) onBrush(null);
    else setStop(key);
    onChoose(key);
  };
  const handleCancel = () => {
    drag.current = null;
  };
  const handleKey = (event: KeyboardEvent<SVGElement>) => {
    const key = keyOf(event.target);
    const from = scene.points.find((point) => point.key === key);
    if (!from) return;
    const direction = directions[event.key];
    const ordered = () => [...scene.points].sort((a, b) => a.cx - b.cx || a.cy - b.cy);
    const next =
      direction !== undefined
        ? neighbourOf(scene.points, from, direction)
        : event.key === 'Home'
          ? ordered()[0]
          : event.key === 'End'
            ? ordered().at(-1)
            : undefined;
    if (event.key !== 'Shift' && (direction === undefined || !event.shiftKey)) anchor.current = null;
    if (next) {
      if (direction !== undefined && event.shiftKey) {
        anchor.current ??= from.key;
        const first = scene.points.find((point) => point.key === anchor.current) ?? from;
        onBrush(spanOf(scene, first, next));
      }
      setStop(next.key);
      overlay.current?.querySelector<SVGGElement>(`[data-node="${CSS.escape(next.key)}"]`)?.focus();
    } else if (event.key === 'Enter' || event.key === ' ') onChoose(from.key);
    else if (event.key === 'Escape') {
      onBrush(null);
      onChoose(null);
    } else if (direction === undefined) return;
    event.preventDefault();
  };
  const setHost = useCallback(
    (element: HTMLDivElement | null) => {
      host.current = element;
      if (typeof ref === 'function') ref(element);
      else if (ref) ref.current = element;
    },
    [ref],
  );
  const pixels = brush && {
    left: Math.max(scene.left, scene.xOf(brush.x[0])),
    right: Math.min(scene.right, scene.xOf(brush.x[1])),
    top: Math.max(scene.top, scene.yOf(brush.y[1])),
    bottom: Math.min(scene.bottom, scene.yOf(brush.y[0])),
  };

  return (
    <div ref={setHost} className={styles.chart} style={{ height: scene.height }}>
      <Ground scene={scene} x={x} y={y} front={front} summary={summary} frontName={messages.front} />
      {/* biome-ignore lint/a11y/useSemanticElements: SVG has no fieldset */}
      <svg
        ref={overlay}
        className={styles.overlay}
        viewBox={`0 0 ${scene.width} ${scene.height}`}
        role="group"
        aria-label={messages.points}
        onPointerDown={handleDown}
        onPointerMove={handleMove}
        onPointerUp={handleUp}
        onPointerCancel={handleCancel}
        onClick={handleClick}
        onPointerLeave={() => onPoint(null)}
        onKeyDown={handleKey}
        onFocus={(event) => {
          const key = keyOf(event.target);
          if (key === null) return;
          setStop(key);
          onPoint(key);
        }}
        onBlur={() => onPoint(null)}
      >
        <rect
          className={styles.surface}
          x={scene.left}
          y={scene.top}
          width={scene.right - scene.left}
          height={scene.bottom - scene.top}
        />
        {pixels && pixels.right > pixels.left && pixels.bottom > pixels.top ? (
          <rect
            className={styles.brush}
            x={at(pixels.left)}
            y={at(pixels.top)}
            width={at(pixels.right - pixels.left)}
            height={at(pixels.bottom - pixels.top)}
          />
        ) : null}
        {scene.points.map((point) => (
          <Mark
            key={point.key}
            point={point}
            state={isWithin(point, brush) && !fallen.has(point.key) ? 'in' : 'out'}
            isCurrent={point.key === current}
            isFront={frontKeys.has(point.key)}
            isStop={point.key === stopKey}
          />
        ))}
      </svg>
      <Names scene={scene} front={front} />
      {legend ? <SavedLegend scene={scene} legend={legend} /> : null}
    </div>
  );
});

/** What two points span, both taken in. */
function spanOf(scene: ScatterScene, one: PlacedPoint, other: PlacedPoint): Brushed {
  const [left, right] = [Math.min(one.cx, other.cx) - SPAN_ROOM, Math.max(one.cx, other.cx) + SPAN_ROOM];
  const [top, bottom] = [Math.min(one.cy, other.cy) - SPAN_ROOM, Math.max(one.cy, other.cy) + SPAN_ROOM];
  return {
    x: [scene.xAt(Math.max(scene.left, left)), scene.xAt(Math.min(scene.right, right))],
    y: [scene.yAt(Math.min(scene.bottom, bottom)), scene.yAt(Math.max(scene.top, top))],
  };
}

/** The point that an element belongs to; null for none. */
const keyOf = (target: EventTarget): string | null =>
  (target instanceof Element ? target.closest('[data-node]')?.getAttribute('data-node') : null) ?? null;
