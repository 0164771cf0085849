import { useMemo } from 'react';
import { type PredictionState, Predictions } from '../../../components/probabilities/predictions.tsx';
import { formatProbability, rankPredictions } from '../../../components/probabilities/rank.ts';
import { entropyOf } from '../../../engine/runtime/preprocess/picture.ts';
import { type FailureWords, useFailureWords } from '../../i18n/failure-words.ts';
import { useMessages } from '../../i18n/index.tsx';
import { type Run, useRun } from '../run-provider.tsx';
import styles from './picture-panel.module.css';
import { nameOfClass, usePictureWords, useWeightWords } from './use-picture-words.ts';

/** Classes that are listed: the five that the network holds for most probable. */
const LISTED = 5;

function stateOf(run: Run | null, failures: FailureWords): PredictionState {
  if (!run) return { kind: 'empty' };
  const { model, picture, stale } = run;
  if (model.weightsProblem) return { kind: 'failed', text: failures.weights(model.weightsProblem) };
  if (!picture) return { kind: 'empty' };
  if (!model.last) return { kind: 'waiting' };
  return { kind: 'answer', probabilities: model.last.probabilities, stale };
}

/** What the network takes the picture for, how unsure it is, and what it said before a step was broken. */
export function PictureAnswer() {
  const { predictions } = useMessages();
  const failures = useFailureWords();
  const words = usePictureWords();
  const weightWords = useWeightWords();
  const run = useRun((whole) => whole);
  const classes = run?.model.card?.classes;
  const labels = useMemo(
    () => (classes ?? []).map((name) => nameOfClass(weightWords, name)),
    [classes, weightWords],
  );
  const probabilities = run?.picture ? (run.model.last?.probabilities ?? null) : null;
  const unbroken = run?.picture?.unbroken ?? null;
  const before = unbroken && unbroken !== probabilities ? rankPredictions(unbroken, labels)[0] : undefined;
  const messages = useMemo(
    () => ({ ...predictions, empty: words.answerEmpty }),
    [predictions, words.answerEmpty],
  );
  return (
    <div data-current={run?.current ?? false} className={styles.answer}>
      <Predictions
        labels={labels}
        state={stateOf(run, failures)}
        limit={LISTED}
        still={run?.picture?.live ?? false}
        messages={messages}
      />
      {probabilities && labels.length > 0 ? (
        <p className={styles.quiet}>
          {words.entropy(entropyOf(probabilities).toFixed(2), Math.log2(labels.length).toFixed(2))}
        </p>
      ) : null}
      {before && !isUnbroken(run) ? (
        <p className={styles.before}>{words.unbroken(before.label, formatProbability(before.probability))}</p>
      ) : null}
      <p className={styles.quiet}>{words.ofTen}</p>
    </div>
  );
}

/** Whether the steps that were taken are those of training. */
const isUnbroken = (run: Run | null): boolean =>
  !run?.picture || JSON.stringify(run.picture.prepared.steps) === JSON.stringify(run.picture.standard);
