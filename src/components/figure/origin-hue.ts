/** How many hues tell the parts of a concatenation apart; more parts take them in turn. */
export const ORIGIN_HUES = 6;

/** The hue of a part by its place, from 1; `none` for what a concatenation took over unchanged. */
export const hueOf = (place: number | null): string =>
  place === null ? 'none' : String((place % ORIGIN_HUES) + 1);
