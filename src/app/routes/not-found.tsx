import { useMessages } from '../i18n/index.tsx';
import { Link } from '../link.tsx';
import styles from './prose.module.css';

/** The page of an address that leads nowhere. */
export function NotFound({ path }: { readonly path: string }) {
  const { notFound } = useMessages();
  return (
    <div className={styles.prose}>
      <h1>{notFound.title}</h1>
      <p>{notFound.text(path)}</p>
      <p>
        <Link href="/">{notFound.back}</Link>
      </p>
    </div>
  );
}
