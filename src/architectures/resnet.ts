import { choice, classes, congruent, form, integer, variant } from '../engine/spec/form.ts';
import { convBnRelu, family, image } from '../engine/spec/layers.ts';
import type { Architecture, Series, Source, Spec } from '../engine/spec/types.ts';
import {
  averageHead,
  type BlockPlace,
  basicBlock,
  bottleneck,
  imagenetStem,
  plainBlock,
  projection,
  residualStages,
  stageName,
  zeroPadded,
} from './residual-blocks.ts';

const he2015 = (where: string): Source => ({
  paper: 'arXiv:1512.03385',
  link: 'https://arxiv.org/abs/1512.03385',
  where,
  year: 2015,
  authors: 'He, Zhang, Ren, Sun',
});

/** Table 1: blocks in each of the four stages. 200 layers are those of the identity mappings paper. */
export const imagenetBlocks: Readonly<Record<number, readonly number[]>> = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
  200: [3, 24, 36, 3],
};

const blocksOf = (depth: number): readonly number[] => imagenetBlocks[depth] ?? [];

const widthOf = ({ stage }: BlockPlace, filters: number): number => filters * 2 ** stage;

const network = (
  filters: number,
  depth: number,
  classCount: number,
  build: (place: BlockPlace) => Spec,
): Series => ({
  ...imagenetStem(filters),
  ...residualStages(blocksOf(depth), stageName, build),
  ...averageHead(classCount),
});

const basic = form({
  id: 'resnet-basic',
  knobs: { depth: choice(18, 34), filters: integer(8, 256), classes: classes() },
  title: ({ depth }) => `ResNet-${depth}`,
  layers: ({ depth, filters, classes: count }) =>
    network(filters, depth, count, (place) => {
      const width = widthOf(place, filters);
      const widens = place.isFirst && place.stage > 0;
      return basicBlock({
        width,
        stride: place.stride,
        ...(widens ? { shortcut: projection(width, place.stride) } : {}),
      });
    }),
});

const plain = form({
  id: 'plain',
  knobs: { depth: choice(18, 34), filters: integer(8, 256), classes: classes() },
  title: ({ depth }) => `Plain-${depth}`,
  layers: ({ depth, filters, classes: count }) =>
    network(filters, depth, count, (place) => plainBlock(widthOf(place, filters), place.stride)),
});

const deep = (strideOn: '1x1' | '3x3') =>
  form({
    id: `resnet-bottleneck-${strideOn}`,
    knobs: { depth: choice(50, 101, 152, 200), filters: integer(8, 256), classes: classes() },
    title: ({ depth }) => `ResNet-${depth}${strideOn === '1x1' ? ' v1' : ''}`,
    layers: ({ depth, filters, classes: count }) =>
      network(filters, depth, count, (place) => {
        const inner = widthOf(place, filters);
        const outer = 4 * inner;
        return bottleneck({
          inner,
          outer,
          stride: place.stride,
          strideOn,
          ...(place.isFirst ? { shortcut: projection(outer, place.stride) } : {}),
        });
      }),
  });

const deepOn3x3 = deep('3x3');
const deepOn1x1 = deep('1x1');

/** The CIFAR-10 networks of section 4.2: 6n + 2 layers, 2n at each of 32, 16 and 8 pixels. */
const cifarStages = (
  depth: number,
  filters: number,
  classCount: number,
  build: (place: BlockPlace) => Spec,
): Series => {
  const n = (depth - 2) / 6;
  return {
    conv1: convBnRelu(filters, 3),
    ...residualStages([n, n, n], stageName, build),
    ...averageHead(classCount),
  };
};

/** Blocks of a CIFAR network with parameter-free shortcuts, each with a survival probability if asked for. */
export const cifarResidual = (
  depth: number,
  filters: number,
  classCount: number,
  survivalOf?: (block: number) => number,
): Series =>
  cifarStages(depth, filters, classCount, (place) => {
    const width = widthOf(place, filters);
    const widens = place.isFirst && place.stage > 0;
    return basicBlock({
      width,
      stride: place.stride,
      ...(widens ? { shortcut: zeroPadded(width / 2, width, place.stride) } : {}),
      ...(survivalOf ? { survival: survivalOf(place.number) } : {}),
    });
  });

