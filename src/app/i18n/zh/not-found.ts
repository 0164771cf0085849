import type { Messages } from '../types.ts';

/** 不存在的地址。 */
export const notFound: Messages['notFound'] = {
  title: '没有这个页面',
  text: (path) => `${path} 处什么也没有。`,
  back: '返回图谱',
};
