import type { Messages } from '../types.ts';

/** 图谱首页：入口与网络谱系。 */
export const home: Messages['home'] = {
  title: '看见每一层所看见的。',
  lede: '画一个数字，看训练好的 LeNet-5 边画边认；再沿着谱系看它之后的网络：每一个形状、参数量与乘加次数，都附有得出它的算式。',
  drawADigit: '画一个数字',
  browse: '浏览各个网络',
  padCaption: '一笔画下，',
  networkCaption: (title, layers) => `穿过 ${title} 的 ${layers} 层（按真实形状绘制），`,
  answerCaption: '得到十个答案。',
  heroLabel: (title) => `画一个数字：打开 ${title}`,
  lineageTitle: '谱系',
  lineageIntro: (families, networks, from, to) =>
    `${families} 个家族，${networks} 个网络，${from}–${to} 年。每条线从一个网络通向在它基础上发展出的网络。`,
  scaleAbove: '线上每层一根条：高度是特征图高度的平方根，厚度是通道数的 log₂。',
  scaleBelow: '线下是该层的参数量，按线性比例。所有网络共用一个比例。',
  since: (parent) => `相对于 ${parent}`,
  variants: (family) => `${family} 的各种形式`,
  doesNotFit: '拼不起来：一堂课',
  glyphLabel: (title, layers) => `${title} 的层叠结构：共 ${layers} 层`,
  shownVariant: (title) => `数字取自 ${title}`,
};
