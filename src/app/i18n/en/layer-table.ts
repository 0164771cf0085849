import type { LayerTableMessages } from '../../../components/layer-table/layer-table.tsx';
import { plural } from '../plural.ts';

/** The table of layers. */
export const layerTable = {
  label: 'Layers',
  layer: 'Layer',
  operator: 'Operator',
  output: 'Output',
  parameters: 'Parameters',
  macs: 'MACs',
  flops: 'FLOPs',
  activations: 'Memory',
  activationsHint: 'Activation memory: the bytes of every output inside, none overwritten by the next',
  sees: 'Sees',
  seesHint: 'Receptive field: the input pixels that stand behind one output value, height × width',
  share: 'Share',
  shareHint: (units: 'macs' | 'flops') =>
    units === 'macs' ? 'Share of the network’s MACs' : 'Share of the network’s FLOPs',
  total: 'Total',
  open: (layer: string) => `Unfold ${layer}`,
  fold: (layer: string) => `Fold ${layer}`,
  none: '—',
  operators: {
    padding: (sides: string) => `pad ${sides}`,
    groups: (count: number) => `groups ${count}`,
    dilation: (extent: string) => `dilation ${extent}`,
    ceil: 'ceil',
    partial: 'partial',
    layers: (count: number) => `${count} ${plural(count, 'layer', 'layers')}`,
  },
} satisfies LayerTableMessages;
