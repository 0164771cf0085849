import { useLayoutEffect, useRef } from 'react';
import type { Pixels } from '../../engine/runtime/preprocess/picture.ts';
import { readColourScale } from '../feature-maps/colour-scale.ts';
import { useThemeRevision } from '../feature-maps/use-theme-revision.ts';
import styles from './heat-map.module.css';
import { paintGrey, paintHeat } from './paint-heat.ts';

/** A map laid over the picture that it is of. */
export interface HeatMapProps {
  readonly picture: Pixels;
  /** Row-major, NaN where there is no value; null where there is nothing to lay over. */
  readonly values: Float32Array | null;
  readonly height: number;
  readonly width: number;
  /** The magnitude that gets the full colour. */
  readonly peak: number;
  /** 0 for the picture alone, 1 for the full colour. */
  readonly opacity: number;
  /** Accessible name. */
  readonly label: string;
}

/** Device pixels a side: enough for any of these pictures pixel by pixel. */
const SIDE = 448;

const canvasOf = (image: ImageData): HTMLCanvasElement => {
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
};

/** A picture in grey with a map over it, whose colours then are all the colours there are; each value is one rectangle. */
export function HeatMap({ picture, values, height, width, peak, opacity, label }: HeatMapProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeRevision();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours.
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    context.imageSmoothingEnabled = false;
    context.clearRect(0, 0, SIDE, SIDE);
    const grey = new ImageData(paintGrey(picture), picture.width, picture.height);
    context.drawImage(canvasOf(grey), 0, 0, SIDE, SIDE);
    if (!values || values.length !== height * width) return;
    const heat = paintHeat(values, peak, opacity, readColourScale(element));
    context.drawImage(canvasOf(new ImageData(heat, width, height)), 0, 0, SIDE, SIDE);
  }, [picture, values, height, width, peak, opacity, theme]);
  return (
    <canvas ref={canvas} role="img" aria-label={label} className={styles.map} width={SIDE} height={SIDE} />
  );
}

/** What the colours of a map mean: its least and largest value with their words. */
export function HeatLegend({
  least,
  most,
  against,
  towards,
}: {
  readonly least: string;
  readonly most: string;
  readonly against: string;
  readonly towards: string;
}) {
  return (
    <div className={styles.legend}>
      <span className={styles.bar} aria-hidden="true" />
      <span className={styles.end}>
        <b>{least}</b> {against}
      </span>
      <span className={styles.middle}>0</span>
      <span className={styles.end}>
        {towards} <b>{most}</b>
      </span>
    </div>
  );
}
