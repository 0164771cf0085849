import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import styles from './popup.module.css';

/** Properties of a popover. */
export interface PopoverProps {
  /** The button that opens it. */
  readonly trigger: ReactElement<Record<string, unknown>>;
  readonly title?: string;
  readonly children: ReactNode;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
}

/** A note with room for more than a sentence, opened by a press. */
export const Popover = ({ trigger, title, children, side = 'bottom' }: PopoverProps) => (
  <Base.Root>
    <Base.Trigger render={trigger} />
    <Base.Portal>
      <Base.Positioner className={styles.positioner} side={side} sideOffset={6} collisionPadding={8}>
        <Base.Popup className={styles.popup}>
          <div className={styles.body}>
            {title ? <Base.Title className={styles.title}>{title}</Base.Title> : null}
            {children}
          </div>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
);
