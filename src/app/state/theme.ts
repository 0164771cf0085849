import { useSyncExternalStore } from 'react';

/** What the visitor chose; `system` follows the device. */
export const themes = ['system', 'light', 'dark'] as const;

/** A choice of theme. */
export type Theme = (typeof themes)[number];

// `public/theme.js` reads this key before the first paint.
const STORAGE_KEY = 'theme';

const listeners = new Set<() => void>();

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const current = (): Theme => {
  const named = document.documentElement.dataset.theme;
  return themes.find((theme) => theme === named) ?? 'system';
};

/** Sets the page's theme and keeps it for the next visit where storage is allowed. */
export function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(STORAGE_KEY, theme);
  } catch {
    // The choice then lasts as long as the page.
  }
  for (const listener of listeners) listener();
}

/** The chosen theme, and how to choose another. */
export const useTheme = (): readonly [Theme, (theme: Theme) => void] => [
  useSyncExternalStore(subscribe, current),
  setTheme,
];
