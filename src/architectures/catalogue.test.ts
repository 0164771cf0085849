import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { figuresCsv, figuresOf } from '../cli/figures-report.ts';
import { computeCosts } from '../engine/cost/costs.ts';
import { lower } from '../engine/graph/lower.ts';
import { describePlacedProblem } from '../engine/graph/problem.ts';
import { maxPool } from '../engine/spec/layers.ts';
import type { Architecture, Series } from '../engine/spec/types.ts';
import { architectures, families, familyOf } from './index.ts';

const network = (id: string): Architecture => {
  const found = architectures.get(id);
  if (!found) throw new RangeError(id);
  return found;
};

/**
 * Parameters and MACs as others count them: torchvision 0.1x (alexnet-owt, vgg*, googlenet-torchvision, resnet*,
 * wrn-50-2, wrn-101-2, resnext*-32x*, resnext101-64x4d, densenet*, squeezenet-1.*), osmr's and BVLC's tables (alexnet,
 * zfnet), LeCun et al. 1998 (lenet5-1998), and an independent recount in PyTorch (the rest).
 */
const publishedTotals: Record<string, readonly [parameters: number, macs: number]> = {
  lenet5: [61_706, 416_520],
  'lenet5-1998': [60_000, 325_680],
  alexnet: [60_965_224, 724_406_816],
  'alexnet-owt': [61_100_840, 714_188_480],
  'alexnet-lecture': [45_607_042, 1_118_488_880],
  'alexnet-cifar10': [927_434, 14_147_328],
  zfnet: [62_357_608, 1_168_032_896],
  'zfnet-cifar10': [840_682, 13_875_072],
  vgg11: [132_863_336, 7_609_090_048],
  vgg13: [133_047_848, 11_308_466_176],
  vgg16: [138_357_544, 15_470_264_320],
  vgg19: [143_667_240, 19_632_062_464],
  'vgg11-bn': [132_868_840, 7_609_090_048],
  'vgg13-bn': [133_053_736, 11_308_466_176],
  'vgg16-bn': [138_365_992, 15_470_264_320],
  'vgg19-bn': [143_678_248, 19_632_062_464],
  'vgg11-lrn': [132_863_336, 7_609_090_048],
  'vgg16-c': [133_638_952, 11_770_888_192],
  'vgg11-cifar10': [579_098, 9_880_832],
  'nin-cifar10': [966_986, 222_486_528],
  'nin-small-cifar10': [64_122, 16_693_248],
  'nin-imagenet': [7_595_176, 1_100_188_800],
  googlenet: [6_998_552, 1_582_671_872],
  'googlenet-aux': [13_378_280, 1_591_044_096],
  'googlenet-torchvision': [6_624_904, 1_498_376_192],
  'inception-cifar10': [214_034, 17_480_192],
  'inception-3a': [164_432, 128_049_152],
  // The lecture's 854 M for the naive module; its 358 M for the reduced one counts the 3×3 convolution twice.
  'inception-naive': [1_089_952, 854_196_224],
  'inception-reduced': [346_720, 271_351_808],
  resnet18: [11_689_512, 1_814_073_344],
  resnet34: [21_797_672, 3_663_761_408],
  resnet50: [25_557_032, 4_089_184_256],
  resnet101: [44_549_160, 7_801_405_440],
  resnet152: [60_192_808, 11_513_626_624],
  'resnet50-v1': [25_557_032, 3_857_973_248],
  'resnet101-v1': [44_549_160, 7_570_194_432],
  'resnet152-v1': [60_192_808, 11_282_415_616],
  plain18: [11_515_688, 1_794_805_760],
  plain34: [21_623_848, 3_644_493_824],
  'resnet20-cifar10': [269_722, 40_551_040],
  'resnet32-cifar10': [464_154, 68_862_592],
  'resnet44-cifar10': [658_586, 97_174_144],
  'resnet56-cifar10': [853_018, 125_485_696],
  'resnet110-cifar10': [1_727_962, 252_887_680],
  'resnet1202-cifar10': [19_421_274, 2_829_238_912],
  'plain20-cifar10': [269_722, 40_551_040],
  'plain56-cifar10': [853_018, 125_485_696],
  'preact-resnet20-cifar10': [269_722, 40_551_040],
  'preact-resnet110-cifar10': [1_727_962, 252_887_680],
  'preact-resnet164-cifar10': [1_703_258, 244_500_992],
  'preact-resnet1001-cifar10': [10_327_706, 1_487_849_984],
  'preact-resnet200': [64_666_152, 15_007_481_856],
  'wrn-16-2-cifar10': [691_674, 101_106_944],
  'wrn-16-4': [2_748_890, 392_612_352],
  'wrn-16-8': [10_961_370, 1_548_145_664],
  'wrn-22-8': [17_158_106, 2_454_115_328],
  'wrn-28-10': [36_479_194, 5_243_328_768],
  'wrn-28-12': [52_517_850, 7_543_905_792],
  'wrn-40-4': [8_949_210, 1_298_582_016],
  'wrn-50-2': [68_883_240, 11_398_021_120],
  'wrn-101-2': [126_886_696, 22_753_050_624],
  'resnext50-32x4d': [25_028_904, 4_230_479_872],
  'resnext101-32x4d': [44_177_704, 7_969_996_800],
  'resnext101-32x8d': [88_791_336, 16_414_015_488],
  'resnext101-64x4d': [83_455_272, 15_460_270_080],
  'resnext29-mini-cifar10': [207_090, 32_335_104],
  'resnext29-8x64d': [34_426_698, 5_387_266_048],
  'resnext29-16x64d': [68_155_210, 10_688_866_304],
  'stochastic-depth-32-cifar10': [464_154, 68_862_592],
  'stochastic-depth-110': [1_727_962, 252_887_680],
  'stochastic-depth-152': [60_192_808, 11_513_626_624],
  'stochastic-depth-1202': [19_421_274, 2_829_238_912],
  'fractalnet-cifar10': [531_626, 13_787_776],
  fractalnet20: [33_734_922, 845_222_912],
  fractalnet40: [76_128_714, 2_036_077_568],
  fractalnet34: [164_031_016, 24_164_982_784],
  densenet121: [7_978_856, 2_834_161_664],
  densenet169: [14_149_480, 3_359_843_328],
  densenet201: [20_013_928, 4_291_365_888],
  densenet161: [28_681_000, 7_727_907_072],
  densenet264: [33_337_704, 5_751_653_376],
  'densenet40-k12': [1_019_722, 264_812_928],
  'densenet100-k12': [6_979_642, 1_769_516_448],
  'densenet100-k24': [27_249_082, 6_889_347_744],
  'densenet-bc40-k12-cifar10': [176_122, 72_365_352],
  'densenet-bc100-k12': [769_162, 287_929_692],
  'densenet-bc250-k24': [15_324_406, 5_418_785_724],
  'densenet-bc190-k40': [25_624_430, 9_301_945_740],
  'squeezenet-1.0': [1_248_424, 818_924_576],
  'squeezenet-1.1': [1_235_496, 349_151_936],
  'squeezenet-1.0-simple-bypass': [1_248_424, 818_924_576],
  'squeezenet-cifar10': [186_426, 13_819_904],
  'squeezenet-1.0-complex-bypass': [1_589_672, 1_165_298_720],
};

