import type { DoesNotFitMessages } from '../../../components/totals/does-not-fit.tsx';
import type { InputSizeMessages } from '../../../components/totals/input-size.tsx';
import type { TotalsMessages } from '../../../components/totals/totals.tsx';

/** The figures of the whole network, its input size, and the notice when that does not fit. */
export const totals = {
  label: 'Totals',
  parameters: 'Parameters',
  macs: 'MACs',
  flops: 'FLOPs',
  weights: 'Weights',
  peakActivations: 'Peak activations',
  peakActivationsHint:
    'The most activation memory that inference holds at once: each output is kept from the layer that makes it to the last that reads it',
  activations: 'All activations',
  activationsHint: 'Every output of one pass, none overwritten: what training keeps',
  input: 'the input',
  at: (node: string) => `at ${node}`,
  asPublished: (source: string) => `as ${source}`,
  published: (source: string, figure: string) => `${source}: ${figure}`,
  accuracy: 'Accuracy',
  run: 'One run here',
  none: '—',
  /** A total that leaves operators out. */
  atLeast: (total: string) => `at least ${total}`,
  doesNotFit: 'A network that does not fit has no totals.',
  /** Over the notice of a network behind one of whose operators no shape is known. */
  unmeasured: 'This network cannot be measured to its end',
  inputSize: {
    label: 'Input',
    hint: 'Height × width, such as 224 or 256×192',
    notASize: (text: string) =>
      `“${text}” is not a size. Write one whole number, such as 224, or height × width, such as 256×192.`,
    zero: 'An image needs at least one row and one column.',
    tooLarge: (text: string) => `${text} is larger than any image a device can compute on.`,
    reset: (size: string) => `Back to ${size}`,
    presets: 'Usual sizes',
  },
  misfit: {
    title: 'This network does not fit',
    show: (layer: string) => `Show ${layer}`,
  },
} satisfies TotalsMessages & {
  readonly unmeasured: string;
  readonly inputSize: InputSizeMessages;
  readonly misfit: DoesNotFitMessages;
};
