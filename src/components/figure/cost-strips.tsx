import { memo, useMemo } from 'react';
import type { GraphCosts } from '../../engine/cost/costs.ts';
import { formatInteger, formatShare } from '../../engine/cost/format.ts';
import type { Graph } from '../../engine/graph/types.ts';
import { findBox } from '../../engine/layout/layout-figure.ts';
import type { Box, FigureLayout } from '../../engine/layout/types.ts';
import styles from './cost-strips.module.css';
import type { FigureMessages } from './figure-messages.ts';

/** A kind of cost shown along depth. */
export type StripQuantity = 'parameters' | 'macs' | 'flops' | 'activations';

/** One layer's bar; lengths as shares of the strip's height. */
export interface StripBar {
  readonly box: Box;
  readonly value: number;
  readonly from: number;
  readonly height: number;
}

/** A layer's costs: the sum over the nodes in its box. */
export function costIn(graph: Graph, costs: GraphCosts, box: Box, quantity: StripQuantity): number {
  let sum = 0;
  for (const node of graph.nodes.slice(box.layer.first, box.layer.end)) {
    sum += costs.byNode.get(node.id)?.[quantity] ?? 0;
  }
  return sum;
}

/** Bars of one quantity under the boxes; where boxes stand over one another their bars are stacked, so that nothing hides. */
export function stackBars(
  graph: Graph,
  costs: GraphCosts,
  layout: FigureLayout,
  quantity: StripQuantity,
): readonly StripBar[] {
  const bars: { box: Box; value: number; from: number }[] = [];
  for (const box of layout.boxes) {
    const value = costIn(graph, costs, box, quantity);
    const from = bars
      .filter((bar) => bar.box.x < box.x + box.width && box.x < bar.box.x + bar.box.width)
      .reduce((most, bar) => Math.max(most, bar.from + bar.value), 0);
    bars.push({ box, value, from });
  }
  const most = Math.max(1, ...bars.map(({ from, value }) => from + value));
  return bars.map(({ box, value, from }) => ({ box, value, from: from / most, height: value / most }));
}

const STRIP_HEIGHT = 20;

interface StripProps {
  readonly graph: Graph;
  readonly costs: GraphCosts;
  readonly layout: FigureLayout;
  readonly quantity: StripQuantity;
  readonly zoom: number;
  readonly selectedBox: string | null;
  readonly peakBox: string | null;
  readonly peakLabel: string;
}

const Strip = memo(function Strip({
  graph,
  costs,
  layout,
  quantity,
  zoom,
  selectedBox,
  peakBox,
  peakLabel,
}: StripProps) {
  const bars = useMemo(() => stackBars(graph, costs, layout, quantity), [graph, costs, layout, quantity]);
  const peak = layout.boxes.find(({ id }) => id === peakBox);
  return (
    <svg
      className={styles.strip}
      width={layout.width * zoom}
      height={STRIP_HEIGHT}
      viewBox={`0 0 ${layout.width} ${STRIP_HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      <path className={styles.base} d={`M8 ${STRIP_HEIGHT - 0.5}H${layout.width - 8}`} />
      {bars.map(({ box, value, from, height }) =>
        value === 0 ? null : (
          <rect
            key={box.id}
            className={styles.bar}
            data-bar={box.id}
            data-category={box.layer.category ?? undefined}
            data-selected={box.id === selectedBox || undefined}
            x={box.x}
            width={box.width}
            y={(1 - from - height) * (STRIP_HEIGHT - 2) + 1 - (height * (STRIP_HEIGHT - 2) < 0.8 ? 0.8 : 0)}
            height={Math.max(0.8, height * (STRIP_HEIGHT - 2))}
          />
        ),
      )}
      {peak && (
        <path className={styles.peak} d={`M${peak.x + peak.width / 2 - 4} 0h8l-4 6z`}>
          <title>{peakLabel}</title>
        </path>
      )}
    </svg>
  );
});

/** What the cost strips show. */
export interface CostStripsProps {
  readonly graph: Graph;
  readonly costs: GraphCosts;
  readonly layout: FigureLayout;
  /** CSS pixels per figure unit. */
  readonly zoom: number;
  readonly units: 'macs' | 'flops';
  /** The layer whose values stand beside the names; the totals otherwise. */
  readonly active: string | null;
  readonly selected: string | null;
  readonly peak: { readonly node: string; readonly amount: string } | null;
  readonly messages: FigureMessages;
  /** The name under which a box stands in the figure. */
  readonly nameOf: (box: Box) => string;
}

/** Parameters, operations and activations along depth: bars under the boxes they belong to, on the figure's own axis. */
export function CostStrips({
  graph,
  costs,
  layout,
  zoom,
  units,
  active,
  selected,
  peak,
  messages,
  nameOf,
}: CostStripsProps) {
  const activeBox = active === null ? null : findBox(layout, graph, active);
  const selectedBox = selected === null ? null : findBox(layout, graph, selected);
  const peakBox = peak && findBox(layout, graph, peak.node);
  const quantities: readonly StripQuantity[] = ['parameters', units, 'activations'];
  return (
    <div className={styles.strips}>
      {quantities.map((quantity) => {
        const total = costs.total[quantity];
        const value = activeBox ? costIn(graph, costs, activeBox, quantity) : total;
        // A layer that was not reached costs nothing known: a dash, not a zero.
        const isKnown = !activeBox || activeBox.layer.status === 'sound';
        return (
          <div key={quantity} className={styles.row}>
            <p className={styles.caption}>
              <span>{messages[quantity]}</span>
              <span className={styles.where}>
                {activeBox ? nameOf(activeBox) : graph.problem ? messages.reached : messages.total}
              </span>
              <span className={styles.value}>
                {isKnown ? formatInteger(value) : '—'}
                {activeBox && isKnown && ` · ${formatShare(value, total)}`}
              </span>
              {quantity === 'activations' && peak && (
                <span className={styles.peakText}>{messages.peak(peak.amount)}</span>
              )}
            </p>
            <Strip
              graph={graph}
              costs={costs}
              layout={layout}
              quantity={quantity}
              zoom={zoom}
              selectedBox={selectedBox?.id ?? null}
              peakBox={quantity === 'activations' ? (peakBox?.id ?? null) : null}
              peakLabel={peak ? messages.peak(peak.amount) : ''}
            />
          </div>
        );
      })}
    </div>
  );
}
