import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** The width in pixels that a drawing has inside the element that it is given, and follows: between a least and a most. */
export function useWidth<Host extends HTMLElement>(
  usual: number,
  least: number,
  most: number,
): readonly [RefObject<Host | null>, number] {
  const host = useRef<Host>(null);
  const [width, setWidth] = useState(usual);
  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const measure = () => {
      if (element.clientWidth > 0) setWidth(Math.min(most, Math.max(least, element.clientWidth)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [least, most]);
  return [host, width];
}
