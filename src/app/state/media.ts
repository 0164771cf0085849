import { useCallback, useSyncExternalStore } from 'react';

/** As in `explore.module.css`: from here on the inspector stands beside the figure. */
const WIDE = '(min-width: 80.0625rem)';

/** As there: a phone, where what is chosen once makes way for what is looked at. */
const PHONE = '(max-width: 40rem)';

function useMedia(media: string): boolean {
  const subscribe = useCallback(
    (listener: () => void): (() => void) => {
      const query = matchMedia(media);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    [media],
  );
  return useSyncExternalStore(subscribe, () => matchMedia(media).matches);
}

/** Whether the screen is wide enough for the inspector to stand beside the figure, or the whole lineage in a row. */
export const useWideScreen = (): boolean => useMedia(WIDE);

/** Whether the page is on a phone. */
export const usePhone = (): boolean => useMedia(PHONE);
