import { useMessages } from '../i18n/index.tsx';
import { useNetworkWords } from '../i18n/network-words.ts';
import type { SectionProps } from './about-area.tsx';
import styles from './explore.module.css';

/** What the network brought, its source, and where sources disagree. */
export default function AboutNetwork({ architecture }: SectionProps) {
  const { explore } = useMessages();
  const words = useNetworkWords(architecture.id);
  const { source } = architecture;
  return (
    <div className={styles.aboutColumns}>
      <section>
        {words ? (
          <>
            <h2>{explore.idea}</h2>
            <p className={styles.prose}>{words.idea}</p>
          </>
        ) : null}
        <h2>{explore.source}</h2>
        <p className={styles.prose}>
          {source.authors} ({source.year}).{' '}
          {source.link ? (
            <a href={source.link} rel="noreferrer noopener" target="_blank">
              {source.paper}
            </a>
          ) : (
            source.paper
          )}
          . {source.where}.
        </p>
      </section>
      <section>
        {words && words.notes.length > 0 ? (
          <>
            <h2>{explore.notes}</h2>
            <ul className={styles.notes}>
              {words.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </>
        ) : null}
      </section>
    </div>
  );
}
