import { find as enFind } from './en/find.ts';
import { home as enHome } from './en/home.ts';
import { lineage as enLineage } from './en/lineage.ts';
import { useLanguage } from './index.tsx';
import type { Language, Widen } from './types.ts';
import { find as zhFind } from './zh/find.ts';
import { home as zhHome } from './zh/home.ts';
import { lineage as zhLineage } from './zh/lineage.ts';

const en = { find: enFind, home: enHome, lineage: enLineage };

/** Every sentence of the atlas page, in one language. */
export type AtlasMessages = Widen<typeof en>;

/** The sentences of the atlas page: they come with the page, so that no other page waits for them. */
export const atlasMessages: Readonly<Record<Language, AtlasMessages>> = {
  en,
  zh: { find: zhFind, home: zhHome, lineage: zhLineage },
};

/** The sentences of the atlas page in the language on screen. */
export const useAtlasMessages = (): AtlasMessages => atlasMessages[useLanguage().language];
