import type { Language } from './types.ts';

const LONGEST = 24;

/** A refused value as a message shows it: grouped digits, or what was typed where that has no short ones. */
export function shownValue(value: number, text: string, language: Language): string {
  const isPlain =
    Number.isFinite(value) && Math.abs(value) < 1e15 && (value === 0 || Math.abs(value) >= 1e-6);
  if (isPlain) return value.toLocaleString(language, { maximumFractionDigits: 12 });
  const typed = text.trim() === '' && Number.isFinite(value) ? String(value) : text.trim();
  return `“${typed.length > LONGEST ? `${typed.slice(0, LONGEST)}…` : typed}”`;
}
