import { IconButton } from '../ui/button.tsx';
import styles from './search-field.module.css';

/** Properties of the field that one searches with. */
export interface SearchFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly clearLabel: string;
}

/** A lens, as a sign of search. */
export const Lens = () => (
  <svg viewBox="0 0 16 16" width="15" height="15" aria-hidden="true">
    <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
    <path d="M10.5 10.5 L14 14" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
  </svg>
);

/** A large line to search with; Escape empties it. */
export const SearchField = ({ label, placeholder, value, onChange, clearLabel }: SearchFieldProps) => (
  <div className={styles.field}>
    <Lens />
    <input
      type="search"
      className={styles.input}
      aria-label={label}
      placeholder={placeholder}
      value={value}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && value !== '') {
          event.preventDefault();
          onChange('');
        }
      }}
    />
    {value === '' ? null : (
      <IconButton label={clearLabel} onClick={() => onChange('')}>
        <span aria-hidden="true">×</span>
      </IconButton>
    )}
  </div>
);
