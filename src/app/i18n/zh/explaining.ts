import type { explaining as en } from '../en/explaining.ts';
import type { Widen } from '../types.ts';

/** What the page says of where a network looks. */
export const explaining: Widen<typeof en> = {
  title: '为什么是这个答案？',
  empty: '有了可读的内容之后，这里会显示其中哪些部分起了决定作用。',
  live: '请先停止摄像头，再对画面提问。',
  classLabel: '类别',
  mostProbable: (name) => `概率最大（${name}）`,
  opacity: '不透明度',
  percent: (share) => `${Math.round(100 * share)} %`,
  against: '反对',
  towards: '支持',
  cam: {
    title: '类激活图',
    how: (maps, size) => `精确结果：最后的特征图（${maps}，${size}）按分类器中该类的一行权重加权求和。`,
    howAlone: (maps, size) => `精确结果：该类自己的特征图（${maps}，${size}），其均值就是该类的 logit。`,
    sum: (mean, bias, logit) => `均值 ${mean} + 偏置 ${bias} = logit ${logit}`,
    sumAlone: (mean) => `均值 = logit ${mean}`,
    scale: '颜色：每个位置对 logit 的贡献乘以位置总数；最强处为全色。',
    picture: (name) => `叠加在图片上的“${name}”类激活图`,
    missing: '这个网络没有类激活图：它的末端不是“特征图求均值再接一个线性层”的结构。可以改用遮挡法。',
    waiting: '最后的特征图正在读取。',
    unread: '文件中分类层的权重采用了这里无法读取的形式。请改用遮挡图片各部分的方法。',
  },
  occlusion: {
    title: '遮挡',
    how: (fill) =>
      `用一个方块（${fill}）依次遮住各处：遮住关键部分时，该类的概率会下降（Zeiler 与 Fergus，2013）。`,
    fillGrey: '中灰色',
    fillPaper: '空白纸面',
    patch: '方块',
    stride: '步长',
    pixels: (value) => `${value} 像素`,
    places: (places) => `${places} 个位置`,
    placesAbout: (places, time) => `${places} 个位置，约 ${time}`,
    tooMany: (places, most) => `${places} 个位置超过了 ${most} 个：请选择更大的方块或步长。`,
    start: '开始遮挡',
    again: '再做一次',
    cancel: '取消',
    progress: '已遮住的位置',
    progressOf: (done, total) => `${done} / ${total}`,
    cancelled: (done, total) => `在 ${total} 处中的 ${done} 处之后取消。`,
    failed: '运行失败，因此这张图不完整。',
    waiting: '正在等待运行时。',
    scale: '颜色：遮住该像素的各个方块使概率下降的平均值。',
    towards: '下降',
    against: '上升',
    strongest: (name, before, after, x, y) =>
      `${name}：未遮挡时 ${before}，方块位于 ${x}, ${y} 时最低，为 ${after}。`,
    picture: (name) => `遮住各处对“${name}”的影响，叠加在图片上`,
  },
};
