import { type RefObject, useLayoutEffect, useState } from 'react';

/** Words stay legible down to this scale; below it the figure scrolls instead. */
const LEAST_ZOOM = 0.86;
const MOST_ZOOM = 1.2;

/** The scale at which a figure fills the element's width, within what stays legible; 1 where it has to scroll. */
export function useZoom(element: RefObject<HTMLElement | null>, width: number): number {
  const [available, setAvailable] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return;
    setAvailable(target.clientWidth);
    if (typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => setAvailable(target.clientWidth));
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  if (available === 0) return 1;
  const fit = available / width;
  return fit < LEAST_ZOOM ? 1 : Math.min(MOST_ZOOM, fit);
}
