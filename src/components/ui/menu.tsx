import { Menu as Base } from '@base-ui/react/menu';
import type { ReactElement } from 'react';
import { classNames } from './class-names.ts';
import styles from './popup.module.css';

/** One command of a menu. */
export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

/** Properties of a menu; load this file lazily. */
export interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly items: readonly MenuItem[];
}

/** A list of commands that a button opens; arrow keys and first letters move in it. */
const Menu = ({ trigger, items }: MenuProps) => (
  <Base.Root>
    <Base.Trigger render={trigger} />
    <Base.Portal>
      <Base.Positioner className={styles.positioner} sideOffset={4} align="start" collisionPadding={8}>
        <Base.Popup className={classNames(styles.popup, styles.menu)}>
          {items.map((item) => (
            <Base.Item
              key={item.id}
              className={styles.item}
              disabled={item.disabled ?? false}
              onClick={item.onSelect}
            >
              {item.label}
            </Base.Item>
          ))}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
);

export default Menu;
