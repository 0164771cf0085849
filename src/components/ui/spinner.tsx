import styles from './spinner.module.css';

/** Something is under way; its name is announced politely. */
export const Spinner = ({ label }: { readonly label: string }) => (
  <span role="status" className={styles.spinner}>
    <span className={styles.ring} aria-hidden="true" />
    {label}
  </span>
);
