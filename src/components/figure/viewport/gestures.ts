import type { ViewportControl } from './use-viewport.ts';

/** How much one wheel step of Ctrl-wheel zooms; a trackpad's pinch sends many small ones. */
const PER_WHEEL_PIXEL = 0.0022;
const MOST_PER_EVENT = 120;
const LINE_PIXELS = 16;
/** A press that moves less than this, in CSS pixels, is a click. */
const DRAG_THRESHOLD = 4;

/** Distance and middle of two touches. */
function pinchOf([a, b]: readonly Touch[]): { distance: number; x: number; y: number } | null {
  if (!a || !b) return null;
  return {
    distance: Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY),
    x: (a.clientX + b.clientX) / 2,
    y: (a.clientY + b.clientY) / 2,
  };
}

/**
 * Lets pointers move and zoom a figure: Ctrl-wheel and pinches zoom where they point, a wheel with Shift and one that
 * turns sideways pan, a mouse drags. A plain wheel is left to the page.
 *
 * @returns a function that takes the listeners away
 */
export function attachGestures(control: ViewportControl): () => void {
  const scroller = control.scroller.current;
  const pane = control.pane.current;
  if (!scroller || !pane) return () => {};
  const stop = new AbortController();
  const { signal } = stop;

  // Devices send more events than there are frames: what came in between is done at once.
  let frame = 0;
  let factor = 1;
  let point: readonly [number, number] = [0, 0];
  let [panX, panY] = [0, 0];
  const flush = (): void => {
    frame = 0;
    const [zoom, x, y] = [factor, panX, panY];
    factor = 1;
    [panX, panY] = [0, 0];
    if (x !== 0 || y !== 0) control.panBy(x, y);
    if (zoom !== 1) control.zoomBy(zoom, point);
  };
  const schedule = (): void => {
    if (frame === 0) frame = requestAnimationFrame(flush);
  };
  const zoomAt = (by: number, clientX: number, clientY: number): void => {
    factor *= by;
    point = [clientX - scroller.getBoundingClientRect().left, clientY - pane.getBoundingClientRect().top];
    schedule();
  };
  const pan = (x: number, y: number): void => {
    panX += x;
    panY += y;
    schedule();
  };

  scroller.addEventListener(
    'wheel',
    (event) => {
      const pixels = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PIXELS : 1;
      if (!event.ctrlKey && !event.metaKey) {
        // Sideways the scroller scrolls by itself; not every system turns Shift-wheel into that.
        if (event.shiftKey && event.deltaX === 0 && event.deltaY !== 0) {
          event.preventDefault();
          pan(-event.deltaY * pixels, 0);
        }
        return;
      }
      event.preventDefault();
      const turned = Math.max(-MOST_PER_EVENT, Math.min(MOST_PER_EVENT, event.deltaY * pixels));
      // A pinch is sent as a wheel with Ctrl and few pixels: it has to feel as large as the fingers' way.
      const isPinch = Math.abs(turned) < 40 && event.deltaMode === WheelEvent.DOM_DELTA_PIXEL;
      zoomAt(Math.exp(-turned * PER_WHEEL_PIXEL * (isPinch ? 4 : 1)), event.clientX, event.clientY);
    },
    { passive: false, signal },
  );

  let pinch: ReturnType<typeof pinchOf> = null;
  scroller.addEventListener(
    'touchstart',
    (event) => {
      pinch = event.touches.length === 2 ? pinchOf([...event.touches]) : null;
      if (pinch && event.cancelable) event.preventDefault();
    },
    { passive: false, signal },
  );
  scroller.addEventListener(
    'touchmove',
    (event) => {
      const next = event.touches.length === 2 ? pinchOf([...event.touches]) : null;
      if (!next || !pinch) return;
      if (event.cancelable) event.preventDefault();
      pan(next.x - pinch.x, next.y - pinch.y);
      if (pinch.distance > 0) zoomAt(next.distance / pinch.distance, next.x, next.y);
      pinch = next;
    },
    { passive: false, signal },
  );
  const endPinch = (): void => {
    pinch = null;
  };
  scroller.addEventListener('touchend', endPinch, { signal });
  scroller.addEventListener('touchcancel', endPinch, { signal });

  let drag: { readonly id: number; x: number; y: number; isMoving: boolean } | null = null;
  pane.addEventListener(
    'pointerdown',
    (event) => {
      // Touches scroll by the browser's own means.
      if (event.pointerType === 'touch' || (event.button !== 0 && event.button !== 1)) return;
      if (event.button === 1) event.preventDefault();
      drag = { id: event.pointerId, x: event.clientX, y: event.clientY, isMoving: false };
    },
    { signal },
  );
  pane.addEventListener(
    'pointermove',
    (event) => {
      if (drag?.id !== event.pointerId) return;
      if (event.buttons === 0) {
        drag = null;
        return;
      }
      const [x, y] = [event.clientX - drag.x, event.clientY - drag.y];
      if (!drag.isMoving) {
        if (Math.hypot(x, y) < DRAG_THRESHOLD) return;
        drag.isMoving = true;
        pane.setPointerCapture(event.pointerId);
        pane.toggleAttribute('data-dragging', true);
      }
      drag.x = event.clientX;
      drag.y = event.clientY;
      pan(x, y);
    },
    { signal },
  );
  const endDrag = (event: PointerEvent): void => {
    if (drag?.id !== event.pointerId) return;
    const hasMoved = drag.isMoving;
    drag = null;
    pane.toggleAttribute('data-dragging', false);
    if (!hasMoved || event.type !== 'pointerup') return;
    // The press was a drag: the click that follows chooses nothing.
    const swallow = (click: Event): void => click.stopPropagation();
    pane.addEventListener('click', swallow, { capture: true, once: true });
    setTimeout(() => pane.removeEventListener('click', swallow, { capture: true }), 0);
  };
  pane.addEventListener('pointerup', endDrag, { signal });
  pane.addEventListener('pointercancel', endDrag, { signal });

  return () => {
    stop.abort();
    cancelAnimationFrame(frame);
  };
}
