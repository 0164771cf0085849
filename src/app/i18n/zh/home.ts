import type { home as en } from '../en/home.ts';
import type { Widen } from '../types.ts';

/** 图谱首页：入口与网络谱系。 */
export const home: Widen<typeof en> = {
  title: '看见每一层所看见的。',
  lede: '画一个数字，看训练好的 LeNet-5 边画边认；再沿着谱系看它之后的网络：每一个形状、参数量与乘加次数，都附有得出它的算式。',
  drawADigit: '画一个数字',
  browse: '查找网络',
  own: '打开自己的网络',
  chart: '准确率与开销',
  padCaption: '一笔画下，',
  networkCaption: (title, layers) => `穿过 ${title} 的 ${layers} 层（按真实形状绘制），`,
  answerCaption: '得到十个答案。',
  heroLabel: (title) => `画一个数字：打开 ${title}`,
  lineageTitle: '谱系',
  lineageIntro: (families, networks, from, to) =>
    `${families} 个家族，${networks} 个网络，${from}–${to} 年。每条线从一个网络通向在它基础上发展出的网络。`,
  variants: (family) => `${family} 的各种形式`,
  forms: (count) => `${count} 个网络`,
  doesNotFit: '拼不起来：一堂课',
  shownVariant: (title) => `数字取自 ${title}`,
};
