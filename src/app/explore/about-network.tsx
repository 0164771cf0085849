import { useMessages } from '../i18n/index.tsx';
import { useNetworkWords } from '../i18n/network-words.ts';
import type { SectionProps } from './about-area.tsx';
import styles from './explore.module.css';
import { useRun } from './run-provider.tsx';

/** What the network brought, its source, where sources disagree, and its weights. */
export default function AboutNetwork({ architecture }: SectionProps) {
  const { explore } = useMessages();
  const card = useRun((run) => run?.model.card);
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
        {card ? (
          <>
            <h2>{explore.cardTitle}</h2>
            <dl className={styles.card}>
              <dt>{explore.cardOrigin}</dt>
              <dd>{card.origin}</dd>
              <dt>{explore.cardRecipe}</dt>
              <dd>{card.recipe.summary}</dd>
              <dt>{explore.cardLicence}</dt>
              <dd>
                {card.licence.weights}; {card.licence.data}
              </dd>
              <dt>SHA-256</dt>
              <dd className={styles.hash}>{card.sha256}</dd>
            </dl>
          </>
        ) : null}
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
