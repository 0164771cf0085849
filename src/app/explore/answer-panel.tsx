import { type PredictionState, Predictions } from '../../components/probabilities/predictions.tsx';
import { type FailureWords, useFailureWords } from '../i18n/failure-words.ts';
import { useMessages } from '../i18n/index.tsx';
import { type Run, useRun } from './run-provider.tsx';

/** Digits, in the order of the network's outputs, for as long as the card has not arrived. */
const digitLabels = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

function stateOf(run: Run | null, failures: FailureWords): PredictionState {
  if (!run) return { kind: 'empty' };
  const { model, prepared, current } = run;
  if (model.weightsProblem) {
    return { kind: 'failed', text: failures.weights(model.weightsProblem) };
  }
  if (!prepared || prepared.status === 'empty') return { kind: 'empty' };
  if (!model.last) return { kind: 'waiting' };
  return { kind: 'answer', probabilities: model.last.probabilities, stale: !current };
}

/** What the network answers. */
export function AnswerPanel() {
  const { predictions } = useMessages();
  const failures = useFailureWords();
  const run = useRun((whole) => whole);
  return (
    <div data-current={run?.current ?? false}>
      <Predictions
        labels={run?.model.card?.classes ?? digitLabels}
        state={stateOf(run, failures)}
        messages={predictions}
      />
    </div>
  );
}
