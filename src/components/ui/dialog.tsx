import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import { IconButton } from './button.tsx';
import styles from './popup.module.css';

/** Properties of a dialog; load this file lazily, it is not needed before something opens it. */
export interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly children: ReactNode;
  /** Accessible name of the button that closes it. */
  readonly closeLabel: string;
}

/** A modal dialog: the focus stays inside, Escape and the backdrop close it. */
const Dialog = ({ open, onOpenChange, title, children, closeLabel }: DialogProps) => (
  <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
    <Base.Portal>
      <Base.Backdrop className={styles.backdrop} />
      <Base.Popup className={styles.dialog}>
        <Base.Title className={styles.title}>{title}</Base.Title>
        {children}
        <Base.Close render={<IconButton label={closeLabel} className={styles.close} />}>
          <span aria-hidden="true">×</span>
        </Base.Close>
      </Base.Popup>
    </Base.Portal>
  </Base.Root>
);

export default Dialog;
