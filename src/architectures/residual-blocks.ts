import {
  batchNorm,
  block,
  conv,
  convBn,
  convBnRelu,
  fc,
  flatten,
  globalAveragePool,
  maxPool,
  padChannels,
  relu,
  residual,
  softmax,
  stage,
  stochasticDepth,
  unit,
} from '../engine/spec/layers.ts';
import type { Series, Spec } from '../engine/spec/types.ts';

/** Where one residual block stands: its number in the whole network, from 1, and within its stage, from 0. */
export interface BlockPlace {
  readonly stage: number;
  readonly index: number;
  readonly number: number;
  readonly stride: 1 | 2;
  readonly isFirst: boolean;
}

/** Stages of blocks: `conv2_x` to `conv5_x` for the usual four; the first block of each but the first strides by 2. */
export function residualStages(
  counts: readonly number[],
  name: (stage: number) => string,
  build: (place: BlockPlace) => Spec,
): Record<string, Spec> {
  const stages: Record<string, Spec> = {};
  let number = 0;
  counts.forEach((count, index) => {
    const blocks: Record<string, Spec> = {};
    for (let inner = 0; inner < count; inner += 1) {
      number += 1;
      const stride = index > 0 && inner === 0 ? 2 : 1;
      blocks[`block${inner + 1}`] = build({
        stage: index,
        index: inner,
        number,
        stride,
        isFirst: inner === 0,
      });
    }
    stages[name(index)] = stage(blocks as Series);
  });
  return stages;
}

/** `conv2_x`, `conv3_x` …: He et al. 2015, Table 1. */
export const stageName = (index: number): string => `conv${index + 2}_x`;

/** The stem for ImageNet: 7×7 convolution and 3×3 max pooling, each at stride 2. */
export const imagenetStem = (filters = 64): Series => ({
  conv1: convBnRelu(filters, 7, { stride: 2 }),
  pool1: maxPool(3, { stride: 2, padding: 1 }),
});

/** Global average pooling and one fully connected layer. */
export const averageHead = (classes: number): Series => ({
  pool: globalAveragePool(),
  flatten: flatten(),
  fc: fc(classes),
  softmax: softmax(),
});

/** A 1×1 convolution that brings the input to the body's width and stride (option B). */
export const projection = (channels: number, stride: number): Spec => convBn(channels, 1, { stride });

/** Every second pixel and channels of zeros: no parameters (option A). */
export const zeroPadded = (inputs: number, outputs: number, stride: number): Series => ({
  ...(stride > 1 ? { subsample: maxPool(1, { stride }) } : {}),
  pad: padChannels(0, outputs - inputs),
});

/** The survival probability of a block, where the network drops blocks in training. */
const survivalOf = (survival: number | undefined): Series =>
  survival === undefined ? {} : { drop: stochasticDepth(survival) };

/** Figure 2 of He et al. 2015: two 3×3 convolutions around which the input goes. */
export const basicBlock = (options: {
  readonly width: number;
  readonly stride: number;
  readonly shortcut?: Spec;
  readonly survival?: number;
}): Spec =>
  residual({
    body: {
      conv1: convBnRelu(options.width, 3, { stride: options.stride }),
      conv2: convBn(options.width, 3),
      ...survivalOf(options.survival),
    },
    ...(options.shortcut ? { shortcut: options.shortcut } : {}),
    after: { relu: relu() },
  });

/** The same two convolutions without a shortcut: a plain network's. */
export const plainBlock = (width: number, stride: number): Spec =>
  block({ conv1: convBnRelu(width, 3, { stride }), conv2: convBnRelu(width, 3) });

/**
 * Figure 5, right, of He et al. 2015: 1×1 reduces, 3×3 works, 1×1 restores. With groups it is ResNeXt's block (Xie et
 * al. 2017, Figure 3c).
 */
export const bottleneck = (options: {
  /** Channels of the 3×3 convolution. */
  readonly inner: number;
  readonly outer: number;
  readonly stride: number;
  readonly groups?: number;
  /** The paper strides the first 1×1 convolution; torchvision and others the 3×3. */
  readonly strideOn: '1x1' | '3x3';
  readonly shortcut?: Spec;
  readonly survival?: number;
}): Spec => {
  const { inner, outer, stride, groups = 1, strideOn } = options;
  return residual({
    body: {
      conv1: convBnRelu(inner, 1, { stride: strideOn === '1x1' ? stride : 1 }),
      conv2: convBnRelu(inner, 3, { stride: strideOn === '3x3' ? stride : 1, groups }),
      conv3: convBn(outer, 1),
      ...survivalOf(options.survival),
    },
    ...(options.shortcut ? { shortcut: options.shortcut } : {}),
    after: { relu: relu() },
  });
};

/** Normalise, activate, then convolve: the order of He et al. 2016. */
export const bnReluConv = (channels: number, kernel: number, stride = 1): Spec =>
  unit({
    bn: batchNorm(),
    relu: relu(),
    conv: conv(channels, kernel, { stride, padding: (kernel - 1) / 2, bias: false }),
  });

/** A convolution whose input is already activated. */
const bareConv = (channels: number, kernel: number, stride = 1): Spec =>
  unit({ conv: conv(channels, kernel, { stride, padding: (kernel - 1) / 2, bias: false }) });

/** One convolution of a pre-activated body. */
export interface BodyConv {
  readonly channels: number;
  readonly kernel: number;
  readonly stride?: number;
}

/**
 * A pre-activated residual block (He et al. 2016, Figure 4e): nothing stands behind the sum. Where the shortcut is no
 * identity, or the block is the network's first, the first activation is shared by both ways (their appendix).
 */
export function preactivated(
  convs: readonly BodyConv[],
  options: { readonly shared: 'activation' | 'nothing' | null; readonly shortcut?: Spec },
): Spec {
  const body = Object.fromEntries(
    convs.map(({ channels, kernel, stride = 1 }, index) => [
      `conv${index + 1}`,
      index === 0 && options.shared !== null
        ? bareConv(channels, kernel, stride)
        : bnReluConv(channels, kernel, stride),
    ]),
  ) as Series;
  const sum = residual({ body, ...(options.shortcut ? { shortcut: options.shortcut } : {}) });
  if (options.shared !== 'activation') return sum;
  return block({ preact: unit({ bn: batchNorm(), relu: relu() }), sum });
}

/** The activation behind the last sum of a pre-activated network. */
export const finalActivation = (): Series => ({ activate: unit({ bn: batchNorm(), relu: relu() }) });
