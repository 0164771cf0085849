import type { ViewportMessages } from '../../../components/figure/viewport/viewport-messages.ts';

/** Zooming, panning and saving a figure. */
export const viewport = {
  zoom: 'Zoom',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Fit the whole figure',
  actualSize: 'Actual size',
  scale: (percent) => `${percent} %`,
  minimap: 'Visible part of the figure',
  seen: (from, to) => `${from} to ${to} % of the width`,
  save: 'Save the figure',
  saveSvg: 'Save as SVG',
  savePng: 'Save as PNG',
  saving: 'Drawing the file …',
  saveFailed: 'The browser could not draw the file.',
  saveReduced: (width, height, percent) =>
    `Saved at ${width} × ${height} pixels, ${percent} % of the usual resolution: browsers paint no larger picture. The SVG is sharp at any size.`,
  description: (title, input, layers) =>
    `The architecture of ${title}, layer by layer from left to right: ${layers} operators on an input of ${input}. Drawn by ConvAtlas.`,
} satisfies ViewportMessages;