describe('the catalogue', () => {
  it('has each id once, lower case, the same as in its family', () => {
    const ids = families.flatMap((family) => family.variants.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...architectures.keys()]).toEqual(ids);
    for (const id of ids) {
      expect(id).toMatch(/^[a-z0-9]+([-.][a-z0-9]+)*$/);
      expect(familyOf(id).variants.map((variant) => variant.id)).toContain(id);
    }
  });

  it('is in the order of its years', () => {
    const years = families.map(({ year }) => year);
    expect(years).toEqual([...years].sort((a, b) => a - b));
  });

  it('knows no family of a network that there is not', () => {
    expect(() => familyOf('lenet-6')).toThrow('no architecture "lenet-6"');
  });
});

describe('every network of the catalogue', () => {
  const fitting = [...architectures.values()].filter((candidate) => !lower(candidate).problem);

  it('fits its own input, but for the listing that is there because it does not', () => {
    const broken = [...architectures.keys()].filter((id) => lower(network(id)).problem);
    expect(broken).toEqual(['zfnet-lecture']);
    expect(fitting.map(({ id }) => id).sort()).toEqual(Object.keys(publishedTotals).sort());
  });

  it.each(Object.entries(publishedTotals))('%s has the published totals', (id, [parameters, macs]) => {
    const { total } = computeCosts(lower(network(id)));
    expect([total.parameters, total.macs]).toEqual([parameters, macs]);
  });

  it.each(fitting.map((one) => [one.id, one] as const))('%s states the totals it has', (_id, one) => {
    const { total } = computeCosts(lower(one));
    // The paper's own count of AlexNet is cut off to millions.
    const stated = one.published?.parameters;
    if (stated !== undefined) {
      const unit = stated % 1e6 === 0 ? 1e7 : 1;
      expect(Math.floor(total.parameters / unit) * unit).toBe(stated);
    }
    if (one.published?.macs !== undefined) expect(total.macs).toBe(one.published.macs);
  });

  const golden = new URL('golden/', import.meta.url);

  it.each([...architectures.keys()])('%s has the shapes and figures of its golden table', (id) => {
    const table = figuresCsv(figuresOf(lower(network(id))).nodes);
    expect(table).toBe(readFileSync(new URL(`${id}.csv`, golden), 'utf8'));
  });

  it('has a golden table, and no table is left over', () => {
    const tables = readdirSync(golden).sort();
    expect(tables).toEqual([...architectures.keys()].map((id) => `${id}.csv`).sort());
  });
});

