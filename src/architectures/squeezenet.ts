import { classes, form, integer, variant } from '../engine/spec/form.ts';
import {
  block,
  branches,
  type ConvOptions,
  conv,
  convBnRelu,
  convRelu,
  dropout,
  type Extent,
  family,
  flatten,
  globalAveragePool,
  image,
  maxPool,
  residual,
  softmax,
} from '../engine/spec/layers.ts';
import type { GroupSpec, Series, Source, Spec } from '../engine/spec/types.ts';

const iandola2016 = (where: string): Source => ({
  paper: 'arXiv:1602.07360',
  link: 'https://arxiv.org/abs/1602.07360',
  where,
  year: 2016,
  authors: 'Iandola, Han, Moskewicz, Ashraf, Dally, Keutzer',
});

type Convolution = (channels: number, kernel: Extent, options?: ConvOptions) => GroupSpec;

/** Figure 1: squeeze to a few channels by 1×1, expand by 1×1 and 3×3 side by side. */
const fire = (squeeze: number, expand: number, convolution: Convolution): Series => ({
  squeeze: convolution(squeeze, 1),
  expand: branches('Concat', { '1x1': convolution(expand, 1), '3x3': convolution(expand, 3) }),
});

/** Table 1: squeeze and expand widths of fire2 to fire9. */
const fires = [
  [16, 64],
  [16, 64],
  [32, 128],
  [32, 128],
  [48, 192],
  [48, 192],
  [64, 256],
  [64, 256],
] as const;

/** Section 6: none; identities around fire3, 5, 7 and 9; and 1×1 convolutions around the others too. */
type Bypass = 'none' | 'simple' | 'complex';

const FIRST_FIRE = 2;

function fireModule(index: number, bypass: Bypass, share = 1, convolution: Convolution = convRelu): Spec {
  const [squeeze, expand] = (fires[index] ?? [0, 0]).map((width) => Math.max(1, Math.round(width * share)));
  const body = fire(squeeze ?? 1, expand ?? 1, convolution);
  const keepsWidth = (index + FIRST_FIRE) % 2 === 1;
  if (bypass === 'none' || (bypass === 'simple' && !keepsWidth)) return block(body);
  return residual({ body, ...(keepsWidth ? {} : { shortcut: conv(2 * (expand ?? 1), 1) }) });
}

const pool = () => maxPool(3, { stride: 2, rounding: 'ceil' });

function network(count: number, stem: Spec, pooledAfter: readonly number[], bypass: Bypass): Series {
  const modules: Record<string, Spec> = {};
  for (let index = 0; index < fires.length; index += 1) {
    const number = index + FIRST_FIRE;
    modules[`fire${number}`] = fireModule(index, bypass);
    if (pooledAfter.includes(number)) modules[`pool${number}`] = pool();
  }
  return {
    conv1: stem,
    pool1: pool(),
    ...modules,
    dropout: dropout(),
    conv10: convRelu(count, 1),
    pool10: globalAveragePool(),
    flatten: flatten(),
    softmax: softmax(),
  } as Series;
}

const suffix: Readonly<Record<Bypass, string>> = {
  none: '',
  simple: ' with simple bypass',
  complex: ' with complex bypass',
};

const version10 = (bypass: Bypass) =>
  form({
    id: `squeezenet-1.0-${bypass}`,
    knobs: { classes: classes() },
    title: () => `SqueezeNet 1.0${suffix[bypass]}`,
    layers: ({ classes: count }) =>
      network(count, convRelu(96, 7, { stride: 2, padding: 0 }), [4, 8], bypass),
  });

/** The authors' later release: a smaller stem, and pools earlier. */
const version11 = form({
  id: 'squeezenet-1.1',
  knobs: { classes: classes() },
  title: () => 'SqueezeNet 1.1',
  layers: ({ classes: count }) => network(count, convRelu(64, 3, { stride: 2, padding: 0 }), [3, 5], 'none'),
});

/**
 * SqueezeNet for 32×32 with simple bypass: a stem of 3×3 at stride 1, the pools where version 1.0 has them, widths in
 * proportion to the stem's, and batch normalisation, with which few epochs do and dropout is not needed.
 */
const cifar = form({
  id: 'squeezenet-cifar',
  knobs: { filters: integer(6, 96), classes: classes() },
  title: () => 'SqueezeNet (CIFAR-10)',
  layers({ filters, classes: count }): Series {
    const modules: Record<string, Spec> = {};
    for (let index = 0; index < fires.length; index += 1) {
      const number = index + FIRST_FIRE;
      modules[`fire${number}`] = fireModule(index, 'simple', filters / 96, convBnRelu);
      if (number === 4 || number === 8) modules[`pool${number}`] = pool();
    }
    return {
      conv1: convBnRelu(filters, 3),
      pool1: pool(),
      ...modules,
      conv10: conv(count, 1),
      pool10: globalAveragePool(),
      flatten: flatten(),
      softmax: softmax(),
    } as Series;
  },
});

/** SqueezeNet: AlexNet's accuracy out of a fiftieth of its parameters. */
export const squeezenet = family({
  id: 'squeezenet',
  title: 'SqueezeNet',
  year: 2016,
  variants: [
    variant(version10('none'), {
      id: 'squeezenet-1.0',
      source: iandola2016('Table 1'),
      input: image(3, 224),
      values: { classes: 1000 },
      published: { parameters: 1_248_424, macs: 818_924_576, source: 'torchvision' },
    }),
    variant(version11, {
      id: 'squeezenet-1.1',
      source: iandola2016('the authors’ release 1.1'),
      input: image(3, 224),
      values: { classes: 1000 },
      published: { parameters: 1_235_496, macs: 349_151_936, source: 'torchvision' },
    }),
    variant(version10('simple'), {
      id: 'squeezenet-1.0-simple-bypass',
      source: iandola2016('Section 6, Figure 2, middle'),
      input: image(3, 224),
      values: { classes: 1000 },
    }),
    variant(cifar, {
      id: 'squeezenet-cifar10',
      source: iandola2016('Table 1, Section 6; half the widths, for 32×32, by this project'),
      input: image(3, 32),
      values: { filters: 48, classes: 10 },
    }),
    variant(version10('complex'), {
      id: 'squeezenet-1.0-complex-bypass',
      source: iandola2016('Section 6, Figure 2, right'),
      input: image(3, 224),
      values: { classes: 1000 },
    }),
  ],
});
