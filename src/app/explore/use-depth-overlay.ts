import { useEffect, useMemo, useState } from 'react';
import type { Overlay } from '../../components/figure/overlay.ts';
import { useLanguage } from '../i18n/index.tsx';
import { useBatch, useDtype, useOverlay, useUnits } from '../state/url.ts';
import type { Analysis } from './use-analysis.ts';

const load = () => import('./depth-overlay.ts');

/** The cost that colours the figure, as the address says; null for none, and while its code is on its way. */
export function useDepthOverlay(analysis: Analysis): Overlay | null {
  const [name] = useOverlay();
  const [units] = useUnits();
  const [dtype] = useDtype();
  const [batch] = useBatch();
  const { language } = useLanguage();
  const [code, setCode] = useState<Awaited<ReturnType<typeof load>> | null>(null);
  const isWanted = name !== null;
  useEffect(() => {
    if (!isWanted) return;
    let current = true;
    // Without its code the figure keeps the colours of its operators.
    load().then(
      (loaded) => {
        if (current) setCode(loaded);
      },
      () => {},
    );
    return () => {
      current = false;
    };
  }, [isWanted]);
  return useMemo(
    () =>
      name === null ? null : (code?.depthOverlay(analysis, name, { units, dtype, batch, language }) ?? null),
    [code, analysis, name, units, dtype, batch, language],
  );
}
