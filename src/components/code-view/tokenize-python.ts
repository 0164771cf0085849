/** What a stretch of Python is, as far as colour goes. */
export type TokenKind = 'comment' | 'string' | 'keyword' | 'number' | 'name' | 'plain';

/** A stretch of text of one kind. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const pattern =
  /(?<comment>#[^\n]*)|(?<string>[fr]?"""[\s\S]*?"""|[fr]?"(?:\\.|[^"\\\n])*")|(?<keyword>\b(?:and|as|break|class|def|elif|else|False|for|from|if|import|in|is|lambda|None|not|or|raise|return|self|super|True|while|with)\b)|(?<number>\b\d+(?:\.\d+)?(?:e[-+]?\d+)?\b)|(?<=\b(?:class|def) )(?<name>\w+)/g;

/** Splits Python into stretches to be coloured; joined they are the text again. */
export function tokenizePython(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > end) tokens.push({ kind: 'plain', text: text.slice(end, match.index) });
    const kind = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)?.[0];
    tokens.push({ kind: (kind ?? 'plain') as TokenKind, text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < text.length) tokens.push({ kind: 'plain', text: text.slice(end) });
  return tokens;
}
