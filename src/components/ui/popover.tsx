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
  /** Also while the pointer rests on the trigger; for what is only looked at. */
  readonly opensOnHover?: boolean;
}

/** A note with room for more than a sentence, opened by a press, and by hovering where asked for. */
export const Popover = ({
  trigger,
  title,
  children,
  side = 'bottom',
  opensOnHover = false,
}: PopoverProps) => (
  <Base.Root>
    <Base.Trigger render={trigger} openOnHover={opensOnHover} />
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
