import { useMemo } from 'react';
import styles from './code-view.module.css';
import { type Token, tokenizePython } from './tokenize-python.ts';

/** Properties of a view of code. */
export interface CodeViewProps {
  /** Accessible name of the text. */
  readonly label: string;
  readonly text: string;
  readonly language: 'python' | 'plain';
}

const tokensOf = (text: string, language: CodeViewProps['language']): readonly Token[] =>
  language === 'python' ? tokenizePython(text) : [{ kind: 'plain', text }];

/** A text to read, in a box that scrolls; Python in colour. */
export function CodeView({ label, text, language }: CodeViewProps) {
  const tokens = useMemo(() => tokensOf(text, language), [text, language]);
  let at = 0;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a pre keeps the lines; no other element does.
    <pre
      role="region"
      aria-label={label}
      className={styles.code}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keys.
      tabIndex={0}
      lang="en"
    >
      <code>
        {tokens.map(({ kind, text: stretch }) => {
          const key = at;
          at += stretch.length;
          return kind === 'plain' ? (
            stretch
          ) : (
            <span key={key} className={styles[kind]}>
              {stretch}
            </span>
          );
        })}
      </code>
    </pre>
  );
}
