import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import styles from './predictions.module.css';
import { formatProbability, judge, type Prediction, rankPredictions, type Verdict } from './rank.ts';

/** Words of the predictions. */
export interface PredictionsMessages {
  /** The accessible name of the list. */
  readonly label: string;
  /** `It is a 7`. */
  sure(label: string): string;
  /** `Perhaps a 7 (or a 1)`. */
  likely(label: string, other: string): string;
  /** `A 7? A 1?` */
  unsure(label: string, other: string): string;
  /** While there is nothing to read. */
  readonly empty: string;
  /** While the first answer is on its way. */
  readonly waiting: string;
}

/** Where the answer stands. */
export type PredictionState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'waiting'; readonly text?: string }
  | { readonly kind: 'failed'; readonly text: string }
  | {
      readonly kind: 'answer';
      /** One number a class, in the network's order. */
      readonly probabilities: ArrayLike<number>;
      /** Whether a newer drawing is being read while this answer stands. */
      readonly stale?: boolean;
      /** Who answered, where that needs saying. */
      readonly note?: string;
    };

/** Characters up to which a label stands beside its bar. */
const SHORT = 12;

/** What the predictions show. */
export interface PredictionsProps {
  /** One label a class, in the network's order. */
  readonly labels: readonly string[];
  /** What the sentence calls the classes; as the list does unless given. */
  readonly names?: readonly string[] | undefined;
  readonly state: PredictionState;
  /**
   * Where the bars stand: in the order of probability, or always at the same place (0 … 9). The list itself is in
   * the order of probability both ways.
   */
  readonly arrangement?: 'ranked' | 'fixed';
  /** Classes shown at most. */
  readonly limit?: number;
  /** Whether answers follow one another so fast that motion between them would only blur. */
  readonly still?: boolean;
  readonly messages: PredictionsMessages;
}

/** What the network answers: a sentence, and a list named “Predictions” with the most probable class first. */
export function Predictions({
  labels,
  names,
  state,
  arrangement = 'ranked',
  limit = 10,
  still = false,
  messages,
}: PredictionsProps) {
  const probabilities = state.kind === 'answer' ? state.probabilities : null;
  const ranked = useMemo(
    () => (probabilities ? rankPredictions(probabilities, labels) : []),
    [probabilities, labels],
  );
  const verdict = judge(ranked, names);
  const shown = ranked.slice(0, limit);
  const sentence = sentenceOf(state, verdict, messages);
  return (
    <div
      className={styles.predictions}
      data-state={state.kind}
      data-still={still}
      // Of all labels, so that nothing moves from answer to answer.
      data-long={labels.some((label) => label.length > SHORT)}
    >
      <p className={styles.headline} data-kind={state.kind === 'answer' ? verdict?.kind : state.kind}>
        {sentence}
      </p>
      <div className={styles.bars}>
        <List
          shown={shown}
          labels={labels}
          arrangement={arrangement}
          slides={arrangement === 'ranked' && !still}
          stale={state.kind === 'answer' && state.stale === true}
          label={messages.label}
        />
        {/* The places of the bars to come: without an answer the list has no items to read out. */}
        {shown.length === 0 && (
          <div aria-hidden="true" className={styles.list}>
            {labels.slice(0, limit).map((label) => (
              <div key={label} className={styles.item}>
                <span className={styles.label}>{label}</span>
                <span className={styles.track} />
              </div>
            ))}
          </div>
        )}
      </div>
      {state.kind === 'answer' && state.note && <p className={styles.note}>{state.note}</p>}
      <Announcement text={sentence} />
    </div>
  );
}

function sentenceOf(state: PredictionState, verdict: Verdict | null, messages: PredictionsMessages): string {
  switch (state.kind) {
    case 'empty':
      return messages.empty;
    case 'waiting':
      return state.text ?? messages.waiting;
    case 'failed':
      return state.text;
    case 'answer':
      if (!verdict) return messages.waiting;
      return verdict.kind === 'sure'
        ? messages.sure(verdict.label)
        : messages[verdict.kind](verdict.label, verdict.other);
  }
}

function List({
  shown,
  labels,
  arrangement,
  slides,
  stale,
  label,
}: {
  readonly shown: readonly Prediction[];
  readonly labels: readonly string[];
  readonly arrangement: 'ranked' | 'fixed';
  readonly slides: boolean;
  readonly stale: boolean;
  readonly label: string;
}) {
  const list = useRef<HTMLOListElement>(null);
  useSlide(list, shown, slides);
  const places = useMemo(
    () => [...shown].sort((a, b) => a.index - b.index).map(({ index }) => index),
    [shown],
  );
  return (
    <ol
      ref={list}
      // biome-ignore lint/a11y/noRedundantRoles: a list without bullets is none to Safari's VoiceOver unless it says so.
      role="list"
      aria-label={label}
      aria-busy={stale}
      className={styles.list}
      hidden={shown.length === 0}
      data-arrangement={arrangement}
    >
      {shown.map(({ index, probability }, rank) => (
        <li
          key={index}
          className={styles.item}
          data-class={index}
          data-first={rank === 0 || undefined}
          style={arrangement === 'fixed' ? { gridRow: places.indexOf(index) + 1 } : undefined}
        >
          <span className={styles.label}>{labels[index]}</span>{' '}
          <span className={styles.track} aria-hidden="true">
            <span className={styles.bar} style={{ inlineSize: `${100 * probability}%` }} />
          </span>{' '}
          <span className={styles.number}>{formatProbability(probability)}</span>
        </li>
      ))}
    </ol>
  );
}

/** Lets items slide to their new places when the order changes, for those who do not mind motion. */
function useSlide(
  list: { readonly current: HTMLElement | null },
  shown: readonly Prediction[],
  enabled: boolean,
): void {
  const ranks = useRef<readonly number[]>([]);
  const order = shown.map(({ index }) => index).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shown` is new for every answer; only its order moves items.
  useLayoutEffect(() => {
    const before = ranks.current;
    ranks.current = shown.map(({ index }) => index);
    if (!enabled || before.length === 0 || before.join() === order) return;
    if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
    const items = list.current?.querySelectorAll<HTMLElement>('li') ?? [];
    for (const [rank, item] of items.entries()) {
      const moved = before.indexOf(ranks.current[rank] ?? -1) - rank;
      if (moved === 0 || typeof item.animate !== 'function') continue;
      // By its own height: to read a place would make the browser lay the page out before the answer is painted.
      const from = `translateY(calc(${moved} * (100% + var(--gap))))`;
      item.animate([{ transform: from }, { transform: 'none' }], {
        duration: 220,
        easing: 'cubic-bezier(0.2, 0, 0, 1)',
      });
    }
  }, [list, order, enabled]);
}

/** Milliseconds between two announcements, so that a screen reader can finish its sentence. */
const announceEvery = 1500;

/** Speaks the latest sentence, at most once in a while. */
function Announcement({ text }: { readonly text: string }) {
  const [spoken, setSpoken] = useState('');
  const last = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const wait = Math.max(300, last.current + announceEvery - Date.now());
    const timer = setTimeout(() => {
      last.current = Date.now();
      setSpoken(text);
    }, wait);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <p className={styles.hidden} role="status">
      {spoken}
    </p>
  );
}
