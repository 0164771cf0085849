const rules = new Intl.PluralRules('en');

/** The English form that goes with a count: `plural(1, 'layer', 'layers')` is `layer`. */
export const plural = (count: number, one: string, other: string): string =>
  rules.select(count) === 'one' ? one : other;
