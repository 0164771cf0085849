import type { BottleneckWords } from '../../../components/diagrams/bottleneck-diagram.tsx';
import type { DenseWords } from '../../../components/diagrams/dense-diagram.tsx';
import type { CommonDiagramWords } from '../../../components/diagrams/diagram.tsx';
import type { GroupedWords } from '../../../components/diagrams/grouped-diagram.tsx';
import type { InceptionWords } from '../../../components/diagrams/inception-diagram.tsx';
import type { OneByOneWords } from '../../../components/diagrams/one-by-one-diagram.tsx';
import type { ResidualWords } from '../../../components/diagrams/residual-diagram.tsx';
import type { ThreeThreesWords } from '../../../components/diagrams/three-threes-diagram.tsx';

/** The small live diagrams. */
export const diagrams = {
  heading: 'The idea at work',
  common: { parameters: 'Parameters', macs: 'MACs', channels: 'Channels' } satisfies CommonDiagramWords,
  residual: {
    title: 'A residual block: F(x) + x',
    caption:
      'The two convolutions need not carry x along: the shortcut does that. They learn only what has to be added to it.',
    drawing: 'x goes through two 3×3 convolutions and, past them, along a shortcut; both are added',
    scale: 'How much F(x) contributes',
    body: 'body F',
    shortcut: 'shortcut',
    outcome: (scale: string, additions: string) =>
      `With F at ${scale}, the output is still x, corrected. The shortcut costs no parameter and, at 28×28, ${additions} additions.`,
    identity:
      'With F at zero the block passes x on unchanged. A plain block would have to learn filters that copy their input; here zero weights suffice, so that a block more can do no harm.',
  } satisfies ResidualWords,
  bottleneck: {
    title: 'The bottleneck: narrow, work, restore',
    caption:
      'A 1×1 convolution reduces the channels to a quarter, the 3×3 works there, and another 1×1 restores them.',
    drawing:
      'Channels are reduced to a quarter, convolved, and restored; under it one 3×3 convolution at full width',
    bottleneck: 'the three together',
    direct: 'direct',
    wide: 'at full width',
    outcome: ({ bottleneck, direct, times }) =>
      `At 14×14 the bottleneck needs ${bottleneck} MACs, one 3×3 at full width ${direct}: ${times} times as many.`,
  } satisfies BottleneckWords,
  threeThrees: {
    title: 'Three 3×3 see what one 7×7 sees',
    caption:
      'Each cell of the last layer looks at three below it, those at five, those at seven. There is a ReLU after each.',
    drawing: 'Three layers of 3×3 windows widen from one cell to seven; one 7×7 window does so at once',
    small: 'three 3×3',
    large: 'one 7×7',
    outcome: ({ channels, share, field, smallMacs, largeMacs }) =>
      `With ${channels} channels in and out: the same view of ${field} and three ReLUs instead of one, for ${share} of the parameters, and ${smallMacs} instead of ${largeMacs} MACs at 56×56. The share stays, whatever the channels: 27/49.`,
  } satisfies ThreeThreesWords,
  dense: {
    title: 'A dense block grows by k',
    caption:
      'Every layer reads all channels before it and appends k of its own; the colours say which layer made them, grey is what entered.',
    drawing: (input: string, output: string) =>
      `Stacks of channels that grow from ${input} to ${output}, one colour a layer`,
    growth: 'Growth rate k',
    layers: 'Layers',
    input: 'input',
    outcome: ({ start, layers, growth, channels, parameters, connections }) =>
      `${start} + ${layers}·${growth} = ${channels} channels, ${connections} direct connections, ${parameters} parameters of 3×3 convolutions and their normalizations. The layers can be narrow because nothing has to be computed again.`,
  } satisfies DenseWords,
  oneByOne: {
    title: '1×1: a fully connected layer at every pixel',
    caption:
      'Network in Network put small fully connected layers after each convolution, the same at every pixel. Inception’s reductions, ResNet’s bottlenecks and SqueezeNet’s squeeze layers are this layer.',
    drawing: 'The channels of one pixel, each connected with every channel of the result',
    pixel: 'one pixel',
    width: 'Channels after the 1×1',
    use: 'Its heir',
    uses: { inception: 'Inception’s reduction', resnet: 'ResNet’s bottleneck' },
    without: 'directly:',
    reduce: 'first',
    after: 'then',
    back: 'back by',
    together: 'together',
    same: (convolution: string, linear: string) =>
      convolution === linear
        ? `The 1×1 convolution has ${convolution} parameters; a fully connected layer for one pixel has ${linear}, the same ones.`
        : `The 1×1 convolution has ${convolution} parameters; a fully connected layer for one pixel has ${linear}.`,
    outcome: ({ use, times, width }) => {
      const what =
        use === 'inception' ? 'Inception 3a’s 5×5 at 28×28' : 'The 3×3 of ResNet’s conv4_x at 14×14';
      return Number(times) > 1
        ? `${what}: through ${width} channels it costs ${times} times less.`
        : `${what}: through ${width} channels nothing is saved any more.`;
    },
  } satisfies OneByOneWords,
  inception: {
    title: 'Inception: with and without reductions',
    caption:
      'The lecture’s example: 256 maps of 28×28 go through four branches whose results are stacked. A pool keeps all channels it gets, so that without reductions the module grows and grows.',
    drawing: 'Four branches over one input, stacked at the end',
    form: 'Module',
    naive: 'naive',
    reduced: 'with 1×1',
    pool: 'max',
    reduceTo: 'Reduce to',
    outcome: ({ naive, reduced, naiveChannels, reducedChannels, lecture }) =>
      `${naive} MACs and ${naiveChannels} channels without, ${reduced} and ${reducedChannels} with reductions.${lecture ? ' The slides print 358 M for this form, but the six products they list add up to what stands here; 358 M counts the 3×3 twice.' : ''}`,
  } satisfies InceptionWords,
  grouped: {
    title: 'Groups: every filter reads a part',
    caption:
      'Filled: which output channels read which input channels. AlexNet parted its channels between two graphics cards; ResNeXt has 32 groups and calls their number cardinality.',
    drawing: 'A square of input by output channels of which only blocks along the diagonal are filled',
    groups: 'Groups',
    reads: 'channels in',
    writes: 'channels out',
    grouped: 'in groups',
    full: 'full',
    outcome: ({ groups, each, times, macs }) =>
      groups === '1'
        ? `One group: every filter reads all ${each} channels; ${macs} MACs at 28×28.`
        : `${groups} groups of ${each} channels: ${times} times fewer parameters, and ${macs} MACs at 28×28. What is saved can be spent on width.`,
  } satisfies GroupedWords,
};
