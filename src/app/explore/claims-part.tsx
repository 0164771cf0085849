import { useMemo } from 'react';
import { formatBytes, formatCount, formatInteger, formatShare } from '../../engine/cost/format.ts';
import { bytesOf } from '../../engine/cost/memory.ts';
import {
  type ClaimQuantity,
  evaluateStatement,
  type Measures,
  type Statement,
  statementsOf,
} from '../claims.ts';
import { type ClaimFigures, claimWords as en } from '../i18n/en/claims.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { claimWords as zh } from '../i18n/zh/claims.ts';
import { exploreHref } from '../lineage.ts';
import { Link } from '../link.tsx';
import { accuracies } from '../published/accuracy.ts';
import type { SectionProps } from './about-area.tsx';
import styles from './claims-part.module.css';

const weightsOf = ({ parameters }: Measures): string => formatBytes(bytesOf(parameters, 'fp32'));

const percent = (value: number): string => `${value.toFixed(1)} %`;

/** A value of a row, short. */
function shortText(one: Measures, quantity: ClaimQuantity): string {
  switch (quantity) {
    case 'parameters':
    case 'macs':
      return formatCount(one[quantity]);
    case 'peak':
      return formatBytes(bytesOf(one.peak, 'fp32'));
    case 'top1':
      return one.top1 === null ? '—' : percent(one.top1);
  }
}

/** The lecture's claims about the network, each beside the figures that prove or qualify it. */
export default function ClaimsPart({ architecture }: SectionProps) {
  const words = useTopic({ en, zh });
  const statements = useMemo(() => statementsOf(architecture.id).map(evaluateStatement), [architecture.id]);
  const shown = new Set(
    statements.flatMap(({ rows, beyond, quantity, id }) =>
      quantity === 'top1' || id.startsWith('googlenet') ? [...rows, ...beyond].map((one) => one.id) : [],
    ),
  );
  const sources = new Map<string, string[]>();
  for (const id of shown) {
    const accuracy = accuracies[id];
    if (accuracy) sources.set(accuracy.source, [...(sources.get(accuracy.source) ?? []), id]);
  }
  return (
    <div className={styles.part}>
      <div>
        <h2>{words.heading}</h2>
        <p className={styles.hint}>{words.hint}</p>
      </div>
      <div className={styles.statements}>
        {statements.map((statement) => (
          <StatementCard key={statement.id} statement={statement} current={architecture.id} />
        ))}
      </div>
      {sources.size > 0 ? (
        <p className={styles.hint}>
          {words.accuracyHint}{' '}
          {[...sources].map(([source, ids]) => `${source} (${ids.join(', ')})`).join('; ')}
        </p>
      ) : null}
    </div>
  );
}

function StatementCard({ statement, current }: { readonly statement: Statement; readonly current: string }) {
  const words = useTopic({ en, zh });
  const { quantity, rows, subject, other, beyond, subjects } = statement;
  const figures = figuresOf(statement, words);
  const largest = Math.max(...rows.map((one) => one[quantity] ?? 0));
  const text = words.statements[statement.id];
  return (
    <section className={styles.statement} data-verdict={statement.verdict}>
      <h3>{text.claim}</h3>
      <p className={styles.verdict}>{words.verdicts[statement.verdict]}</p>
      <p>{text.shown(figures)}</p>
      {beyond.length > 0 ? (
        <p className={styles.quiet}>
          {words.beyondMore(beyond.map((one) => `${one.title} (${shortText(one, quantity)})`).join(', '))}
        </p>
      ) : null}
      <p className={styles.axis}>{words.quantities[quantity]}</p>
      <ol className={styles.bars}>
        {rows.map((one) => (
          <li
            key={one.id}
            data-subject={subjects.has(one.id) || one === subject || undefined}
            data-other={one === other || undefined}
          >
            <span>
              {one.id === current ? <b>{one.title}</b> : <Link href={exploreHref(one.id)}>{one.title}</Link>}
            </span>
            <span className={styles.track} aria-hidden="true">
              <span style={{ inlineSize: `${(100 * (one[quantity] ?? 0)) / largest}%` }} />
            </span>
            <span className={styles.value}>{shortText(one, quantity)}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The figures that the words of a statement are filled with. */
function figuresOf({ quantity, subject, other }: Statement, words: typeof en): ClaimFigures {
  const valueText = (one: Measures): string => {
    if (quantity === 'parameters') return words.parametersUnit(formatInteger(one.parameters));
    if (quantity === 'macs') return words.macsUnit(formatCount(one.macs));
    return shortText(one, quantity);
  };
  const value = subject[quantity] ?? 0;
  const otherValue = other?.[quantity] ?? 0;
  return {
    subject: subject.title,
    value: valueText(subject),
    other: other?.title ?? '',
    otherValue: other ? valueText(other) : '',
    times:
      otherValue > value && quantity === 'parameters'
        ? `${(otherValue / value).toFixed(1)}×`
        : formatShare(value, otherValue),
    weights: weightsOf(subject),
    otherWeights: other ? weightsOf(other) : '',
    peak: formatBytes(bytesOf(subject.peak, 'fp32')),
    linearShare: formatShare(subject.linearShare, 1),
    accuracy: subject.top1 === null ? '—' : percent(subject.top1),
    otherAccuracy: other?.top1 ? percent(other.top1) : '—',
  };
}
