import type { ReactNode } from 'react';
import styles from './does-not-fit.module.css';

/** Words of the notice on a network that does not fit. */
export interface DoesNotFitMessages {
  readonly title: string;
  /** Leads to the layer that broke. */
  show(layer: string): string;
}

/** What the notice says and tells. */
export interface DoesNotFitProps {
  /** Why, with its arithmetic. */
  readonly problem: string;
  /** Id of the layer that broke; null where it is the input itself. */
  readonly layer: string | null;
  onSelect(layer: string): void;
  readonly messages: DoesNotFitMessages;
  /** Ways to repair it. */
  readonly children?: ReactNode;
}

/** A network that does not fit is a lesson: where it broke, why, and what would mend it. */
export function DoesNotFit({ problem, layer, onSelect, messages, children }: DoesNotFitProps) {
  return (
    <section className={styles.notice} role="alert" aria-label={messages.title}>
      <h2 className={styles.title}>{messages.title}</h2>
      <p className={styles.problem}>
        {problem}
        {layer !== null && (
          <>
            {' '}
            <button type="button" className={styles.where} onClick={() => onSelect(layer)}>
              {messages.show(layer)}
            </button>
          </>
        )}
      </p>
      {children}
    </section>
  );
}
