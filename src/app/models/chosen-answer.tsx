import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type PredictionState, Predictions } from '../../components/probabilities/predictions.tsx';
import { entropyOf } from '../../engine/runtime/preprocess/picture.ts';
import { imagenetLabelsQuery } from '../build/label-query.ts';
import ExplainingPart from '../explore/explaining/explaining-part.tsx';
import styles from '../explore/picture/picture-panel.module.css';
import { usePictureWords } from '../explore/picture/use-picture-words.ts';
import { type Run, useRun } from '../explore/run-provider.tsx';
import { type FailureWords, useFailureWords } from '../i18n/failure-words.ts';
import { useLanguage, useMessages } from '../i18n/index.tsx';
import { queryClient } from '../queries/query-client.ts';
import type { RunningModel } from '../state/running-model.ts';
import { useModelWords } from './use-model-words.ts';

/** Classes that are listed: the five that the network holds for most probable. */
const LISTED = 5;

/** What the weights that a visitor chose are of. */
type Chosen = RunningModel['kind'];

/** What a network says with the weights that the visitor chose: with ImageNet's its classes, with random ones their numbers. */
export default function ChosenAnswer({ of }: { readonly of: Chosen }) {
  return (
    <QueryClientProvider client={queryClient}>
      <Answer of={of} />
    </QueryClientProvider>
  );
}

/**
 * Names of the classes in the language on screen: of ImageNet's weights the classes', of random ones their numbers. Needs
 * the query client around it.
 */
export function useClassNames(
  of: Chosen,
  classes: number,
): {
  readonly labels: readonly string[];
  readonly isMissing: boolean;
} {
  const words = useModelWords();
  const { language } = useLanguage();
  const isRandom = of === 'random';
  const names = useQuery({ ...imagenetLabelsQuery, enabled: !isRandom });
  const known = isRandom ? undefined : names.data?.[language];
  const labels = useMemo(
    () => Array.from({ length: classes }, (_, index) => known?.[index] ?? words.className(index)),
    [classes, known, words],
  );
  return { labels, isMissing: names.isError };
}

/** Where ImageNet's weights saw what they answer. */
export const ChosenExplaining = () => (
  <QueryClientProvider client={queryClient}>
    <Explaining />
  </QueryClientProvider>
);

function Explaining() {
  const classes = useRun((run) => run?.model.last?.probabilities.length ?? 0);
  return <ExplainingPart labels={useClassNames('imagenet', classes).labels} />;
}

function stateOf(run: Run | null, failures: FailureWords): PredictionState {
  if (!run?.picture) return { kind: 'empty' };
  const { last, runtimeProblem } = run.model;
  if (last) return { kind: 'answer', probabilities: last.probabilities, stale: run.stale };
  return runtimeProblem ? { kind: 'failed', text: failures.runtime(runtimeProblem) } : { kind: 'waiting' };
}

function Answer({ of }: { readonly of: Chosen }) {
  const isRandom = of === 'random';
  const words = useModelWords();
  const pictureWords = usePictureWords();
  const { predictions } = useMessages();
  const failures = useFailureWords();
  const run = useRun((whole) => whole);
  const probabilities = run?.picture ? (run.model.last?.probabilities ?? null) : null;
  const classes = probabilities?.length ?? 0;
  const { labels, isMissing } = useClassNames(of, classes);
  const messages = useMemo(
    () => ({ ...predictions, ...words.verdicts, empty: pictureWords.answerEmpty }),
    [predictions, words, pictureWords.answerEmpty],
  );
  const isSound = probabilities?.every(Number.isFinite) ?? true;
  return (
    <div data-current={run?.current ?? false} className={styles.answer}>
      {isRandom ? <p className={styles.note}>{words.randomWarning}</p> : null}
      {isSound ? (
        <Predictions
          labels={labels}
          state={stateOf(run, failures)}
          limit={LISTED}
          still={run?.picture?.live ?? false}
          messages={messages}
        />
      ) : (
        <p className={styles.note}>{words.randomOverflow}</p>
      )}
      {probabilities && classes > 0 && isSound ? (
        <p className={styles.quiet}>
          {pictureWords.entropy(entropyOf(probabilities).toFixed(2), Math.log2(classes).toFixed(2))}
        </p>
      ) : null}
      {isRandom ? null : <p className={styles.quiet}>{isMissing ? words.labelsFailed : words.knows}</p>}
    </div>
  );
}
