import { Collapsible } from '@base-ui/react/collapsible';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './disclosure.module.css';

/** Properties of a disclosure. */
export interface DisclosureProps {
  readonly summary: ReactNode;
  readonly children: ReactNode;
  readonly defaultOpen?: boolean;
  readonly className?: string;
}

/** More, behind a line that opens it. */
export const Disclosure = ({ summary, children, defaultOpen = false, className }: DisclosureProps) => (
  <Collapsible.Root defaultOpen={defaultOpen} className={classNames(styles.root, className)}>
    <Collapsible.Trigger className={styles.trigger}>
      <span className={styles.mark} aria-hidden="true" />
      {summary}
    </Collapsible.Trigger>
    <Collapsible.Panel className={styles.panel}>{children}</Collapsible.Panel>
  </Collapsible.Root>
);
