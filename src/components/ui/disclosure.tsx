import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './disclosure.module.css';

/** Properties of a disclosure. */
export interface DisclosureProps {
  readonly summary: ReactNode;
  readonly children: ReactNode;
  /** Whether it starts open; it opens or closes when this changes, and as the visitor likes in between. */
  readonly defaultOpen?: boolean;
  readonly className?: string;
}

/** More, behind a line that opens it. */
export const Disclosure = ({ summary, children, defaultOpen = false, className }: DisclosureProps) => (
  <details open={defaultOpen} className={classNames(styles.root, className)}>
    <summary className={styles.trigger}>
      <span className={styles.mark} aria-hidden="true" />
      {summary}
    </summary>
    <div className={styles.panel}>{children}</div>
  </details>
);
