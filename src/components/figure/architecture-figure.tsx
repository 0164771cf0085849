import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  lazy,
  type MouseEvent,
  type PointerEvent,
  type ReactNode,
  Suspense,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';
import { type Graph, INPUT, shapeOf } from '../../engine/graph/types.ts';
import { findBox, layoutFigure } from '../../engine/layout/layout-figure.ts';
import type { Box, FigureLayer, FigureLayout, Wording } from '../../engine/layout/types.ts';
import { asImage, offsetOf } from '../../engine/ops/window.ts';
import { type DrawnTensor, traceCell } from '../feature-maps/cell-trace.ts';
import { cellAt, stepCell } from '../feature-maps/map-grid.ts';
import type { CellReference } from './cell-reference.ts';
import styles from './figure.module.css';
import { FigureBox, FoldControl } from './figure-box.tsx';
import { FigureGround } from './figure-ground.tsx';
import { FigureLegend } from './figure-legend.tsx';
import type { FigureMessages } from './figure-messages.ts';
import { type FigureView, measureGlyph } from './glyph-size.ts';
import { colourOf, type Overlay, spreadOverlay } from './overlay.ts';
import { connectionsOf, drawnTensors, labelBox, pathOf } from './scene.ts';
import { useSweep } from './use-sweep.ts';
import { boxAt, cull, withForced } from './viewport/cull.ts';
import type { ReducedPicture, SavedFormat } from './viewport/figure-controls.tsx';
import { SCALE_STEP } from './viewport/placement.ts';
import { useViewport } from './viewport/use-viewport.ts';
import type { ViewportMessages } from './viewport/viewport-messages.ts';
import { WindowHint } from './window-hint.tsx';

// What paints values, zooms, saves and outlines is not there at first paint.
const FeatureMapLayer = lazy(() =>
  import('../feature-maps/feature-map-layer.tsx').then(({ FeatureMapLayer: layer }) => ({ default: layer })),
);
const FigureControls = lazy(() => import('./viewport/figure-controls.tsx'));
const Minimap = lazy(() => import('./viewport/minimap.tsx'));
const FigureOutline = lazy(() => import('./viewport/figure-outline.tsx'));

/** The scale at which a figure is shown, and who keeps it. */
export interface FigureScale {
  /** CSS pixels per figure unit; null for a scale that follows figure and page. */
  readonly scale: number | null;
  readonly onScale: (scale: number | null) => void;
  readonly messages: ViewportMessages;
}

/** The figure's horizontal axis, for what stands under it. */
export interface FigureAxis {
  readonly layout: FigureLayout;
  /** CSS pixels per figure unit. */
  readonly zoom: number;
  /** The name under which a box stands in the figure. */
  readonly nameOf: (box: { readonly layer: FigureLayer }) => string;
}

/** What the architecture figure shows, and whom it tells. Ids are those of nodes and groups, and `input`. */
export interface ArchitectureFigureProps {
  readonly graph: Graph;
  /** Keys of the groups drawn unfolded: see `foldableKeys` and `initialOpenGroups`. */
  readonly open: ReadonlySet<string>;
  /** Tensors to scale, or the values in them; maps stand empty until there are activations. */
  readonly view: FigureView;
  /** Values by tensor id, `input` among them; a new map for each run. */
  readonly activations?: ReadonlyMap<string, Float32Array> | null | undefined;
  /** Whether new values are shown to run through the figure; not where they follow one another at once. */
  readonly sweeps?: boolean | undefined;
  readonly selected?: string | null | undefined;
  readonly hovered?: string | null | undefined;
  /** Another number whenever a layer was chosen, the same one or another: it is then brought into view. */
  readonly choice?: number | undefined;
  /** The output cell pointed at. */
  readonly cell?: CellReference | null | undefined;
  /** A number for every layer that colours it instead of its operator. */
  readonly overlay?: Overlay | null | undefined;
  /** What stands under the figure on its axis and scrolls with it. */
  readonly under?: ((axis: FigureAxis) => ReactNode) | undefined;
  /** Why the network does not fit, in a sentence; stands at the layer that breaks. */
  readonly problem?: string | null | undefined;
  readonly messages: FigureMessages;
  /** A layer's operators in short: `Conv 5×5 · tanh`. */
  readonly describe: (id: string) => string;
  readonly onSelect: (id: string) => void;
  readonly onHover: (id: string | null) => void;
  readonly onToggle: (key: string) => void;
  readonly onCell: (cell: CellReference | null) => void;
  /** Told which tensors' maps are drawn, by id, whenever they change: values of no others are looked at. */
  readonly onTensors?: ((ids: readonly string[]) => void) | undefined;
  /** Lets the figure be zoomed and saved; without it there are no controls for that. */
  readonly zoom?: FigureScale | undefined;
  /** Further controls, beside those. */
  readonly actions?: ReactNode;
}

