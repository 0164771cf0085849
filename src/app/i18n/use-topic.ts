import { useLanguage } from './index.tsx';
import type { Language } from './types.ts';

/**
 * The messages of a topic that is not part of the catalogue, in the language on screen. The catalogue is loaded before
 * the first paint; what only a part loaded later says comes with that part, in all languages, so that a change of
 * language needs no further fetch.
 */
export const useTopic = <T>(topic: Readonly<Record<Language, T>>): T => topic[useLanguage().language];