/** Two convolutions with their norms and activations, the sum, and what a widening shortcut needs. */
const CIFAR_OPERATORS_A_BLOCK = 7;

/** A depth of 6n + 2, and the operators that it comes to. */
export const cifarDepth = congruent(8, 2000, 6, 2);
export const cifarSize = ({ depth }: { readonly depth: number }): number =>
  (CIFAR_OPERATORS_A_BLOCK * (depth - 2)) / 2;

const cifar = form({
  id: 'resnet-cifar',
  knobs: { depth: cifarDepth, filters: integer(4, 256), classes: classes() },
  title: ({ depth }) => `ResNet-${depth} (CIFAR-10)`,
  layers: ({ depth, filters, classes: count }) => cifarResidual(depth, filters, count),
  size: cifarSize,
});

const cifarPlain = form({
  id: 'plain-cifar',
  knobs: { depth: cifarDepth, filters: integer(4, 256), classes: classes() },
  title: ({ depth }) => `Plain-${depth} (CIFAR-10)`,
  layers: ({ depth, filters, classes: count }) =>
    cifarStages(depth, filters, count, (place) => plainBlock(widthOf(place, filters), place.stride)),
  size: cifarSize,
});

const imagenetValues = (depth: number) => ({ depth, filters: 64, classes: 1000 });
const cifarValues = (depth: number) => ({ depth, filters: 16, classes: 10 });

const onImagenet = (
  plan: typeof basic | typeof deepOn3x3,
  id: string,
  depth: number,
  where: string,
  published?: Architecture['published'],
): Architecture =>
  variant(plan, {
    id,
    source: he2015(where),
    input: image(3, 224),
    values: imagenetValues(depth),
    ...(published ? { published } : {}),
  });

const onCifar = (plan: typeof cifar, id: string, depth: number): Architecture =>
  variant(plan, {
    id,
    source: he2015('Section 4.2, option A'),
    input: image(3, 32),
    values: cifarValues(depth),
  });

const torchvision = (parameters: number, macs: number) => ({ parameters, macs, source: 'torchvision' });

const on3x3 = 'Table 1; the stride on the 3×3 convolution as in torchvision';
const on1x1 = 'Table 1; the stride on the first 1×1 convolution';

/** ResNet: what a block adds to its input is learned, not the output itself. */
export const resnet = family({
  id: 'resnet',
  title: 'ResNet',
  year: 2015,
  variants: [
    onImagenet(basic, 'resnet18', 18, 'Table 1', torchvision(11_689_512, 1_814_073_344)),
    onImagenet(basic, 'resnet34', 34, 'Table 1', torchvision(21_797_672, 3_663_761_408)),
    onImagenet(deepOn3x3, 'resnet50', 50, on3x3, torchvision(25_557_032, 4_089_184_256)),
    onImagenet(deepOn3x3, 'resnet101', 101, on3x3, torchvision(44_549_160, 7_801_405_440)),
    onImagenet(deepOn3x3, 'resnet152', 152, on3x3, torchvision(60_192_808, 11_513_626_624)),
    onImagenet(deepOn1x1, 'resnet50-v1', 50, on1x1),
    onImagenet(deepOn1x1, 'resnet101-v1', 101, on1x1),
    onImagenet(deepOn1x1, 'resnet152-v1', 152, on1x1),
    onImagenet(plain, 'plain18', 18, 'Section 4.1, plain networks'),
    onImagenet(plain, 'plain34', 34, 'Figure 3, middle'),
    onCifar(cifar, 'resnet20-cifar10', 20),
    onCifar(cifar, 'resnet32-cifar10', 32),
    onCifar(cifar, 'resnet44-cifar10', 44),
    onCifar(cifar, 'resnet56-cifar10', 56),
    onCifar(cifar, 'resnet110-cifar10', 110),
    onCifar(cifar, 'resnet1202-cifar10', 1202),
    onCifar(cifarPlain, 'plain20-cifar10', 20),
    onCifar(cifarPlain, 'plain56-cifar10', 56),
  ],
});
