import { type RefObject, useEffect, useRef } from 'react';

const DURATION_MS = 520;

/**
 * Moves a band of light from the input to the output when new values arrive, as the picture itself moved through the
 * layers. The values are there at once; the band only passes over them. None where reduced motion is asked for.
 */
export function useSweep(band: RefObject<HTMLElement | null>, values: unknown, width: number): void {
  const running = useRef<Animation | null>(null);
  useEffect(() => {
    const element = band.current;
    if (!element || !values || typeof element.animate !== 'function') return;
    if (globalThis.matchMedia?.('(prefers-reduced-motion: reduce)').matches) return;
    // While someone draws, values arrive faster than the band passes: each pass is let through to its end.
    if (running.current?.playState === 'running') return;
    running.current = element.animate(
      [
        { transform: 'translateX(-120px)', opacity: 0 },
        { opacity: 1, offset: 0.12 },
        { opacity: 1, offset: 0.8 },
        { transform: `translateX(${width}px)`, opacity: 0 },
      ],
      { duration: DURATION_MS, easing: 'cubic-bezier(0.3, 0, 0.4, 1)' },
    );
  }, [band, values, width]);
}
