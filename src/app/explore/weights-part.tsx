import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { AccuracyBars } from '../../components/training/accuracy-bars.tsx';
import { TrainingCurve } from '../../components/training/training-curve.tsx';
import { formatBytes, formatInteger } from '../../engine/cost/format.ts';
import { aimMet, type ModelCard } from '../../engine/weights/card.ts';
import { weights as en } from '../i18n/en/weights.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { weights as zh } from '../i18n/zh/weights.ts';
import { cardQuery } from '../queries/model-queries.ts';
import { queryClient } from '../queries/query-client.ts';
import { curveQuery, partsQuery } from '../queries/training-queries.ts';
import type { SectionProps } from './about-area.tsx';
import styles from './weights-part.module.css';

type Words = typeof en;

// The sign stays with its number where a line breaks.
const percent = (share: number): string => `${(100 * share).toFixed(1)}\u00A0%`;
const exactPercent = (share: number): string => `${(100 * share).toFixed(2)}\u00A0%`;
const wholePercent = (share: number): string => `${Math.round(100 * share)}\u00A0%`;

/** A network's trained weights: how well they read, class by class, and how they came about. */
export default function WeightsPart({ architecture }: SectionProps) {
  // The client is not around the whole page: most of it asks for nothing.
  return (
    <QueryClientProvider client={queryClient}>
      <Weights id={architecture.id} />
    </QueryClientProvider>
  );
}

function Weights({ id }: { readonly id: string }) {
  const words = useTopic({ en, zh });
  const { data: card, isError } = useQuery(cardQuery(id));
  if (isError) return <p role="alert">{words.failed}</p>;
  if (!card) return <p role="status">{words.loading}</p>;
  return (
    <div className={styles.weights}>
      <h2>{words.title}</h2>
      <Figures card={card} words={words} />
      <div className={styles.columns}>
        {card.curve ? <Curve file={card.curve} words={words} /> : null}
        <section>
          <h3>{words.perClass}</h3>
          <AccuracyBars
            label={words.perClass}
            bars={card.perClass.map((value, index) => {
              const name = card.classes[index] ?? '';
              return { id: name, label: words.classes[name as keyof Words['classes']] ?? name, value };
            })}
            formatShare={percent}
          />
        </section>
      </div>
      {card.parts ? <Parts file={card.parts} words={words} /> : null}
      <Recipe card={card} words={words} />
    </div>
  );
}

interface PartProps {
  readonly card: ModelCard;
  readonly words: Words;
}

function Figures({ card, words }: PartProps) {
  const met = aimMet(card);
  const aim = met && card.aims ? wholeOrHalf(card.aims[met]) : null;
  const aimText =
    card.aims === undefined
      ? null
      : met === null
        ? words.aimNone
        : words[met === 'gpu' ? 'aimGpu' : 'aimCpu'](aim ?? '');
  return (
    <dl className={styles.figures}>
      <div>
        <dt>{words.accuracy}</dt>
        <dd>
          <b>{exactPercent(card.accuracy.test)}</b>
          <span>
            {words.accuracyOf(formatInteger(card.accuracy.images))}
            {aimText ? `; ${aimText}` : ''}
          </span>
        </dd>
      </div>
      <div>
        <dt>{words.file}</dt>
        <dd>
          <b>{formatBytes(card.bytes)}</b>
          <span>
            {card.format}, {card.dtype}
          </span>
        </dd>
      </div>
      <div>
        <dt>{words.epochs}</dt>
        <dd>
          <b>{formatInteger(card.epochs)}</b>
        </dd>
      </div>
      {card.trainingSeconds === undefined ? null : (
        <div>
          <dt>{words.time}</dt>
          <dd>
            <b>{words.minutes(formatInteger(Math.round(card.trainingSeconds / 60)))}</b>
            {card.hardware ? <span>{words.on(card.hardware)}</span> : null}
          </dd>
        </div>
      )}
      {Object.entries(card.further ?? {}).map(([name, { accuracy, images }]) => (
        <div key={name}>
          <dt>{words.further}</dt>
          <dd>
            <b>{exactPercent(accuracy)}</b>
            <span>
              {formatInteger(images)}: {name}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** `91.5 %`, but `84 %`. */
const wholeOrHalf = (share: number): string => percent(share).replace('.0\u00A0', '\u00A0');

function Curve({ file, words }: { readonly file: string; readonly words: Words }) {
  const { data: rows } = useQuery(curveQuery(file));
  return (
    <section>
      <h3>{words.curve}</h3>
      {rows && rows.length > 0 ? (
        <TrainingCurve
          rows={rows}
          label={words.curveLabel(rows.length)}
          names={{ train: words.train, test: words.test }}
          axis={words.epochAxis}
          formatShare={wholePercent}
        />
      ) : null}
    </section>
  );
}

/** What the network's parts are worth, one by one. */
function Parts({ file, words }: { readonly file: string; readonly words: Words }) {
  const { data } = useQuery(partsQuery(file));
  if (!data) return null;
  const isAlone = data.kind === 'alone';
  const title = isAlone ? words.alone : words.without;
  return (
    <section>
      <h3>{title}</h3>
      <p className={styles.prose}>{isAlone ? words.aloneText : words.withoutText}</p>
      <AccuracyBars
        label={title}
        mark={data.whole}
        bars={data.parts.map(({ id, accuracy }) => ({
          id,
          label: isAlone ? words.column(id.replace('column', '')) : id,
          value: accuracy,
        }))}
        formatShare={percent}
      />
      <p className={styles.quiet}>
        {words.madeBy} <code>{data.command}</code>
      </p>
    </section>
  );
}

function Recipe({ card, words }: PartProps) {
  const { optimiser, batch, learningRate, weightDecay, labelSmoothing, file, summary } = card.recipe;
  const settings = [
    optimiser === undefined ? null : (words.optimisers[optimiser as keyof Words['optimisers']] ?? optimiser),
    batch === undefined ? null : words.batch(batch),
    learningRate === undefined ? null : words.rate(learningRate),
    weightDecay === undefined ? null : words.decay(weightDecay),
    labelSmoothing === undefined ? null : words.smoothing(labelSmoothing),
    card.recipe.lengthenedFrom === undefined ? null : words.lengthened(card.recipe.lengthenedFrom.join(', ')),
    words.seed(card.seed),
  ];
  return (
    <section>
      <h3>{words.recipe}</h3>
      <dl className={styles.card}>
        <dt>{words.recipe}</dt>
        <dd>
          {summary} {file ? <code>{file}</code> : null}
        </dd>
        <dt>{words.settings}</dt>
        <dd>{settings.filter((setting) => setting !== null).join(' · ')}</dd>
        <dt>{words.origin}</dt>
        <dd>
          {card.origin} {card.date}
        </dd>
        <dt>{words.licence}</dt>
        <dd>
          {card.licence.weights}; {card.licence.data}
        </dd>
        <dt>SHA-256</dt>
        <dd className={styles.hash}>{card.sha256}</dd>
      </dl>
    </section>
  );
}
