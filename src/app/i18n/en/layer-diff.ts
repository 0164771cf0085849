import type { LayerDiffMessages } from '../../../components/layer-diff/layer-diff.tsx';
import { plural } from '../plural.ts';
import { layerTable } from './layer-table.ts';

const layers = (count: number): string => `${count} ${plural(count, 'layer', 'layers')}`;

/** What changed from one network to another. */
export const layerDiff = {
  heading: (predecessor: string) => `What changed against ${predecessor}`,
  against: 'Compare with',
  sideBySide: 'Both side by side',
  ownPredecessor: 'its predecessor',
  none: 'With this network the line begins: there is none before it. Choose one to compare it with.',
  misfit:
    'This network does not fit its input, so only the layers that can be worked out take part in the comparison.',
  totals: {
    label: 'Totals of both networks',
    quantity: '',
    ratio: 'Ratio',
    parameters: 'Parameters',
    macs: 'MACs',
    activations: 'All activations',
    peak: 'Peak activations',
    layers: 'Depth: layers with weights',
    inputs: (before: string, after: string) =>
      before === after
        ? `Both for an input of ${after}.`
        : `Each for an input of its own: ${before} and ${after}.`,
  },
  words: {
    kinds: { matched: 'the same', changed: 'changed', removed: 'removed', added: 'added' },
    counted: {
      matched: (count: number) => `${layers(count)} the same`,
      changed: (count: number) => `${layers(count)} changed`,
      removed: (count: number) => `${layers(count)} removed`,
      added: (count: number) => `${layers(count)} added`,
    },
    changes: 'What changed',
    parameters: 'Parameters',
    macs: 'MACs',
    unchanged: (count: number) => `${layers(count)} the same`,
    showUnchanged: (count: number) => `Show the ${layers(count)} that are the same`,
    times: (_count: string, first: string, last: string) =>
      first === last ? `in ${first}` : `alike, from ${first} to ${last}`,
    nothing: 'nothing',
    showAll: (count: number) => `Show ${count} more ${plural(count, 'row', 'rows')}`,
    filters: (before: string, after: string) => `${before} → ${after} filters`,
    outputs: (before: string, after: string) => `${before} → ${after} outputs`,
    padding: (before: string, after: string) => `pad ${before} → ${after}`,
    groups: (before: string, after: string) => `groups ${before} → ${after}`,
    dilation: (before: string, after: string) => `dilation ${before} → ${after}`,
    biasAdded: '+ bias',
    biasDropped: '− bias',
    roundsUp: 'rounds up, not down',
    roundsDown: 'rounds down, not up',
    partial: 'full → partial connections',
    full: 'partial → full connections',
    ahead: (operators: string) => `${operators} moved ahead of the convolution`,
    behind: (operators: string) => `${operators} moved behind the convolution`,
    attribute: (name: string, before: string, after: string) => `${name} ${before} → ${after}`,
    reads: (before: string, after: string) => `reads ${after} instead of ${before}`,
    operators: layerTable.operators,
  } satisfies LayerDiffMessages,
};
