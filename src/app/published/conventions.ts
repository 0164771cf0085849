import type { LocalisedText, PublishedValue } from './types.ts';

/** A text in both languages. */
export const text = (en: string, zh: string): LocalisedText => ({ en, zh });

/** Conventions that more than one family is published under. */
export const conventions = {
  allTrained: text(
    'all trained numbers: weights, biases, batch normalization',
    '全部可训练的数：权重、偏置、批归一化',
  ),
  multiplyAdds: text(
    'multiply-adds, which the source calls FLOPs; convolutions and fully connected layers',
    '乘加次数（原文称 FLOPs），只计卷积和全连接层',
  ),
  aboutMultiplyAdds: text(
    'multiply-adds, which the source calls FLOPs; given as “about”',
    '乘加次数（原文称 FLOPs），原文注明是约数',
  ),
  oneCrop: text('ImageNet validation, one crop of 224', 'ImageNet 验证集，单次裁剪 224'),
  tenCrops: text('ImageNet validation, 10 crops', 'ImageNet 验证集，十次裁剪'),
  manyScales: text(
    'ImageNet validation, fully convolutional over several scales',
    'ImageNet 验证集，多尺度全卷积',
  ),
  cifarAugmented: text('with shifts and flips in training', '训练时平移、翻转'),
  cifarPlain: text('without augmentation', '不做数据增强'),
} as const;

/** torchvision's own figures of one of its networks: parameters, 10⁹ MACs at 224×224, errors in percent. */
export interface TorchvisionFigures {
  readonly parameters: number;
  readonly giga: number;
  readonly top1: number;
  readonly top5: number;
  /** Whether its only weights come from the newer recipe of training. */
  readonly newerRecipe?: boolean;
}

/** What torchvision's documentation states about a network and its first weights. */
export function torchvision(figures: TorchvisionFigures): readonly PublishedValue[] {
  const { parameters, giga, top1, top5, newerRecipe = false } = figures;
  const source = 'torchvision 0.14, documentation and weight metadata';
  const link = 'https://pytorch.org/vision/stable/models.html';
  const evaluated = newerRecipe
    ? text(
        'ImageNet validation, one crop of 224 after resizing to 232; newer recipe of training',
        'ImageNet 验证集，缩放到 232 后单次裁剪 224；较新的训练方法',
      )
    : text(
        'ImageNet validation, one crop of 224 after resizing to 256; first weights',
        'ImageNet 验证集，缩放到 256 后单次裁剪 224；最初的权重',
      );
  return [
    {
      quantity: 'parameters',
      value: parameters,
      convention: conventions.allTrained,
      source,
      link,
      agrees: 'exact',
    },
    {
      quantity: 'macs',
      value: giga,
      unit: 'G',
      convention: conventions.multiplyAdds,
      source,
      link,
      agrees: 'rounded',
    },
    { quantity: 'top1Error', value: top1, unit: '%', convention: evaluated, source, link, agrees: null },
    { quantity: 'top5Error', value: top5, unit: '%', convention: evaluated, source, link, agrees: null },
  ];
}

/** A work that values are taken from. */
export interface Reference {
  readonly source: string;
  readonly link?: string;
}

/** A work, by the place in it. */
export const reference =
  (work: string, link: string) =>
  (where: string): Reference => ({ source: `${work}, ${where}`, link });

/** An error in percent, which the atlas does not compute. */
export const error = (
  quantity: Extract<PublishedValue['quantity'], `${string}Error`>,
  value: number,
  convention: LocalisedText,
  work: Reference,
): PublishedValue => ({ quantity, value, unit: '%', convention, ...work, agrees: null });

/** Parameters in millions as a table prints them, which the computed count rounds to. */
export const millions = (
  value: number,
  work: Reference,
  convention: LocalisedText = conventions.allTrained,
): PublishedValue => ({
  quantity: 'parameters',
  value,
  unit: 'M',
  convention,
  ...work,
  agrees: 'rounded',
});

/** MACs in thousands of millions as a table prints them, which the computed count rounds to. */
export const giga = (
  value: number,
  work: Reference,
  convention: LocalisedText = conventions.multiplyAdds,
): PublishedValue => ({ quantity: 'macs', value, unit: 'G', convention, ...work, agrees: 'rounded' });

/** The same value as one that neither equals nor rounds the computed one, and why. */
export const differing = (value: PublishedValue, reason: LocalisedText): PublishedValue => ({
  ...value,
  agrees: 'differs',
  reason,
});

/** An independent implementation's exact counts, used where a paper has none. */
export const imgclsmob: Reference = {
  source: 'osmr/imgclsmob, README',
  link: 'https://github.com/osmr/imgclsmob',
};
