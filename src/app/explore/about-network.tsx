import { useMemo, useState } from 'react';
import { Button } from '../../components/ui/button.tsx';
import { Disclosure } from '../../components/ui/disclosure.tsx';
import type { Architecture } from '../../engine/spec/types.ts';
import { torchCode } from '../../engine/torch/code.ts';
import { useMessages } from '../i18n/index.tsx';
import styles from './explore.module.css';
import { useRun } from './run-provider.tsx';
import type { Analysis } from './use-analysis.ts';

/** What the network brought, its source, where sources disagree, its weights, and its PyTorch code. */
export default function AboutNetwork({
  architecture,
  analysis,
}: {
  readonly architecture: Architecture;
  readonly analysis: Analysis;
}) {
  const { explore, networks } = useMessages();
  const card = useRun((run) => run?.model.card);
  const words = networks.byArchitecture[architecture.id as keyof typeof networks.byArchitecture];
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
        {analysis.graph.problem ? null : (
          <Disclosure summary={explore.code}>
            <TorchText analysis={analysis} />
          </Disclosure>
        )}
      </section>
    </div>
  );
}

function TorchText({ analysis }: { readonly analysis: Analysis }) {
  const { explore } = useMessages();
  const text = useMemo(() => torchCode(analysis.graph), [analysis]);
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed' | null>(null);
  const copy = () => {
    Promise.resolve(navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))).then(
      () => setOutcome('copied'),
      () => setOutcome('copyFailed'),
    );
  };
  return (
    <div className={styles.code}>
      <p className={styles.quiet}>{explore.codeHint}</p>
      <Button onClick={copy}>{explore.copy}</Button>
      <span role="status" className={styles.quiet}>
        {outcome ? explore[outcome] : ''}
      </span>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keys. */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
}
