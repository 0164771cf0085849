import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { classNames } from './class-names.ts';

/** Properties of a button; `className` adds to its own look. */
export interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'> {
  readonly variant?: 'primary' | 'plain' | 'quiet';
}

/** A button with words in it. */
export const Button = ({ variant = 'plain', className, ...props }: ButtonProps) => (
  <button {...props} type="button" className={classNames(styles.button, styles[variant], className)} />
);

/** Properties of a button that shows a symbol alone: its name is not optional. */
export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'type' | 'aria-label'> {
  /** Accessible name, also its native tooltip. */
  readonly label: string;
}

/** A square button with a symbol in it. */
export const IconButton = ({ label, className, ...props }: IconButtonProps) => (
  <button
    {...props}
    type="button"
    aria-label={label}
    title={label}
    className={classNames(styles.icon, className)}
  />
);
