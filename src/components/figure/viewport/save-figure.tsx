import type { CSSProperties } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { formatShape } from '../../../engine/cost/format.ts';
import figureStyles from '../figure.module.css';
import { type DrawnFigure, FigureDrawing } from '../figure-drawing.tsx';
import type { ReducedPicture, SavedFormat } from './figure-controls.tsx';
import { type PlainColour, standaloneSvg } from './standalone-svg.ts';
import type { ViewportMessages } from './viewport-messages.ts';

/** What is saved: the figure as it stands, all of it. */
export interface SavedFigure extends DrawnFigure {
  readonly messages: ViewportMessages;
}

/** Device pixels per figure unit in a PNG, and of feature maps in either file. */
const DENSITY = 2;
/** Longer sides and larger areas than these are refused by one browser or another. */
const MOST_PIXELS_ACROSS = 16_384;
const MOST_PIXELS = 2 ** 27;

/** Any CSS colour by painting one pixel with it. */
function paintedColour(): (value: string) => PlainColour | null {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (value) => {
    if (!context) return null;
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = value;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
    if (alpha === 0) return null;
    const two = (channel: number) => channel.toString(16).padStart(2, '0');
    return {
      colour: `#${two(red)}${two(green)}${two(blue)}`,
      opacity: Math.round((alpha / 255) * 1000) / 1000,
    };
  };
}

/** The figure as the text of a standalone SVG file, in the theme on screen. */
export function figureToSvg(figure: SavedFigure): string {
  const host = document.createElement('div');
  host.setAttribute('aria-hidden', 'true');
  // Drawn where nobody sees it: styles are those of the page.
  host.style.cssText =
    'position:fixed;inset:0 auto auto -10000px;width:100px;height:100px;overflow:hidden;contain:strict';
  document.body.append(host);
  const root = createRoot(host);
  try {
    flushSync(() =>
      root.render(
        // What only a visitor needs is left out.
        <div
          className={figureStyles.root}
          data-view={figure.view}
          style={{ '--words': figure.layout.words.size } as CSSProperties}
        >
          <FigureDrawing {...figure} zoom={DENSITY / (globalThis.devicePixelRatio || 1)} />
        </div>,
      ),
    );
    const sheet = host.firstElementChild;
    if (!sheet) throw new Error('the figure was not drawn');
    const { graph, layout, messages } = figure;
    return standaloneSvg({
      layers: [...sheet.children],
      width: Math.ceil(layout.width),
      height: Math.ceil(layout.height),
      title: graph.title,
      description: messages.description(graph.title, formatShape(graph.input), graph.nodes.length),
      background: getComputedStyle(document.documentElement).getPropertyValue('--panel'),
      styleOf: (element) => getComputedStyle(element),
      colourOf: paintedColour(),
    });
  } finally {
    root.unmount();
    host.remove();
  }
}

/** How many device pixels per figure unit a PNG of this size may have. */
export const pngDensity = (width: number, height: number): number =>
  Math.min(DENSITY, MOST_PIXELS_ACROSS / Math.max(width, height), Math.sqrt(MOST_PIXELS / (width * height)));

/** Paints an SVG file. @throws Error where the browser does not paint it */
async function svgToPng(
  svg: Blob,
  width: number,
  height: number,
): Promise<{ file: Blob; reduced: ReducedPicture | null }> {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const density = pngDensity(width, height);
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * density));
    canvas.height = Math.max(1, Math.round(height * density));
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const file = await new Promise<Blob>((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('not painted'))), 'image/png');
    });
    const reduced =
      density < DENSITY
        ? {
            width: canvas.width,
            height: canvas.height,
            percent: Math.max(1, Math.round((100 * density) / DENSITY)),
          }
        : null;
    return { file, reduced };
  } finally {
    URL.revokeObjectURL(url);
  }
}

/**
 * Hands the browser the figure as `<id>.svg` or `<id>.png`.
 *
 * @returns how a PNG was reduced to what browsers can paint; null for a file at its full size
 * @throws Error where it cannot be painted
 */
export async function saveFigure(figure: SavedFigure, format: SavedFormat): Promise<ReducedPicture | null> {
  const svg = new Blob([figureToSvg(figure)], { type: 'image/svg+xml' });
  const { width, height } = figure.layout;
  const { file, reduced } =
    format === 'svg'
      ? { file: svg, reduced: null }
      : await svgToPng(svg, Math.ceil(width), Math.ceil(height));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${figure.graph.id}.${format}`;
  document.body.append(link);
  link.click();
  link.remove();
  // The download has begun by then, or never will.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  return reduced;
}
