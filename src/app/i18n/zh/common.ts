import type { Messages } from '../types.ts';

/** 页面各处共用的词语。 */
export const common: Messages['common'] = {
  applicationName: 'ConvAtlas',
  parameters: '参数量',
  macs: '乘加 (MAC)',
  macsLong: '乘加次数',
  loading: '正在加载…',
  tryAgain: '重试',
  close: '关闭',
  panelFailed: (title) => `“${title}”出错了，页面的其余部分不受影响。`,
  routeFailed: '这个页面出错了',
  routeFailedHint: '你画的内容没有丢失。请重试，或返回图谱首页。',
  chunkFailed: '页面的一部分没能加载。请检查网络连接后重试。',
};