describe('LeNet-5 of 1998', () => {
  const graph = lower(network('lenet5-1998'));
  const { byGroup, byNode } = computeCosts(graph);

  it('has the trainable parameters that the paper gives layer by layer', () => {
    const parameters = ['c1', 's2', 'c3', 's4', 'c5', 'f6'].map((id) => byGroup.get(id)?.parameters);
    expect(parameters).toEqual([156, 12, 1_516, 32, 48_120, 10_164]);
  });

  it('has the connections that the paper gives: multiplications and additions of every layer, biases included', () => {
    const connections = ['c1/conv', 's2/subsample', 'c3/conv', 's4/subsample', 'c5/conv', 'f6/fc'].map(
      (id) => {
        const operations = byNode.get(id)?.operations;
        return operations && operations.multiplyAccumulate + operations.add + operations.multiply;
      },
    );
    expect(connections).toEqual([122_304, 5_880, 151_600, 2_000, 48_120, 10_164]);
  });

  it('reads three, four or all of six maps in C3, as Table I has it', () => {
    const c3 = graph.nodeById.get('c3/conv');
    const connections = c3?.op === 'Conv' ? c3.attributes.connections : undefined;
    expect(connections?.map((maps) => maps.length)).toEqual([3, 3, 3, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 6]);
    expect(new Set(connections?.map((maps) => maps.join())).size).toBe(16);
    const readers = [0, 1, 2, 3, 4, 5].map((map) => connections?.filter((maps) => maps.includes(map)).length);
    expect(readers).toEqual([10, 10, 10, 10, 10, 10]);
  });
});

describe('ZFNet as the lecture prints it', () => {
  const lecture = network('zfnet-lecture');

  it('breaks at its first fully connected layer, with the arithmetic', () => {
    const { problem, nodes, unreached } = lower(lecture);
    expect(problem && describePlacedProblem(problem)).toBe(
      'fc6/fc (Gemm): declared for 9216 inputs, but 256 · 5 · 5 = 6400',
    );
    const sizes = nodes.filter(({ op }) => op === 'Conv' || op === 'MaxPool').map(({ shape }) => shape[1]);
    expect(sizes).toEqual([110, 54, 25, 12, 12, 12, 12, 5]);
    expect(unreached.map(({ id }) => id)).toEqual([
      'fc6/fc',
      'fc6/relu',
      'fc7/fc',
      'fc7/relu',
      'fc8',
      'softmax',
    ]);
  });

  const repaired = (pools: Series): Architecture => ({
    ...lecture,
    layers: { ...lecture.layers, ...pools } as Series,
  });

  it('is repaired by pools that round up', () => {
    const pool = maxPool(3, { stride: 2, rounding: 'ceil' });
    const graph = lower(repaired({ pool1: pool, pool2: pool, pool5: pool }));
    expect(graph.problem).toBeNull();
    expect(computeCosts(graph).total.parameters).toBe(62_357_608);
  });

  it('is repaired by padding the first two pools', () => {
    const pool = maxPool(3, { stride: 2, padding: 1 });
    const graph = lower(repaired({ pool1: pool, pool2: pool }));
    expect(graph.problem).toBeNull();
    expect(computeCosts(graph).total.parameters).toBe(62_357_608);
  });
});
