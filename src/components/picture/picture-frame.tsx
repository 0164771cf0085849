import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useRef,
} from 'react';
import { type Crop, type Extent, moveCrop, scaleCrop } from '../../engine/runtime/preprocess/crop.ts';
import type { Pixels } from '../../engine/runtime/preprocess/picture.ts';
import styles from './picture-frame.module.css';

/** The words of the frame. */
export interface PictureFrameMessages {
  /** Accessible name of the cut: where it is and how large. */
  readonly crop: (crop: Crop) => string;
  /** How it is moved and scaled, by pointer and by keys. */
  readonly cropHelp: string;
}

/** The picture with the square that the network is given. */
export interface PictureFrameProps {
  readonly pixels: Pixels;
  /** What is cut out; null where the whole picture is squeezed. */
  readonly crop: Crop | null;
  readonly onCrop: (crop: Crop) => void;
  readonly messages: PictureFrameMessages;
}

const KEY_ZOOM = 0.9;
/** Of the cut's side, with an arrow key; ten times as much with Shift. */
const KEY_STEP = 0.02;

/** Middle and spread of the pointers that are down, in the picture's pixels. */
interface Grip {
  readonly x: number;
  readonly y: number;
  readonly spread: number;
}

function gripOf(points: readonly { readonly x: number; readonly y: number }[]): Grip {
  const x = points.reduce((sum, point) => sum + point.x, 0) / points.length;
  const y = points.reduce((sum, point) => sum + point.y, 0) / points.length;
  const spread = points.reduce((sum, point) => sum + Math.hypot(point.x - x, point.y - y), 0) / points.length;
  return { x, y, spread };
}

/** A picture, and over it the cut: dragged by a pointer, scaled by two fingers or Ctrl and the wheel, moved by keys. */
export function PictureFrame({ pixels, crop, onCrop, messages }: PictureFrameProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = pixels;
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    if (element.width !== pixels.width) element.width = pixels.width;
    if (element.height !== pixels.height) element.height = pixels.height;
    const data = new Uint8ClampedArray(
      pixels.data.buffer as ArrayBuffer,
      pixels.data.byteOffset,
      pixels.data.length,
    );
    context.putImageData(new ImageData(data, pixels.width, pixels.height), 0, 0);
  }, [pixels]);
  return (
    <div
      className={styles.frame}
      style={{ aspectRatio: `${width} / ${height}`, '--ratio': width / height } as CSSProperties}
    >
      <canvas ref={canvas} className={styles.picture} />
      {crop ? <CropSquare crop={crop} extent={pixels} onCrop={onCrop} messages={messages} /> : null}
    </div>
  );
}

function CropSquare({
  crop,
  extent,
  onCrop,
  messages,
}: {
  readonly crop: Crop;
  readonly extent: Extent;
  readonly onCrop: (crop: Crop) => void;
  readonly messages: PictureFrameMessages;
}) {
  const square = useRef<HTMLButtonElement>(null);
  const pointers = useRef(new Map<number, { readonly x: number; readonly y: number }>());
  const latest = useRef({ crop, extent, onCrop });
  useLayoutEffect(() => {
    latest.current = { crop, extent, onCrop };
  });

  /** A place on the screen in the picture's pixels. */
  const placeOf = (event: { readonly clientX: number; readonly clientY: number }) => {
    const box = square.current?.parentElement?.getBoundingClientRect();
    const zoom = box ? box.width / extent.width : 1;
    return { x: (event.clientX - (box?.left ?? 0)) / zoom, y: (event.clientY - (box?.top ?? 0)) / zoom };
  };
  const handleDown = (event: PointerEvent<HTMLButtonElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    pointers.current.set(event.pointerId, placeOf(event));
  };
  const handleMove = (event: PointerEvent) => {
    const { current } = pointers;
    if (!current.has(event.pointerId)) return;
    const before = gripOf([...current.values()]);
    current.set(event.pointerId, placeOf(event));
    const after = gripOf([...current.values()]);
    // Fingers that part enlarge the cut, as they would enlarge any square.
    const factor = before.spread > 0 && after.spread > 0 ? after.spread / before.spread : 1;
    const moved = { ...crop, x: crop.x + after.x - before.x, y: crop.y + after.y - before.y };
    onCrop(factor === 1 ? moved : scaleCrop(moved, factor, extent, after));
  };
  const handleUp = (event: PointerEvent) => pointers.current.delete(event.pointerId);

  const handleKey = (event: KeyboardEvent) => {
    const step = Math.max(1, Math.round(crop.side * KEY_STEP)) * (event.shiftKey ? 10 : 1);
    const moves: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
      ArrowLeft: [-step, 0],
      ArrowRight: [step, 0],
      ArrowUp: [0, -step],
      ArrowDown: [0, step],
    };
    const zooms: Readonly<Record<string, number>> = { '+': KEY_ZOOM, '=': KEY_ZOOM, '-': 1 / KEY_ZOOM };
    const move = moves[event.key];
    const zoom = zooms[event.key];
    if (!move && zoom === undefined) return;
    event.preventDefault();
    onCrop(move ? moveCrop(crop, ...move, extent) : scaleCrop(crop, zoom ?? 1, extent));
  };

  // React's own wheel listeners may not keep the page from zooming.
  useEffect(() => {
    const element = square.current?.parentElement;
    const handleWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const now = latest.current;
      now.onCrop(scaleCrop(now.crop, Math.exp(event.deltaY / 300), now.extent));
    };
    element?.addEventListener('wheel', handleWheel, { passive: false });
    return () => element?.removeEventListener('wheel', handleWheel);
  }, []);

  const percent = (value: number, of: number) => `${(100 * value) / of}%`;
  return (
    <button
      ref={square}
      type="button"
      className={styles.crop}
      aria-label={messages.crop(crop)}
      aria-description={messages.cropHelp}
      title={messages.cropHelp}
      style={{
        left: percent(crop.x, extent.width),
        top: percent(crop.y, extent.height),
        width: percent(crop.side, extent.width),
        height: percent(crop.side, extent.height),
      }}
      onPointerDown={handleDown}
      onPointerMove={handleMove}
      onPointerUp={handleUp}
      onPointerCancel={handleUp}
      onKeyDown={handleKey}
    />
  );
}
