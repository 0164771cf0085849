import type { CSSProperties } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { formatShape } from '../../../engine/cost/format.ts';
import figureStyles from '../figure.module.css';
import { type DrawnFigure, FigureDrawing } from '../figure-drawing.tsx';
import type { ReducedPicture, SavedFormat } from './figure-controls.tsx';
import { DENSITY, paintedColour, svgToPng } from './paint-svg.ts';
import { standaloneSvg } from './standalone-svg.ts';
import type { ViewportMessages } from './viewport-messages.ts';

/** What is saved: the figure as it stands, all of it. */
export interface SavedFigure extends DrawnFigure {
  readonly messages: ViewportMessages;
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
