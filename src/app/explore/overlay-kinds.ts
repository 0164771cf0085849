import { type ChartId, chartIds } from '../../components/figure/depth-charts.ts';

/** The charts shown unless the address names others. */
export const usualCharts: readonly ChartId[] = ['parameters', 'operations', 'alive'];

const isChart = (text: string): text is ChartId => (chartIds as readonly string[]).includes(text);

/** The charts that `charts=` names, in their fixed order; null or nothing known is the usual three. */
export function readCharts(text: string | null): readonly ChartId[] {
  const named = new Set((text ?? '').split(',').filter(isChart));
  return named.size === 0 ? usualCharts : chartIds.filter((id) => named.has(id));
}

/** What `charts=` says of a choice; null for the usual one. */
export function writeCharts(charts: readonly ChartId[]): string | null {
  const text = chartIds.filter((id) => charts.includes(id)).join(',');
  return text === '' || text === usualCharts.join(',') ? null : text;
}

/** What `overlay=` names, if it is known. */
export const readOverlay = (text: string | null): ChartId | null =>
  text !== null && isChart(text) ? text : null;