/** Less room than this, in CSS pixels, breaks a sentence into too many lines. */
const LEAST_PROBLEM_WIDTH = 190;
/** Height of the minimap with the space around it, in CSS pixels: as in the style sheet. */
const MAP_ROOM = 56;
const noTensors: readonly DrawnTensor[] = [];
const noBoxes: readonly Box[] = [];

/** The element under an event that carries an attribute, and the attribute's value. */
function closest(target: EventTarget, attribute: string): { element: Element; value: string } | null {
  const element = target instanceof Element ? target.closest(`[${attribute}]`) : null;
  const value = element?.getAttribute(attribute);
  return element && value ? { element, value } : null;
}

const formatValue = (value: number): string => {
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  const text = magnitude >= 1e5 || magnitude < 1e-3 ? magnitude.toExponential(2) : magnitude.toPrecision(3);
  return value < 0 ? `−${text}` : text;
};

/**
 * The network as a figure: volumes to scale or feature maps, connections, foldable groups and legend.
 * Arrow keys move along the network, Enter selects and steps into a layer's maps, + and − unfold and fold; z and Shift-z
 * zoom, 0 shows all of it and 1 its actual size.
 */
export function ArchitectureFigure({
  graph,
  open,
  view,
  activations = null,
  sweeps = true,
  selected = null,
  hovered = null,
  choice = 0,
  cell = null,
  overlay = null,
  under,
  problem = null,
  messages,
  describe,
  onSelect,
  onHover,
  onToggle,
  onCell,
  onTensors,
  zoom: figureScale,
  actions,
}: ArchitectureFigureProps) {
  const root = useRef<HTMLDivElement>(null);
  const sweepBand = useRef<HTMLDivElement>(null);
  const helpId = useId();
  const [current, setCurrent] = useState<string>(INPUT);
  const [isInMaps, setIsInMaps] = useState(false);
  const pinned = useRef<CellReference | null>(null);

  const nameOf = useCallback(
    (box: { readonly layer: FigureLayer }) => (box.layer.kind === 'input' ? messages.input : box.layer.name),
    [messages],
  );
  const layOut = useCallback(
    (words: Wording) =>
      layoutFigure(graph, {
        open,
        words,
        glyph: (layer) => measureGlyph(graph, view, nameOf({ layer }), layer, words),
        // In maps a Flatten would repeat the values before it, and the wires already fill the gaps.
        ...(view === 'maps' ? { gap: 14, joinsFlatten: true } : {}),
      }),
    [graph, open, view, nameOf],
  );
  const viewport = useViewport(layOut, view === 'volumes', figureScale?.scale ?? null, figureScale?.onScale);
  const { layout } = viewport;
  const { size } = layout.words;
  const { control, scale: zoom, across, down } = viewport;
  const near = useMemo(() => cull(layout, viewport.area), [layout, viewport.area]);
  const spread = useMemo(() => (overlay ? spreadOverlay(layout, overlay) : null), [layout, overlay]);
  const boxById = useMemo(() => new Map(layout.boxes.map((box) => [box.id, box])), [layout]);
  const nearBoxes = near.isCompact ? noBoxes : near.boxes;
  const drawn = useMemo(
    () => (view === 'maps' ? drawnTensors(graph, nearBoxes) : noTensors),
    [graph, nearBoxes, view],
  );
  const drawnIds = useMemo(() => drawn.map(({ tensor }) => tensor).join('\n'), [drawn]);
  useEffect(() => onTensors?.(drawnIds === '' ? [] : drawnIds.split('\n')), [drawnIds, onTensors]);
  const connections = useMemo(() => connectionsOf(graph, layout, drawn), [graph, layout, drawn]);
  const nearLayout = useMemo(
    () => ({ ...layout, boxes: nearBoxes, edges: near.edges, frames: near.frames, reuses: near.reuses }),
    [layout, near, nearBoxes],
  );

  const selectedBox = selected === null ? null : findBox(layout, graph, selected);
  const currentId = boxById.has(current) ? current : (selectedBox?.id ?? INPUT);

  // Hovering touches attributes alone, so that a moving pointer renders nothing.
  const hoveredId = hovered === null ? null : (findBox(layout, graph, hovered)?.id ?? null);
  useLayoutEffect(() => {
    const element = root.current;
    if (!element || hoveredId === null) return;
    const marked = element.querySelectorAll(
      `[data-node="${CSS.escape(hoveredId)}"], [data-bar="${CSS.escape(hoveredId)}"]`,
    );
    for (const mark of marked) mark.setAttribute('data-hovered', '');
    return () => {
      for (const mark of marked) mark.removeAttribute('data-hovered');
    };
  }, [hoveredId]);

  // What was selected elsewhere, in the table or the address, is brought into view.
  const selectedId = selectedBox?.id ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a layer chosen once more is brought back into view
  useEffect(() => {
    const box = selectedId === null ? undefined : boxById.get(selectedId);
    if (box) control.reveal(box);
  }, [selectedId, choice, boxById, control]);

  useScrollEnds(root, control.scroller);
  useSweep(sweepBand, sweeps ? activations : null, layout.width);

  const trace = useMemo(() => {
    if (!cell || view !== 'maps' || !graph.nodeById.has(cell.node)) return null;
    const box = findBox(layout, graph, cell.node);
    const nearest = new Set(layout.edges.filter(({ to }) => to === box?.id).map(({ from }) => from));
    return traceCell(graph, cell.node, cell.cell, drawn, nearest);
  }, [cell, view, graph, layout, drawn]);

  const cellUnder = (event: MouseEvent): CellReference | null => {
    const node = closest(event.target, 'data-node');
    const tensor = node && drawn.find(({ box }) => box === node.value);
    // The input has no arithmetic to show.
    if (!tensor || tensor.tensor === INPUT) return null;
    const origin = event.currentTarget.getBoundingClientRect();
    const found = cellAt(
      tensor.grid,
      (event.clientX - origin.left) / zoom - tensor.x,
      (event.clientY - origin.top) / zoom - tensor.y,
    );
    return found && { node: tensor.tensor, cell: found };
  };
  const showCell = (next: CellReference | null): void => {
    const isSame =
      next === null ? cell === null : cell?.node === next.node && cell.cell.join() === next.cell.join();
    if (!isSame) onCell(next);
  };

  const nodeUnder = (event: MouseEvent): string | null => {
    const element = closest(event.target, 'data-node');
    if (element) return element.value;
    // Outlined boxes are no elements of their own.
    return near.isCompact
      ? (boxAt(near.boxes, ...control.pointAt(event.clientX, event.clientY))?.id ?? null)
      : null;
  };
  const handlePointerMove = (event: PointerEvent): void => {
    const node = nodeUnder(event);
    if (node !== hoveredId) onHover(node);
    if (view === 'maps' && event.pointerType !== 'touch') showCell(cellUnder(event) ?? pinned.current);
  };
  const handlePointerLeave = (): void => {
    onHover(null);
    if (view === 'maps' && !isInMaps) showCell(pinned.current);
  };
  const handleClick = (event: MouseEvent): void => {
    const toggle = closest(event.target, 'data-toggle');
    if (toggle) {
      onToggle(toggle.value);
      return;
    }
    const node = nodeUnder(event);
    if (node === null) return;
    setCurrent(node);
    onSelect(node);
    const under = cellUnder(event);
    pinned.current = under;
    if (under) showCell(under);
  };

  const focusBox = (id: string): void => {
    // A box out of view is drawn for it.
    flushSync(() => setCurrent(id));
    const element = root.current?.querySelector<SVGGElement>(
      `[role="button"][data-node="${CSS.escape(id)}"]`,
    );
    element?.focus({ preventScroll: true });
    const box = boxById.get(id);
    if (box) control.reveal(box, 'instant');
    // The page itself scrolls only as far as the figure is out of sight.
    control.pane.current?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
  };
  const moveAlong = (box: Box, key: string): boolean => {
    const index = layout.boxes.indexOf(box);
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: index + 1,
      ArrowLeft: index - 1,
      Home: 0,
      End: layout.boxes.length - 1,
    };
    const next = key in steps ? layout.boxes[steps[key] ?? -1] : nearestLane(layout.boxes, box, key);
    if (next) focusBox(next.id);
    return next !== undefined || key in steps;
  };
  const moveInMaps = (box: Box, event: KeyboardEvent): boolean => {
    const tensor = drawn.find((candidate) => candidate.box === box.id);
    if (!tensor || tensor.tensor === INPUT) return false;
    const shape = shapeOf(graph, tensor.tensor);
    const [depth, height, width] = asImage(shape);
    const at =
      cell?.node === tensor.tensor
        ? cell.cell
        : ([0, Math.floor(height / 2), Math.floor(width / 2)] as const);
    const isStrip = tensor.grid.kind === 'strip';
    const steps: Readonly<Record<string, Parameters<typeof stepCell>[2]>> = {
      ArrowUp: isStrip ? { channels: -1 } : { rows: -1 },
      ArrowDown: isStrip ? { channels: 1 } : { rows: 1 },
      ArrowLeft: isStrip ? { channels: -tensor.grid.rows } : { columns: -1 },
      ArrowRight: isStrip ? { channels: tensor.grid.rows } : { columns: 1 },
      PageUp: { channels: -1 },
      PageDown: { channels: 1 },
      Home: { channels: -depth },
      End: { channels: depth, rows: isStrip ? 0 : height, columns: isStrip ? 0 : width },
    };
    const step = event.key === 'Enter' ? {} : steps[event.key];
    if (!step) return false;
    const next = { node: tensor.tensor, cell: stepCell(shape, at, step) };
    pinned.current = next;
    showCell(next);
    return true;
  };
  const toggleFold = (box: Box, isUnfolding: boolean): boolean => {
    if (isUnfolding) {
      if (box.layer.toggle === null) return false;
      onToggle(box.layer.toggle);
      return true;
    }
    const around = layout.frames
      .filter(({ id }) => box.id === id || box.id.startsWith(`${id}/`))
      .sort((a, b) => b.depth - a.depth)[0];
    if (!around) return false;
    onToggle(around.toggle);
    setCurrent(around.id);
    return true;
  };
  const zoomByKey = (key: string): boolean => {
    if (key === 'z' || key === ']') control.zoomBy(SCALE_STEP);
    else if (key === 'Z' || key === '[') control.zoomBy(1 / SCALE_STEP);
    else if (key === '0') control.fit();
    else if (key === '1') control.zoomTo(1);
    else return false;
    return true;
  };
  const handleKey = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const box = boxById.get(closest(event.target, 'data-node')?.value ?? '');
    if (!box) return;
    let isHandled = true;
    if (figureScale && zoomByKey(event.key)) {
      event.preventDefault();
      return;
    }
    switch (event.key) {
      case 'Enter':
        onSelect(box.id);
        if (view === 'maps') setIsInMaps(moveInMaps(box, event));
        break;
      case 'Escape':
        isHandled = isInMaps || cell !== null;
        setIsInMaps(false);
        pinned.current = null;
        showCell(null);
        break;
      case '+':
      case '=':
        isHandled = toggleFold(box, true);
        break;
      case '-':
      case '_':
        isHandled = toggleFold(box, false);
        break;
      case ' ':
        if (!toggleFold(box, box.layer.kind === 'folded')) onSelect(box.id);
        break;
      default:
        isHandled = isInMaps ? moveInMaps(box, event) : moveAlong(box, event.key);
    }
    if (isHandled) event.preventDefault();
  };
  const handleFocus = (event: FocusEvent): void => {
    const node = closest(event.target, 'data-node');
    if (!node) return;
    setCurrent(node.value);
    onHover(node.value);
  };
  const handleBlur = (event: FocusEvent): void => {
    setIsInMaps(false);
    if (!event.currentTarget.contains(event.relatedTarget as Node | null)) onHover(null);
  };

  const labelOf = useMemo(() => {
    const known = new Map<string, string>();
    return (box: Box): string => {
      const before = known.get(box.id);
      if (before !== undefined) return before;
      const { id, kind } = box.layer;
      const label = labelBox(box, graph, nameOf(box), kind === 'input' ? '' : describe(id), messages);
      known.set(box.id, label);
      return label;
    };
  }, [graph, describe, messages, nameOf]);

  const cellBox = cell && view === 'maps' && findBox(layout, graph, cell.node);
  const mentioned = boxById.get(hoveredId ?? selectedId ?? '');
  const shownBoxes = useMemo(
    () =>
      nearBoxes.length === layout.boxes.length
        ? nearBoxes
        : withForced(nearBoxes, [
            boxById.get(currentId),
            boxById.get(selectedId ?? ''),
            boxById.get(hoveredId ?? ''),
          ]),
    [nearBoxes, layout, boxById, currentId, selectedId, hoveredId],
  );
  const save = async (format: SavedFormat): Promise<ReducedPicture | null> => {
    if (!figureScale) return null;
    const { saveFigure } = await import('./viewport/save-figure.tsx');
    return saveFigure(
      { graph, layout, view, activations, overlay: spread, nameOf, labelOf, messages: figureScale.messages },
      format,
    );
  };
  const brokenBox = layout.broken === null ? undefined : boxById.get(layout.broken);
  const [pixelWidth, pixelHeight] = [layout.width * zoom, layout.height * zoom];
  const hasMap = figureScale !== undefined && viewport.isCut;
  const viewBox = `0 0 ${layout.width} ${layout.height}`;
  return (
    <div ref={root} className={styles.root} data-view={view}>
      {(figureScale || actions) && (
        <div className={styles.bar}>
          <div className={styles.barRoom}>
            {figureScale && (
              <Suspense fallback={null}>
                <FigureControls
                  control={control}
                  scale={zoom}
                  onSave={save}
                  messages={figureScale.messages}
                />
              </Suspense>
            )}
          </div>
          {actions}
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls */}
      <div role="group" aria-label={messages.figure} aria-describedby={helpId} className={styles.figure}>
        <p id={helpId} className={styles.hidden}>
          {messages.help}
        </p>
        <div ref={control.scroller} className={styles.scroller}>
          <div
            className={styles.content}
            style={{ width: pixelWidth, paddingInlineStart: across.before, paddingInlineEnd: across.after }}
          >
            <div
              ref={control.pane}
              className={styles.pane}
              data-zooms={figureScale ? '' : undefined}
              style={{ height: viewport.height }}
            >
              <div style={{ paddingBlockStart: down.before, paddingBlockEnd: down.after }}>
                {/* biome-ignore lint/a11y/noStaticElementInteractions: events of the buttons inside, handled at one place */}
                <div
                  className={styles.sheet}
                  style={{ width: pixelWidth, height: pixelHeight, '--words': size } as CSSProperties}
                  onPointerMove={handlePointerMove}
                  onPointerLeave={handlePointerLeave}
                  onClick={handleClick}
                  onKeyDown={handleKey}
                  onFocus={handleFocus}
                  onBlur={handleBlur}
                >
                  {/* Scaled as a whole: what is in it need not be laid out anew for another scale. */}
                  <div
                    className={styles.scaled}
                    style={{
                      width: layout.width,
                      height: layout.height,
                      transform: zoom === 1 ? 'none' : `scale(${zoom})`,
                    }}
                  >
                    <svg
                      className={styles.layer}
                      width={layout.width}
                      height={layout.height}
                      viewBox={viewBox}
                      aria-hidden="true"
                    >
                      {near.isCompact ? (
                        <Suspense fallback={null}>
                          <FigureOutline drawn={near} scale={zoom} overlay={spread} />
                        </Suspense>
                      ) : (
                        <FigureGround
                          layout={nearLayout}
                          drawn={drawn}
                          connections={connections}
                          overlay={spread}
                        />
                      )}
                    </svg>
                    {view === 'maps' && (
                      <Suspense fallback={null}>
                        <FeatureMapLayer
                          drawn={drawn}
                          activations={activations}
                          width={layout.width}
                          height={layout.height}
                          zoom={zoom}
                        />
                      </Suspense>
                    )}
                    <svg
                      className={styles.layer}
                      role="presentation"
                      width={layout.width}
                      height={layout.height}
                      viewBox={viewBox}
                    >
                      {(near.isCompact ? [] : near.frames).map((frame) => (
                        <g key={frame.id}>
                          <text className={styles.groupName} x={frame.x + 10} y={frame.y + 16 * size}>
                            {frame.name}
                          </text>
                          <FoldControl
                            x={frame.x + frame.width - 15 * size}
                            y={frame.y + 13 * size}
                            size={size}
                            toggle={frame.toggle}
                            label={messages.fold(frame.id)}
                            isOpen
                          />
                        </g>
                      ))}
                      {shownBoxes.map((box) => (
                        <FigureBox
                          key={box.id}
                          graph={graph}
                          box={box}
                          view={view}
                          name={nameOf(box)}
                          label={labelOf(box)}
                          unfoldLabel={messages.unfold(pathOf(box.layer))}
                          isSelected={box.id === selectedId}
                          isCurrent={box.id === currentId}
                          words={layout.words}
                          colour={spread && colourOf(spread.shares.get(box.id))}
                        />
                      ))}
                      {view === 'volumes' && selectedBox && (
                        <WindowHint graph={graph} layout={layout} box={selectedBox} />
                      )}
                      {trace && (
                        <g className={styles.trace}>
                          <path className={styles.rays} d={trace.rays} />
                          <path className={styles.earlier} d={trace.earlier} />
                          <path className={styles.windows} d={trace.windows} />
                          <path className={styles.cell} d={trace.cell} />
                        </g>
                      )}
                    </svg>
                    <div ref={sweepBand} className={styles.sweep} aria-hidden="true" />
                  </div>
                </div>
              </div>
            </div>
            {hasMap && figureScale && (
              <div
                className={styles.mapRoom}
                style={{ inlineSize: viewport.width, marginInlineStart: -across.before }}
              >
                <Suspense fallback={null}>
                  <Minimap layout={layout} control={control} messages={figureScale.messages} />
                </Suspense>
              </div>
            )}
            {brokenBox && problem && (
              <p
                className={styles.problem}
                style={
                  // Under the layers that were not reached there are no bars: the sentence stands there if it can.
                  pixelWidth - brokenBox.x * zoom >= LEAST_PROBLEM_WIDTH
                    ? {
                        position: 'absolute',
                        insetBlockStart: viewport.height + (hasMap ? MAP_ROOM : 0),
                        insetInlineStart: across.before + brokenBox.x * zoom - 7,
                        insetInlineEnd: 8,
                      }
                    : { marginInlineStart: Math.max(8, pixelWidth - 330) }
                }
              >
                {problem}
              </p>
            )}
            {under?.({ layout, zoom, nameOf })}
          </div>
        </div>
      </div>
      <p className={styles.readout} aria-live={isInMaps ? 'polite' : 'off'}>
        {cell && cellBox ? (
          <>
            {cellText(messages, nameOf(cellBox), graph, cell)}
            <output>{valueText(graph, activations, cell)}</output>
          </>
        ) : (
          <span className={styles.invitation}>
            {mentioned ? labelOf(mentioned) : view === 'maps' ? messages.pointAtCell : messages.pointAtLayer}
          </span>
        )}
      </p>
      <FigureLegend graph={graph} layout={layout} view={view} overlay={spread} messages={messages} />
    </div>
  );
}

