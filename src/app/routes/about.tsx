import { architectures } from '../../architectures/index.ts';
import { about as en } from '../i18n/en/about.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { about as zh } from '../i18n/zh/about.ts';
import styles from './prose.module.css';

interface Component {
  readonly name: string;
  readonly use: keyof (typeof en)['uses'];
  readonly licence: string;
}

const components: readonly Component[] = [
  { name: 'React', use: 'react', licence: 'MIT' },
  { name: 'Base UI', use: 'baseUi', licence: 'MIT' },
  { name: 'zustand', use: 'state', licence: 'MIT' },
  { name: 'wouter', use: 'routing', licence: 'Unlicense' },
  { name: 'TanStack Query', use: 'queries', licence: 'MIT' },
  { name: 'd3', use: 'charts', licence: 'ISC' },
  { name: 'ONNX Runtime Web', use: 'runtime', licence: 'MIT' },
  { name: 'Source Serif 4, Inter, JetBrains Mono', use: 'fonts', licence: 'OFL 1.1' },
  { name: 'ImageNet, WordNet', use: 'labels', licence: 'MIT (中文)' },
  { name: 'MNIST', use: 'mnist', licence: 'CC BY-SA 3.0' },
];

/** What this is, how it counts, where its figures come from, and the licences of what it ships with. */
export default function About() {
  const about = useTopic({ en, zh });
  const sources = [...architectures.values()].map(({ source }) => source);
  const papers = sources.filter(
    ({ paper, link }, index) =>
      link !== undefined && sources.findIndex((other) => other.paper === paper) === index,
  );
  return (
    <article className={styles.prose}>
      <h1>{about.title}</h1>
      <p className={styles.lede}>{about.lede}</p>

      <h2>{about.countingTitle}</h2>
      <dl className={styles.terms}>
        {about.counting.map(({ term, text }) => (
          <div key={term} style={{ display: 'contents' }}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>

      <h2>{about.derivedTitle}</h2>
      <p>{about.derived}</p>

      <h2>{about.privacyTitle}</h2>
      <p>{about.privacy}</p>

      <h2>{about.papersTitle}</h2>
      <ul className={styles.papers}>
        {papers.map(({ paper, link, authors, year }) => (
          <li key={paper}>
            {authors}, {year}.{' '}
            <a href={link} rel="noreferrer">
              <cite>{paper}</cite>
            </a>
          </li>
        ))}
      </ul>

      <h2>{about.licencesTitle}</h2>
      <p>{about.licencesIntro}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={about.licencesTitle}>
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{about.component}</th>
              <th scope="col">{about.use}</th>
              <th scope="col">{about.licence}</th>
            </tr>
          </thead>
          <tbody>
            {components.map(({ name, use, licence }) => (
              <tr key={name}>
                <td>{name}</td>
                <td>{about.uses[use]}</td>
                <td>{licence}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </article>
  );
}
