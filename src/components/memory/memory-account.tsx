import type { ReactNode } from 'react';
import { formatBytes, formatInteger } from '../../engine/cost/format.ts';
import styles from './memory.module.css';

/** The words of an account. */
export interface MemoryAccountMessages {
  readonly fits: (batch: string) => string;
  readonly fitsNot: string;
  /** Where some batch fits, but not the one asked for. */
  readonly fitsLess: (batch: string, asked: string) => string;
  readonly over: (amount: string) => string;
  readonly free: (amount: string) => string;
}

/** What memory is taken for. */
export interface MemoryPart {
  readonly id: string;
  readonly label: string;
  readonly bytes: number;
}

/** Memory for one use of a network, with what it is for, against a budget. */
export interface MemoryAccountProps {
  readonly title: string;
  /** Batch and number format, in words. */
  readonly note: string;
  readonly parts: readonly MemoryPart[];
  readonly batch: number;
  readonly budget: number;
  /** The most images at once that fit. */
  readonly largest: number;
  /** Bytes that the whole width of the bar stands for, one for accounts side by side. */
  readonly scale: number;
  readonly messages: MemoryAccountMessages;
  readonly children?: ReactNode;
}

/** A stacked bar with its numbers, the budget as a line across it, and up to which batch it fits. */
export function MemoryAccount(props: MemoryAccountProps) {
  const { title, note, parts, batch, budget, largest, scale, messages, children } = props;
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  const room = budget - total;
  const percent = (bytes: number) => `${Math.min(100, (100 * bytes) / scale)}%`;
  return (
    <section className={styles.account} aria-label={title}>
      <h3 className={styles.use}>
        {title} <small>{note}</small>
      </h3>
      <p className={styles.total} data-figure="total">
        {formatBytes(total)}{' '}
        <small data-fits={room >= 0}>
          {room >= 0 ? messages.free(formatBytes(room)) : messages.over(formatBytes(-room))}
        </small>
      </p>
      <div className={styles.bar} aria-hidden="true">
        {parts.map(({ id, bytes }) => (
          <span key={id} data-part={id} style={{ inlineSize: percent(bytes) }} />
        ))}
        {budget <= scale && <i className={styles.budgetLine} style={{ insetInlineStart: percent(budget) }} />}
      </div>
      <dl className={styles.parts}>
        {parts.map(({ id, label, bytes }) =>
          bytes === 0 ? null : (
            <div key={id}>
              <dt>
                <i data-part={id} aria-hidden="true" />
                {label}
              </dt>
              <dd>{formatBytes(bytes)}</dd>
            </div>
          ),
        )}
      </dl>
      <p className={styles.answer} data-fits={batch <= largest}>
        {largest === 0
          ? messages.fitsNot
          : batch > largest
            ? messages.fitsLess(formatInteger(largest), formatInteger(batch))
            : messages.fits(formatInteger(largest))}
      </p>
      {children}
    </section>
  );
}
