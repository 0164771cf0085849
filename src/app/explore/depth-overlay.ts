import { type ChartId, costOver } from '../../components/figure/depth-charts.ts';
import type { Overlay } from '../../components/figure/overlay.ts';
import { alongDepth } from '../../engine/cost/along-depth.ts';
import { formatBytes, formatCount, formatInteger } from '../../engine/cost/format.ts';
import { bytesOf, type DType } from '../../engine/cost/memory.ts';
import { costs as en } from '../i18n/en/costs.ts';
import type { Language } from '../i18n/types.ts';
import { costs as zh } from '../i18n/zh/costs.ts';
import { readOverlay } from './overlay-kinds.ts';
import type { Analysis } from './use-analysis.ts';

interface OverlayOptions {
  readonly units: 'macs' | 'flops';
  readonly dtype: DType;
  readonly batch: number;
  readonly language: Language;
}

/** What spans orders of magnitude is coloured by its logarithm, so that small layers differ too. */
const scales: Record<ChartId, Overlay['scale']> = {
  parameters: 'log',
  operations: 'log',
  alive: 'linear',
  activations: 'linear',
  field: 'log',
  intensity: 'log',
};

/** A kind of cost as the colours of a figure; null for a name that is none. */
export function depthOverlay(analysis: Analysis, name: string, options: OverlayOptions): Overlay | null {
  const kind = readOverlay(name);
  if (!kind) return null;
  const { units, dtype, batch, language } = options;
  const words = { en, zh }[language];
  const { graph, costs, fields, peak } = analysis;
  const along = alongDepth(graph, costs, fields, peak, { dtype, batch });
  return {
    title: words.short[kind === 'operations' ? units : kind],
    scale: scales[kind],
    value: (first, end) => costOver(along, kind, { units, batch }, first, end),
    format: (value) => {
      switch (kind) {
        case 'parameters':
        case 'operations':
          return formatCount(value);
        case 'alive':
        case 'activations':
          return formatBytes(bytesOf(value, dtype, batch));
        case 'field':
          return words.charts.pixels(formatInteger(value));
        case 'intensity':
          return words.charts.intensity(value.toPrecision(2), units === 'macs' ? 'MACs' : 'FLOPs');
      }
    },
  };
}
