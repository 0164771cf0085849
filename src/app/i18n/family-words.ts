import { families as en, type FamilyId } from './en/families.ts';
import { useLanguage } from './index.tsx';
import type { FamilyMessages } from './network-messages.ts';
import type { Language } from './types.ts';
import { families as zh } from './zh/families.ts';

/** The lineage's words in every language: so few that the pages that need them carry both. */
export const familyWords: Readonly<Record<Language, Readonly<Record<FamilyId, FamilyMessages>>>> = { en, zh };

/** What the lineage says about each family, in the language on screen. */
export const useFamilyWords = (): Readonly<Record<string, FamilyMessages>> =>
  familyWords[useLanguage().language];
