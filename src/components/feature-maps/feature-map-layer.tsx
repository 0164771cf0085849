import { useLayoutEffect, useMemo, useRef } from 'react';
import type { DrawnTensor } from './cell-trace.ts';
import { type ColourScale, readColourScale } from './colour-scale.ts';
import styles from './feature-maps.module.css';
import { MapPainter } from './map-painter.ts';
import { useThemeRevision } from './use-theme-revision.ts';

/** The tensors to draw and their values. */
export interface FeatureMapLayerProps {
  readonly drawn: readonly DrawnTensor[];
  /** Values by tensor id; null before anything has run. */
  readonly activations: ReadonlyMap<string, Float32Array> | null;
  /** Size of the figure in its own units. */
  readonly width: number;
  readonly height: number;
  /** CSS pixels per unit: how finely it is painted. It is laid out in units. */
  readonly zoom: number;
}

/** Beyond this many device pixels browsers refuse a canvas, or it costs too much memory. */
const MOST_PIXELS_ACROSS = 8192;

/** One canvas under the whole figure with every channel of every drawn tensor, its colours scaled layer by layer. */
export function FeatureMapLayer({ drawn, activations, width, height, zoom }: FeatureMapLayerProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeRevision();
  const painters = useMemo(
    () => drawn.map((tensor) => ({ tensor, painter: new MapPainter(tensor.grid) })),
    [drawn],
  );
  const ratio = globalThis.devicePixelRatio || 1;
  const density = Math.min(zoom * ratio, MOST_PIXELS_ACROSS / Math.max(width, height, 1));
  const colours = useRef<{
    readonly theme: number;
    readonly scale: ColourScale;
    readonly line: string;
  } | null>(null);
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const [across, down] = [Math.round(width * density), Math.round(height * density)];
    if (element.width !== across) element.width = across;
    if (element.height !== down) element.height = down;
    if (colours.current?.theme !== theme) {
      const line = getComputedStyle(element).getPropertyValue('--line').trim() || '#d9d5cb';
      colours.current = { theme, scale: readColourScale(element), line };
    }
    const { scale, line } = colours.current;
    context.setTransform(density, 0, 0, density, 0, 0);
    context.clearRect(0, 0, width, height);
    for (const { tensor, painter } of painters) {
      const values = activations?.get(tensor.tensor) ?? null;
      painter.draw(context, tensor.x, tensor.y, values, scale, line, density);
    }
  }, [painters, activations, width, height, density, theme]);
  return <canvas ref={canvas} className={styles.canvas} style={{ width, height }} />;
}
