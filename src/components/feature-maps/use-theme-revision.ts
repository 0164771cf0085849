import { useLayoutEffect, useState } from 'react';

/** Counts the changes of theme, so that what is painted by hand can be painted anew. */
export function useThemeRevision(): number {
  const [revision, setRevision] = useState(0);
  useLayoutEffect(() => {
    const bump = () => setRevision((before) => before + 1);
    const observer = new MutationObserver(bump);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-scheme'] });
    return () => observer.disconnect();
  }, []);
  return revision;
}
