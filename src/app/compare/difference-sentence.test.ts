import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { diffGraphs } from '../../engine/diff/diff-graphs.ts';
import { lower } from '../../engine/graph/lower.ts';
import { compare as en } from '../i18n/en/compare.ts';
import { compare as zh } from '../i18n/zh/compare.ts';
import { differenceSentence } from './difference-sentence.ts';

const diffOf = (...ids: readonly [string, string]) => {
  const [before, after] = ids.map((id) => {
    const architecture = architectures.get(id);
    if (!architecture) throw new Error(`no ${id}`);
    return lower(architecture);
  });
  if (!before || !after) throw new Error('two networks');
  return diffGraphs(before, after);
};

const sentenceOf = (before: string, after: string): string =>
  differenceSentence(diffOf(before, after), en.sentence);

describe('what differs, in a sentence', () => {
  it('AlexNet to ZFNet: smaller filters and stride first, no normalization inside, no groups', () => {
    expect(sentenceOf('alexnet', 'zfnet')).toBe(
      'conv1 11×11/4 → 7×7/2, pad 0 → 1, − LRN; rounds up, not down in 3 layers, the first pool1; conv2 5×5 → 5×5/2, pad 2 → 0, groups 2 → 1, − LRN; groups 2 → 1 in 2 layers, the first conv4; 2 layers added, the first norm1.',
    );
  });

  it('VGG-16 to VGG-19: three convolutions more, and back: three fewer', () => {
    expect(sentenceOf('vgg16', 'vgg19')).toBe('3 layers added, the first stage3/conv4.');
    expect(sentenceOf('vgg19', 'vgg16')).toBe('3 layers removed, the first stage3/conv4.');
  });

  it('ResNet-50 to ResNeXt-50 and WRN-50-2: wider inside, and groups', () => {
    expect(sentenceOf('resnet50', 'resnext50-32x4d')).toBe(
      '2 × the filters in 16 layers, the first conv2_x/block1/body/conv1; 2 × the filters, groups 1 → 32 in 16 layers, the first conv2_x/block1/body/conv2.',
    );
    expect(sentenceOf('resnet50', 'wrn-50-2')).toBe(
      '2 × the filters in 32 layers, the first conv2_x/block1/body/conv1.',
    );
    expect(sentenceOf('resnext50-32x4d', 'wrn-50-2')).toBe(
      'groups 32 → 1 in 16 layers, the first conv2_x/block1/body/conv2.',
    );
  });

  it('plain-34 to ResNet-34: sums, and the ReLU that moves behind them', () => {
    expect(sentenceOf('plain34', 'resnet34')).toBe(
      '− ReLU in 16 layers, the first conv2_x/block1/body/conv2; 38 layers added, the first conv2_x/block1/add.',
    );
  });

  it('networks of another kind have little in common, and equal ones nothing that differs', () => {
    expect(sentenceOf('vgg19', 'densenet264')).toMatch(/^They have little in common: 22 layers/);
    expect(sentenceOf('resnet50', 'resnet50')).toBe('No layer differs.');
    expect(differenceSentence(diffOf('vgg16', 'vgg19'), zh.sentence)).toBe(
      '新增 3 层，第一层是 stage3/conv4。',
    );
  });
});
