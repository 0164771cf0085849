/** Where a number of an expression comes from; the page colours by it. */
export type Origin = 'input' | 'attribute' | 'derived';

/** A piece of an expression: notation, or a number with its origin. */
export type Term =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'value'; readonly value: number; readonly origin: Origin };

/** Arithmetic as it is shown: `⌊(227 − 11 + 2·0) / 4⌋ + 1`. */
export type Expression = readonly Term[];

/** Marks a number that comes from the input's shape. */
export const input = (value: number): Term => ({ kind: 'value', value, origin: 'input' });

/** Marks a number that is an attribute of the layer. */
export const attribute = (value: number): Term => ({ kind: 'value', value, origin: 'attribute' });

/** Marks a number that was worked out before. */
export const derived = (value: number): Term => ({ kind: 'value', value, origin: 'derived' });

/** Template tag: text and terms in the order written; nested expressions are spliced in. */
export function expression(
  texts: TemplateStringsArray,
  ...parts: readonly (Term | Expression)[]
): Expression {
  const terms: Term[] = [];
  texts.forEach((text, index) => {
    if (text !== '') terms.push({ kind: 'text', text });
    const part = parts[index];
    if (part === undefined) return;
    if ('kind' in part) terms.push(part);
    else terms.push(...part);
  });
  return terms;
}

/** Terms joined by a sign such as `·` or ` + `. */
export const joined = (terms: readonly Term[], sign: string): Expression =>
  terms.flatMap((term, index): Term[] => (index === 0 ? [term] : [{ kind: 'text', text: sign }, term]));

/** The expression as plain text, numbers grouped by thousands with commas. */
export const expressionText = (terms: Expression): string =>
  terms
    .map((term) =>
      term.kind === 'text' ? term.text : term.value.toLocaleString('en-US', { maximumFractionDigits: 6 }),
    )
    .join('');
