import type { Messages } from '../types.ts';

/** 页眉、谱系栏与页脚。 */
export const shell: Messages['shell'] = {
  skipToContent: '跳到正文',
  homeLabel: 'ConvAtlas，返回图谱',
  navigation: '主导航',
  atlas: '图谱',
  explore: '探索',
  compare: '对比',
  device: '设备',
  build: '自己的网络',
  about: '关于',
  findAnything: '查找一切',
  language: '语言',
  theme: '配色',
  themeSystem: '跟随系统',
  themeLight: '浅色',
  themeDark: '深色',
  lineage: '谱系',
  variantsOf: (family) => `${family} 的各种形式`,
  footerPrivacy: '一切都在这个浏览器里运行，你画的内容不会离开这台设备。',
  footerSources: '来源与许可',
  languageFailed: '另一种语言没能加载。请检查网络连接后重试。',
  titles: {
    home: 'ConvAtlas：逐层看懂卷积网络',
    build: '你自己的网络 · ConvAtlas',
    about: '关于 · ConvAtlas',
    device: '这台设备 · ConvAtlas',
    compare: '并排对比 · ConvAtlas',
    notFound: '找不到页面 · ConvAtlas',
    explore: (network) => `${network} · ConvAtlas`,
  },
};
