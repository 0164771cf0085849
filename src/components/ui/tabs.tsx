import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './tabs.module.css';

/** One tab and what it shows. */
export interface Tab<Value extends string> {
  readonly value: Value;
  readonly title: string;
}

/** Properties of tabs; load this file lazily. */
export interface TabsProps<Value extends string> {
  /** Accessible name of the row of tabs. */
  readonly label: string;
  readonly value: Value;
  readonly tabs: readonly Tab<Value>[];
  readonly onChange: (value: Value) => void;
  readonly className?: string;
  /** The content of the tab shown; the others are not rendered. */
  readonly children: ReactNode;
}

/**
 * Several contents in one place, one of them shown: arrow keys walk the tabs. On paper the row of tabs is replaced by
 * the title of what is shown.
 */
export const Tabs = <Value extends string>({
  label,
  value,
  tabs,
  onChange,
  className,
  children,
}: TabsProps<Value>) => (
  <Base.Root
    className={classNames(styles.root, className)}
    value={value}
    onValueChange={(next: unknown) => {
      const chosen = tabs.find((tab) => tab.value === next);
      if (chosen) onChange(chosen.value);
    }}
  >
    <Base.List className={styles.list} aria-label={label} activateOnFocus>
      {tabs.map((tab) => (
        <Base.Tab key={tab.value} value={tab.value} className={styles.tab}>
          {tab.title}
        </Base.Tab>
      ))}
    </Base.List>
    <p className={styles.printed} aria-hidden="true">
      {tabs.find((tab) => tab.value === value)?.title}
    </p>
    <Base.Panel key={value} value={value} className={styles.panel}>
      {children}
    </Base.Panel>
  </Base.Root>
);
