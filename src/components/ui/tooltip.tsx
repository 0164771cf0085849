import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './popup.module.css';

/** Properties of a tooltip. */
export interface TooltipProps {
  readonly content: ReactNode;
  /** The element that the tooltip belongs to: a button or a link, with a name of its own. */
  readonly children: ReactElement<Record<string, unknown>>;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
}

/** A short note on hover or focus. It may be missed by touch, so nothing stands in it alone. */
export const Tooltip = ({ content, children, side = 'top' }: TooltipProps) => (
  <Base.Root>
    <Base.Trigger render={children} />
    <Base.Portal>
      <Base.Positioner className={styles.positioner} side={side} sideOffset={6}>
        <Base.Popup className={classNames(styles.popup, styles.tooltip)}>{content}</Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
);
