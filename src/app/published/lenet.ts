import { error, reference, text } from './conventions.ts';
import type { PublishedTable } from './types.ts';

const lecun1998 = reference('LeCun et al. 1998', 'https://doi.org/10.1109/5.726791');

/** Published values of the LeNets. */
export const lenet: PublishedTable = {
  'lenet5-1998': [
    {
      quantity: 'parameters',
      value: 60_000,
      convention: text(
        'trained numbers; the output units’ codes are fixed',
        '可训练的数；输出单元的编码是固定的',
      ),
      ...lecun1998('section II.B'),
      agrees: 'exact',
    },
    {
      quantity: 'connections',
      value: 340_908,
      convention: text(
        'one for every product and every bias addition, and the 840 fixed inputs of the output units',
        '每个乘积、每次偏置相加各算一个，另加输出单元的 840 个固定输入',
      ),
      ...lecun1998('section II.B'),
      agrees: null,
    },
    error(
      'mnistError',
      0.95,
      text('test set; training images as they are', '测试集；训练图像不加变形'),
      lecun1998('section III'),
    ),
    error(
      'mnistError',
      0.8,
      text('test set; training images also distorted', '测试集；训练图像另加变形'),
      lecun1998('section III'),
    ),
  ],
};