function cellText(
  messages: FigureMessages,
  layer: string,
  graph: Graph,
  { node, cell }: CellReference,
): string {
  const [, height, width] = asImage(shapeOf(graph, node));
  const [channel, row, column] = cell;
  return height * width === 1
    ? messages.feature(layer, channel + 1)
    : messages.cell(layer, channel + 1, row + 1, column + 1);
}

function valueText(
  graph: Graph,
  activations: ReadonlyMap<string, Float32Array> | null,
  { node, cell }: CellReference,
): string {
  const value = activations?.get(node)?.[offsetOf(shapeOf(graph, node), cell)];
  return value === undefined ? '' : formatValue(value);
}

/** The box above or below another: in a neighbouring lane, the nearest by its middle. */
function nearestLane(boxes: readonly Box[], from: Box, key: string): Box | undefined {
  const direction = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
  if (direction === 0) return undefined;
  const middle = from.x + from.width / 2;
  const distance = (box: Box): number =>
    Math.abs(box.x + box.width / 2 - middle) + 2 * Math.abs(box.axisY - from.axisY);
  return boxes
    .filter((box) => (box.axisY - from.axisY) * direction > 0)
    .reduce<Box | undefined>(
      (best, box) => (best === undefined || distance(box) < distance(best) ? box : best),
      undefined,
    );
}

/** Marks on the root at which ends there is more to scroll to. */
function useScrollEnds(
  root: { readonly current: HTMLElement | null },
  scroller: { readonly current: HTMLElement | null },
): void {
  useEffect(() => {
    const view = scroller.current;
    const mark = root.current;
    if (!view || !mark) return;
    const update = () => {
      const rest = view.scrollWidth - view.clientWidth - view.scrollLeft;
      mark.toggleAttribute('data-more-before', view.scrollLeft > 4);
      mark.toggleAttribute('data-more-after', rest > 4);
    };
    view.addEventListener('scroll', update, { passive: true });
    // Told of every new width of view and figure after the page's own layout, where asking costs nothing.
    const observer = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(update);
    for (const element of [view, ...view.children]) observer?.observe(element);
    if (!observer) update();
    return () => {
      view.removeEventListener('scroll', update);
      observer?.disconnect();
    };
  }, [root, scroller]);
}
