import { type RefObject, useEffect } from 'react';
import { type Point, padSize } from '../../engine/runtime/preprocess/stroke.ts';
import type { DrawingSource } from './drawing-source.ts';

/** Every position the pointer went through since the last event, where the browser tells them. */
function readPositions(event: PointerEvent): readonly PointerEvent[] {
  const coalesced = event.getCoalescedEvents?.() ?? [];
  return coalesced.length > 0 ? coalesced : [event];
}

/**
 * Turns pointer events on the element into strokes of the drawing, one stroke a pointer, in pad units.
 *
 * The pointer is captured, so that a stroke that leaves the element is followed and one that returns is the same
 * stroke. While a pen is down touches are taken for the palm: they draw nothing, and what they had begun goes.
 * `onPress` is called before a stroke begins.
 */
export function usePen(
  ref: RefObject<HTMLElement | null>,
  drawing: DrawingSource,
  isDisabled: boolean,
  onPress: () => void,
): void {
  useEffect(() => {
    const element = ref.current;
    if (!element || isDisabled) return;
    const pointers = new Map<number, string>();

    const toPoint = (event: PointerEvent): Point => {
      const box = element.getBoundingClientRect();
      const x = ((event.clientX - box.left) / box.width) * padSize;
      const y = ((event.clientY - box.top) / box.height) * padSize;
      return event.pointerType === 'pen' && event.pressure > 0
        ? { x, y, pressure: event.pressure }
        : { x, y };
    };
    const isPenDown = () => [...pointers.values()].includes('pen');
    const leave = (event: PointerEvent, isKept: boolean) => {
      if (!pointers.delete(event.pointerId)) return;
      if (isKept) drawing.getState().end(event.pointerId);
      else drawing.getState().cancel(event.pointerId);
    };

    const handleDown = (event: PointerEvent) => {
      if (event.button !== 0 || (event.pointerType === 'touch' && isPenDown())) return;
      event.preventDefault();
      onPress();
      if (event.pointerType === 'pen') {
        for (const [id, type] of pointers) {
          if (type !== 'touch') continue;
          pointers.delete(id);
          drawing.getState().cancel(id);
        }
      }
      try {
        element.setPointerCapture(event.pointerId);
      } catch {
        // The pointer is already gone, or a script made it: without capture it draws inside the element only.
      }
      pointers.set(event.pointerId, event.pointerType);
      drawing.getState().begin(event.pointerId, toPoint(event));
    };
    const handleMove = (event: PointerEvent) => {
      if (!pointers.has(event.pointerId)) return;
      drawing.getState().extend(event.pointerId, readPositions(event).map(toPoint));
    };
    const handleUp = (event: PointerEvent) => {
      if (!pointers.has(event.pointerId)) return;
      // A raised pen reports no pressure; its last position counts with the pressure it had.
      if (event.pointerType !== 'pen') drawing.getState().extend(event.pointerId, [toPoint(event)]);
      leave(event, true);
    };
    const handleCancel = (event: PointerEvent) => leave(event, false);
    const handleLost = (event: PointerEvent) => leave(event, true);
    const handleMenu = (event: Event) => {
      // A long press would otherwise open a menu in the middle of a stroke.
      if (pointers.size > 0) event.preventDefault();
    };

    element.addEventListener('pointerdown', handleDown);
    element.addEventListener('pointermove', handleMove);
    element.addEventListener('pointerup', handleUp);
    element.addEventListener('pointercancel', handleCancel);
    element.addEventListener('lostpointercapture', handleLost);
    element.addEventListener('contextmenu', handleMenu);
    return () => {
      element.removeEventListener('pointerdown', handleDown);
      element.removeEventListener('pointermove', handleMove);
      element.removeEventListener('pointerup', handleUp);
      element.removeEventListener('pointercancel', handleCancel);
      element.removeEventListener('lostpointercapture', handleLost);
      element.removeEventListener('contextmenu', handleMenu);
      for (const id of pointers.keys()) drawing.getState().end(id);
    };
  }, [ref, drawing, isDisabled, onPress]);
}
