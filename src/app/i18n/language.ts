import { en } from './en/index.ts';
import { type Language, languages, type Messages } from './types.ts';

const STORAGE_KEY = 'language';

const isLanguage = (text: string | null | undefined): text is Language =>
  languages.some((language) => language === text);

/** The page's language that fits best to a browser's list of preferences, English if none does. */
export function matchLanguage(preferences: readonly string[]): Language {
  for (const preference of preferences) {
    const [primary] = preference.toLowerCase().split('-');
    if (isLanguage(primary)) return primary;
  }
  return 'en';
}

/** The language to use where the address names none: what was chosen before, else what the browser prefers. */
export function preferredLanguage(): Language {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    if (isLanguage(stored)) return stored;
  } catch {
    // Storage may be forbidden; then the browser's own preference stands.
  }
  return matchLanguage(navigator.languages);
}

/** Keeps a choice for the next visit; does nothing where storage is forbidden. */
export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // The address still carries the choice.
  }
}

/** The messages of a language; all but English are fetched. @throws what the import throws without a connection */
export const loadMessages = async (language: Language): Promise<Messages> =>
  language === 'en' ? en : (await import('./zh/index.ts')).zh;
