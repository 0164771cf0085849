import type { palette as en } from '../en/palette.ts';
import type { Widen } from '../types.ts';

/** 命令面板：查找一切，执行一切。 */
export const palette: Widen<typeof en> = {
  title: '查找一切',
  placeholder: '网络、层、思想、操作……',
  results: '结果',
  nothing: (query) => `没有找到“${query}”。`,
  allNetworks: (query) => `在全部网络中搜索“${query}”`,
  close: '关闭',
  keys: { move: '移动', run: '打开', close: '关闭' },
  groups: {
    layer: '这个网络的层',
    network: '网络',
    family: '家族',
    page: '页面',
    action: '操作',
  },
  pages: {
    home: '图谱',
    catalogue: '全部网络',
    compare: '网络并排对比',
    about: '关于',
    device: '测量这台设备',
    build: '打开 ONNX 文件',
    draw: '画一个数字',
    chart: '准确率与开销',
  },
  pageWords: ['页面', '前往'],
  actions: {
    unfoldAll: '展开所有层',
    foldAll: '折叠所有层',
    macs: '以 MAC 计数',
    flops: '以 FLOP 计数',
    dtype: (name) => `精度：${name}`,
    language: (name) => `语言：${name}`,
    theme: { system: '配色：跟随系统', light: '配色：浅色', dark: '配色：深色' },
    copyAddress: '复制本页地址',
  },
  current: '当前',
  actionWords: {
    fold: ['折叠', '展开', '收起'],
    units: ['单位', '运算量', '乘加'],
    dtype: ['精度', '数据类型', '量化'],
    theme: ['配色', '主题', '外观'],
    language: ['语言', '中文', '英文', 'English', 'Chinese'],
    copy: ['分享', '链接', '网址'],
  },
};
