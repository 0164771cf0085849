import { memo, useMemo } from 'react';
import type { Graph } from '../../engine/graph/types.ts';
import { sketchOf } from '../../engine/layout/sketch.ts';
import type { FigureLayout } from '../../engine/layout/types.ts';
import { volumeOf } from '../../engine/layout/volume.ts';
import type { Category } from '../../engine/ops/types.ts';
import styles from './figure-legend.module.css';
import type { FigureMessages } from './figure-messages.ts';
import type { FigureView } from './glyph-size.ts';
import type { OverlayShares } from './overlay.ts';

interface FigureLegendProps {
  readonly graph: Graph;
  readonly layout: FigureLayout;
  readonly view: FigureView;
  readonly overlay: OverlayShares | null;
  readonly messages: FigureMessages;
}

/** Which of the figure's signs have to be explained. */
function partsShown(graph: Graph, layout: FigureLayout) {
  const shown = new Set(graph.nodes.map(({ op }) => op));
  return {
    hasConcat: shown.has('Concat'),
    hasSum: shown.has('Add'),
    hasMean: shown.has('Mean'),
    hasSketch: layout.boxes.some(({ layer }) => sketchOf(graph, layer) !== null),
  };
}

/** The categories in the figure, to what scale it is drawn, and what the colours of values mean. */
export const FigureLegend = memo(function FigureLegend({
  graph,
  layout,
  view,
  overlay,
  messages,
}: FigureLegendProps) {
  const categories = new Set<Category>();
  for (const { layer } of layout.boxes) {
    if (layer.category) categories.add(layer.category);
    for (const { category } of layer.stretches) categories.add(category);
  }
  const hasColumns = layout.boxes.some(
    ({ layer }) => layer.shape !== null && volumeOf(layer.shape).kind === 'column',
  );
  const { hasConcat, hasSum, hasMean, hasSketch } = useMemo(() => partsShown(graph, layout), [graph, layout]);
  return (
    <section className={styles.legend} aria-label={messages.legend}>
      {overlay ? (
        <p className={styles.overlay}>
          <b>{overlay.overlay.title}</b>
          <span>{overlay.overlay.format(overlay.least)}</span>
          <span className={styles.ramp} aria-hidden="true" />
          <span>{overlay.overlay.format(overlay.most)}</span>
          <span className={styles.how}>
            {messages.overlayScale[overlay.overlay.scale]}, {messages.overlayPlain}
          </span>
        </p>
      ) : (
        <ul className={styles.categories}>
          {[...categories].map((category) => (
            <li key={category}>
              <span className={styles.swatch} data-category={category} />
              {messages.categories[category]}
            </li>
          ))}
        </ul>
      )}
      {view === 'maps' && (
        <p className={styles.colours}>
          <span>{messages.negative}</span>
          <span className={styles.gradient} aria-hidden="true" />
          <span>{messages.positive}</span>
        </p>
      )}
      <p className={styles.scale}>
        {view === 'maps' ? messages.mapScale : messages.volumeScale}
        {view === 'volumes' && hasColumns && ` ${messages.columnScale}`}
        {view === 'volumes' && hasSketch && ` ${messages.sketches}`}
        {view === 'volumes' && hasConcat && ` ${messages.parts}`}
        {hasSum && ` ${messages.adds}`}
        {hasMean && ` ${messages.averages}`}
      </p>
    </section>
  );
});
