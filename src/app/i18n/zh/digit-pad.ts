import type { digitPad as english } from '../en/digit-pad.ts';
import type { Widen } from '../types.ts';

/** 画板，以及网络实际收到的图像。 */
export const digitPad: Widen<typeof english> = {
  title: '画一个数字',
  surface: '画一个数字',
  hint: '在这里画一个数字，0–9',
  hintOver: '在上面画你自己的',
  undo: '撤销',
  clear: '清除',
  pen: '笔的粗细',
  pens: { thin: '细', normal: '中', thick: '粗' },
  samples: '或选一个示例',
  sample: (digit) => `示例 ${digit}`,
  describe: (strokes) =>
    strokes === 0 ? '画板是空的。不方便用指针时，可以选下面的示例。' : `画板上有 ${strokes} 笔。`,
  describeDemonstration: '画板上是一个示例。直接在上面画即可；不方便用指针时，可以选下面的示例。',
  empty: '画板是空的：画一个数字，或选一个示例。',
  warnings: {
    dot: '这只是一个点。请画出完整的数字；对一个点的判断没有意义。',
    scribble: '这看起来像随手涂鸦。网络只认识 0–9，无论画什么，它都会说出其中一个。',
    'off-pad': '有一笔画出了画板，超出边缘的部分被裁掉了。',
  },
  noCanvas: '这个浏览器无法在这里绘图，笔画不会显示，但网络仍能读到它们。',
  received: '网络收到的图像',
  steps: {
    ink: '找到笔迹',
    fitted: '缩放到 20×20',
    centred: '居中于 28×28',
    padded: '补边到 32×32',
  },
  describeReceived: ({ height, width, x, y }) =>
    `网络收到的 32×32 像素：笔迹宽 ${width}、高 ${height}，从第 ${x} 列、第 ${y} 行开始。`,
  nothingReceived: '网络还没有收到图像：画板是空的。',
};
