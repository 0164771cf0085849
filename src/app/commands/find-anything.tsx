import { lazy, Suspense, useEffect, useState } from 'react';
import { ErrorBoundary } from '../../components/ui/panel.tsx';
import { useMessages } from '../i18n/index.tsx';
import styles from './find-anything.module.css';

const loadPalette = () => import('./palette.tsx');
const Palette = lazy(loadPalette);

const isApple = /Mac|iP(hone|ad|od)/.test(navigator.userAgent);

/** The button that opens the command palette, and the keys that do: Ctrl-K or ⌘K. */
export function FindAnything() {
  const { shell } = useMessages();
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const show = (next: boolean): void => {
    setOpen(next);
    if (next) setWanted(true);
  };

  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      setWanted(true);
      setOpen((before) => !before);
    };
    addEventListener('keydown', press);
    // Fetched when the page has come to rest, so that it opens at once.
    const rest = setTimeout(() => void loadPalette().catch(() => undefined), 2500);
    return () => {
      removeEventListener('keydown', press);
      clearTimeout(rest);
    };
  }, []);

  return (
    <>
      <button
        type="button"
        className={styles.find}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        onPointerEnter={() => void loadPalette().catch(() => undefined)}
        onClick={() => show(true)}
      >
        <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true">
          <path
            d="M11.5 7a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0zM10.5 10.5 14 14"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.5"
            strokeLinecap="round"
          />
        </svg>
        <span className={styles.name}>{shell.findAnything}</span>
        <span className={styles.keys} aria-hidden="true">
          {isApple ? '⌘K' : 'Ctrl K'}
        </span>
      </button>
      {wanted ? (
        <ErrorBoundary fallback={() => null}>
          <Suspense fallback={null}>
            <Palette open={open} onOpenChange={show} />
          </Suspense>
        </ErrorBoundary>
      ) : null}
    </>
  );
}
