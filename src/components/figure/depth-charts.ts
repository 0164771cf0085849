import { type AlongDepth, depthIntensity, depthOver } from '../../engine/cost/along-depth.ts';
import type { Box, FigureLayout } from '../../engine/layout/types.ts';

/** A kind of cost shown along depth. */
export const chartIds = ['parameters', 'operations', 'alive', 'activations', 'field', 'intensity'] as const;

/** A kind of cost shown along depth. */
export type ChartId = (typeof chartIds)[number];

/** What a chart needs to know beside the costs. */
export interface ChartUnits {
  readonly units: 'macs' | 'flops';
  readonly batch: number;
}

/** A cost of the nodes `first` … before `end`; null where there is none to speak of. */
export function costOver(
  along: AlongDepth,
  chart: ChartId,
  { units, batch }: ChartUnits,
  first: number,
  end: number,
): number | null {
  if (end <= first || first >= along.length) return null;
  const costs = depthOver(along, first, end);
  switch (chart) {
    case 'parameters':
      return costs.parameters;
    case 'operations':
      return costs[units];
    case 'alive':
      return costs.alive;
    case 'activations':
      return costs.activations;
    case 'field':
      return costs.receptiveField;
    case 'intensity':
      return depthIntensity(costs, units, batch);
  }
}

/** A box's value in a chart. */
export interface ChartValue {
  readonly box: Box;
  readonly value: number | null;
}

/** A chart's value of every box. */
export const chartValues = (
  layout: FigureLayout,
  along: AlongDepth,
  chart: ChartId,
  units: ChartUnits,
): readonly ChartValue[] =>
  layout.boxes.map((box) => ({ box, value: costOver(along, chart, units, box.layer.first, box.layer.end) }));

/** Boxes that stand over one another, as the branches of a block do, from left to right. */
export function columnsOf<T extends { readonly box: Box }>(items: readonly T[]): readonly (readonly T[])[] {
  const columns: T[][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const item of [...items].sort((a, b) => a.box.x - b.box.x)) {
    const { x, width } = item.box;
    if (x < right) columns.at(-1)?.push(item);
    else columns.push([item]);
    right = Math.max(right, x + width);
  }
  return columns;
}

/** One layer's bar; lengths as shares of the strip's height. */
export interface StripBar {
  readonly box: Box;
  readonly value: number;
  readonly from: number;
  readonly height: number;
}

/** Bars under the boxes they belong to; where boxes stand over one another they are stacked, so that nothing hides. */
export function stackBars(values: readonly ChartValue[]): readonly StripBar[] {
  const bars: { box: Box; value: number; from: number }[] = [];
  for (const column of columnsOf(values)) {
    const placed: typeof bars = [];
    for (const { box, value } of column) {
      let from = 0;
      for (const bar of placed) {
        if (bar.box.x < box.x + box.width && box.x < bar.box.x + bar.box.width) {
          from = Math.max(from, bar.from + bar.value);
        }
      }
      placed.push({ box, value: value ?? 0, from });
    }
    bars.push(...placed);
  }
  const most = bars.reduce((largest, { from, value }) => Math.max(largest, from + value), 1);
  return bars.map(({ box, value, from }) => ({ box, value, from: from / most, height: value / most }));
}

/** A level stretch of a line. */
export interface Step {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/** A level for each node inside each box, in order along the box's width. */
export function nodeSteps(
  layout: FigureLayout,
  along: AlongDepth,
  chart: ChartId,
  units: ChartUnits,
): readonly Step[] {
  return layout.boxes.flatMap(({ x, width, layer: { first, end } }) => {
    const count = end - first;
    return Array.from({ length: Math.max(0, count) }, (_, index): Step => {
      const value = costOver(along, chart, units, first + index, first + index + 1) ?? 0;
      return { from: x + (index * width) / count, to: x + ((index + 1) * width) / count, value };
    });
  });
}

/** The largest of the levels at every place, as levels that do not overlap; neighbours of one height are one. */
export function upperSteps(steps: readonly Step[]): readonly Step[] {
  const sorted = [...steps].sort((a, b) => a.from - b.from);
  const edges = [...new Set(steps.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const upper: Step[] = [];
  let next = 0;
  let open: Step[] = [];
  edges.forEach((from, index) => {
    const to = edges[index + 1];
    if (to === undefined) return;
    open = open.filter((step) => step.to > from);
    for (let step = sorted[next]; step && step.from <= from; step = sorted[++next]) {
      if (step.to > from) open.push(step);
    }
    if (open.length === 0) return;
    const value = open.reduce((most, step) => Math.max(most, step.value), Number.NEGATIVE_INFINITY);
    const last = upper.at(-1);
    if (last && last.to === from && last.value === value) upper[upper.length - 1] = { ...last, to };
    else upper.push({ from, to, value });
  });
  return upper;
}

const round = (value: number): number => Math.round(value * 100) / 100;

/** A line along levels; it passes from one to the next in the middle of the gap between them. */
export function stepPath(steps: readonly Step[], height: (value: number) => number): string {
  let path = '';
  steps.forEach(({ from, to, value }, index) => {
    const y = round(height(value));
    const before = steps[index - 1];
    path += before ? `H${round((before.to + from) / 2)}V${y}` : `M${round(from)} ${y}`;
    if (index === steps.length - 1) path += `H${round(to)}`;
  });
  return path;
}

/** The box under a place along the axis; of several over one another the one that `prefer` puts first. */
export function boxAt(layout: FigureLayout, x: number, prefer: (box: Box) => number): Box | null {
  let best: Box | null = null;
  for (const box of layout.boxes) {
    if (x < box.x - 4 || x > box.x + box.width + 4) continue;
    if (!best || prefer(box) > prefer(best)) best = box;
  }
  return best;
}
