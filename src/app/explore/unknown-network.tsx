import { architectures } from '../../architectures/index.ts';
import { nearestIds } from '../../engine/spec/nearest-ids.ts';
import { useMessages } from '../i18n/index.tsx';
import { exploreHref } from '../lineage.ts';
import { Link } from '../link.tsx';
import styles from './explore.module.css';

/** Says that the address names no network of the atlas, and which ones it may have meant. */
export function UnknownNetwork({ id }: { readonly id: string }) {
  const { explore } = useMessages();
  return (
    <div className={styles.unknown}>
      <h1 className={styles.title}>{explore.unknownTitle}</h1>
      <p>{explore.unknown(id)}</p>
      <p>{explore.didYouMean}</p>
      <ul className={styles.suggestions}>
        {nearestIds(id, [...architectures.keys()]).map((near) => (
          <li key={near}>
            <Link href={exploreHref(near)}>{architectures.get(near)?.title ?? near}</Link>
          </li>
        ))}
      </ul>
      <p>
        <Link href="/">{explore.backToAtlas}</Link>
      </p>
    </div>
  );
}
