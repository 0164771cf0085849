import { classNames } from '../ui/class-names.ts';
import styles from './lineage-spine.module.css';

/** Properties of the line beside one row of a list in the order of years. */
export interface LineageSpineProps {
  /** Whether it is the first or the last row, where the line begins or ends. */
  readonly first: boolean;
  readonly last: boolean;
  readonly current?: boolean;
}

/** The line of time through one row, as tall as the row, and the row's dot. */
export const LineageSpine = ({ first, last, current = false }: LineageSpineProps) => (
  <span
    className={classNames(
      styles.spine,
      first ? styles.first : undefined,
      last ? styles.last : undefined,
      current ? styles.current : undefined,
    )}
    aria-hidden="true"
  />
);
