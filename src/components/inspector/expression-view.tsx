import { formatInteger } from '../../engine/cost/format.ts';
import { type Expression, expressionText } from '../../engine/ops/expression.ts';
import styles from './inspector.module.css';

/** Arithmetic with its result, numbers coloured by where they come from: `⌊(227 − 11 + 2·0) / 4⌋ + 1 = 55`. */
export function ExpressionView({
  expression,
  result,
  unit = '',
}: {
  readonly expression: Expression;
  /** As it is shown; a number is grouped by thousands. */
  readonly result: number | string;
  readonly unit?: string;
}) {
  let offset = 0;
  return (
    <code className={styles.expression}>
      {expression.map((term) => {
        const text = expressionText([term]);
        const key = offset;
        offset += text.length;
        return term.kind === 'text' ? (
          text
        ) : (
          <span key={key} className={styles[term.origin]} data-origin={term.origin}>
            {text}
          </span>
        );
      })}
      {' = '}
      <b className={styles.result}>{typeof result === 'number' ? formatInteger(result) : result}</b>
      {unit}
    </code>
  );
}
