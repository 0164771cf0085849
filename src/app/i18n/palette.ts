import { palette as en } from './en/palette.ts';
import { useLanguage } from './index.tsx';
import type { Language, Widen } from './types.ts';
import { palette as zh } from './zh/palette.ts';

/** Every sentence of the command palette, in one language. */
export type PaletteMessages = Widen<typeof en>;

/** The sentences of the palette: they come with it, so that no page waits for them. */
export const paletteMessages: Readonly<Record<Language, PaletteMessages>> = { en, zh };

/** The sentences of the palette in the language on screen. */
export const usePaletteMessages = (): PaletteMessages => paletteMessages[useLanguage().language];
