import { useMemo } from 'react';
import type { Graph } from '../../engine/graph/types.ts';
import type { Box, FigureLayout } from '../../engine/layout/types.ts';
import { FeatureMapLayer } from '../feature-maps/feature-map-layer.tsx';
import styles from './figure.module.css';
import { FigureBox, FoldControl } from './figure-box.tsx';
import { FigureGround } from './figure-ground.tsx';
import type { FigureView } from './glyph-size.ts';
import { colourOf, type OverlayShares } from './overlay.ts';
import { connectionsOf, drawnTensors, pathOf } from './scene.ts';

/** A laid-out figure, and what its boxes are called. */
export interface DrawnFigure {
  readonly graph: Graph;
  readonly layout: FigureLayout;
  readonly view: FigureView;
  readonly activations: ReadonlyMap<string, Float32Array> | null;
  readonly overlay: OverlayShares | null;
  readonly nameOf: (box: Box) => string;
  /** The accessible name. */
  readonly labelOf: (box: Box) => string;
}

/** What a visitor may do with a drawing; a picture of it needs none of this. */
export interface DrawingControls {
  readonly selected: string | null;
  /** Id of the box at which the Tab key stops. */
  readonly current: string | null;
  fold(group: string): string;
  unfold(path: string): string;
}

/** The layers of a figure from the ground up, each as wide and high as the layout: wires, maps, boxes. */
export function FigureDrawing({
  graph,
  layout,
  view,
  activations,
  overlay,
  nameOf,
  labelOf,
  zoom,
  className,
  controls = null,
}: DrawnFigure & {
  /** CSS pixels per figure unit: how finely maps are painted. */
  readonly zoom: number;
  readonly className?: string | undefined;
  readonly controls?: DrawingControls | null;
}) {
  const drawn = useMemo(
    () => (view === 'maps' ? drawnTensors(graph, layout.boxes) : []),
    [graph, layout.boxes, view],
  );
  const connections = useMemo(() => connectionsOf(graph, layout, drawn), [graph, layout, drawn]);
  const { width, height } = layout;
  const { size } = layout.words;
  const viewBox = `0 0 ${width} ${height}`;
  return (
    <>
      <svg className={className} width={width} height={height} viewBox={viewBox} aria-hidden="true">
        <FigureGround layout={layout} drawn={drawn} connections={connections} overlay={overlay} />
      </svg>
      {view === 'maps' && (
        <FeatureMapLayer drawn={drawn} activations={activations} width={width} height={height} zoom={zoom} />
      )}
      <svg
        className={className}
        width={width}
        height={height}
        viewBox={viewBox}
        role="presentation"
        aria-hidden={controls === null}
      >
        {layout.frames.map((frame) => (
          <g key={frame.id}>
            <text className={styles.groupName} x={frame.x + 10} y={frame.y + 16 * size}>
              {frame.name}
            </text>
            {controls && (
              <FoldControl
                x={frame.x + frame.width - 15 * size}
                y={frame.y + 13 * size}
                size={size}
                toggle={frame.toggle}
                label={controls.fold(frame.id)}
                isOpen
              />
            )}
          </g>
        ))}
        {layout.boxes.map((box) => (
          <FigureBox
            key={box.id}
            graph={graph}
            box={box}
            view={view}
            name={nameOf(box)}
            label={labelOf(box)}
            unfoldLabel={controls ? controls.unfold(pathOf(box.layer)) : ''}
            isSelected={box.id === controls?.selected}
            isCurrent={box.id === controls?.current}
            words={layout.words}
            colour={overlay && colourOf(overlay.shares.get(box.id))}
          />
        ))}
      </svg>
    </>
  );
}
