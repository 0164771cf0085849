import type { Messages } from '../types.ts';

/** 图的缩放、平移与保存。 */
export const viewport: Messages['viewport'] = {
  zoom: '缩放',
  zoomIn: '放大',
  zoomOut: '缩小',
  fit: '显示全图',
  actualSize: '实际大小',
  scale: (percent) => `${percent} %`,
  minimap: '图中可见的部分',
  seen: (from, to) => `宽度的 ${from}% 至 ${to}%`,
  save: '保存此图',
  saveSvg: '保存为 SVG',
  savePng: '保存为 PNG',
  saving: '正在绘制文件……',
  saveFailed: '浏览器无法绘制此文件。',
  saveReduced: (width, height, percent) =>
    `PNG 已保存为 ${width} × ${height} 像素，仅为通常分辨率的 ${percent}%：浏览器无法绘制更大的图片。SVG 在任何尺寸下都清晰。`,
  description: (title, input, layers) =>
    `${title} 的网络结构，自左至右逐层排列：输入为 ${input}，共 ${layers} 个算子。由 ConvAtlas 绘制。`,
};
