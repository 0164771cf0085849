import { useSyncExternalStore } from 'react';

/** As in `explore.module.css`: from here on the inspector stands beside the figure. */
const WIDE = '(min-width: 80.0625rem)';

const subscribe = (listener: () => void): (() => void) => {
  const query = matchMedia(WIDE);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
};

/** Whether the screen is wide enough for the inspector to stand beside the figure, or the whole lineage in a row. */
export const useWideScreen = (): boolean => useSyncExternalStore(subscribe, () => matchMedia(WIDE).matches);
