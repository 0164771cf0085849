import { useEffect, useRef } from 'react';
import type { Box, GreyImage, PreparedDigit } from '../../engine/runtime/preprocess/digit.ts';
import { paintImage } from './paint.ts';
import styles from './received-image.module.css';

/** The words beside the picture that the network receives. */
export interface ReceivedImageMessages {
  readonly received: string;
  readonly steps: {
    readonly ink: string;
    readonly fitted: string;
    readonly centred: string;
    readonly padded: string;
  };
  /** The picture in words: its ink's box in the final 32×32, in pixels. */
  readonly describeReceived: (ink: Box) => string;
  readonly nothingReceived: string;
}

/** What there is to show and how it is said. */
export interface ReceivedImageProps {
  /** Undefined as long as nothing has been prepared: shown as an empty pad. */
  readonly prepared: PreparedDigit | undefined;
  readonly messages: ReceivedImageMessages;
}

interface PixelsProps {
  readonly image: GreyImage | undefined;
  readonly size: number;
  /** A frame over the picture, in its pixels. */
  readonly frame?: Box | undefined;
  /** A point to mark with a cross, in pixels from left and top. */
  readonly mark?: number;
  readonly isSmooth?: boolean;
}

/** A picture in the middle of a square canvas of `size` pixels, each pixel shown as a square. */
function Pixels({ image, size, frame, mark, isSmooth = false }: PixelsProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (!canvas.current) return;
    const left = image ? Math.floor((size - image.width) / 2) : 0;
    const top = image ? Math.floor((size - image.height) / 2) : 0;
    paintImage(canvas.current, image, left, top);
  }, [image, size]);
  return (
    <span className={styles.pixels} aria-hidden="true">
      <canvas ref={canvas} width={size} height={size} data-smooth={isSmooth} />
      {(frame || mark !== undefined) && (
        <svg aria-hidden="true" className={styles.overlay} viewBox={`0 0 ${size} ${size}`}>
          {frame && <rect {...frame} className={styles.frame} />}
          {mark !== undefined && <path className={styles.mark} d={`M${mark} 0V${size}M0 ${mark}H${size}`} />}
        </svg>
      )}
    </span>
  );
}

const fittedFrame: Box = { x: 2, y: 2, width: 28, height: 28 };

/**
 * The picture that the network really receives, large, and the three steps to it small: the ink's box, the box
 * fitted to 20×20, its centre of mass put at MNIST's centre of 28×28.
 */
export function ReceivedImage({ prepared, messages }: ReceivedImageProps) {
  const digit = prepared?.status === 'ok' ? prepared : undefined;
  const margin = digit ? (digit.padded.width - digit.centred.width) / 2 : 0;
  const description = digit
    ? messages.describeReceived({ ...digit.placed, x: digit.placed.x + margin, y: digit.placed.y + margin })
    : messages.nothingReceived;
  return (
    <figure className={styles.received}>
      <figcaption className={styles.caption}>{messages.received}</figcaption>
      <div className={styles.columns}>
        <div className={styles.result}>
          <div role="img" aria-label={description}>
            <Pixels image={digit?.padded} size={32} frame={digit && fittedFrame} />
          </div>
          <p className={styles.step}>{messages.steps.padded}</p>
        </div>
        <ol className={styles.steps}>
          <li className={styles.step}>
            <Pixels image={digit?.image} size={digit?.image.width ?? 28} frame={digit?.ink} isSmooth />
            {messages.steps.ink}
          </li>
          <li className={styles.step}>
            <Pixels image={digit?.fitted} size={20} />
            {messages.steps.fitted}
          </li>
          <li className={styles.step}>
            <Pixels image={digit?.centred} size={28} {...(digit && { frame: digit.placed, mark: 14.5 })} />
            {messages.steps.centred}
          </li>
        </ol>
      </div>
    </figure>
  );
}
