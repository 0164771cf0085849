import { type FormEvent, useId, useState } from 'react';
import { useStore } from 'zustand';
import { parseInputSize } from '../../components/totals/parse-input-size.ts';
import { Button } from '../../components/ui/button.tsx';
import { FileButton } from '../../components/ui/file-button.tsx';
import { Progress } from '../../components/ui/progress.tsx';
import { TextField } from '../../components/ui/text-field.tsx';
import { useMessages } from '../i18n/index.tsx';
import styles from './build.module.css';
import { openedFile } from './opened-file.ts';
import type { SizeQuestion } from './opened-store.ts';
import { useBuildWords } from './use-build-words.ts';

/** Where a file is chosen, and what is said of the one given last: how far it is read, what is wrong, what it leaves open. */
export function OpenPanel({
  isFirst,
  hint = null,
}: {
  readonly isFirst: boolean;
  /** What is said beside the button, where that is not of one's own page. */
  readonly hint?: string | null;
}) {
  const words = useBuildWords();
  const reading = useStore(openedFile, (state) => state.reading);
  const problem = useStore(openedFile, (state) => state.problem);
  const question = useStore(openedFile, (state) => state.question);
  const hintId = useId();
  const { give, cancel } = openedFile.getState();
  return (
    <div className={styles.open} data-first={isFirst}>
      <div className={styles.choose}>
        <FileButton
          className={styles.upload ?? ''}
          variant={isFirst ? 'primary' : 'plain'}
          label={words.open}
          // Weights beside a model have names of any kind.
          multiple
          aria-describedby={hintId}
          onFiles={give}
        />
        <p id={hintId} className={styles.hint}>
          {hint ?? (isFirst ? words.drop : words.another)}
        </p>
      </div>
      {reading ? (
        <div className={styles.reading}>
          <Progress label={words.reading(reading.name)} value={reading.share} />
          <Button onClick={cancel}>{words.cancel}</Button>
        </div>
      ) : null}
      {problem ? (
        <p role="alert" className={styles.problem}>
          {words.problem(problem.name, problem.problem)}
        </p>
      ) : null}
      {question ? <Question key={question.file.name} question={question} /> : null}
    </div>
  );
}

/** A usual size, offered for an input that has none. */
const USUAL = '224';

/** Asks for the height and width that a file leaves open. */
function Question({ question }: { readonly question: SizeQuestion }) {
  const words = useBuildWords();
  const { totals } = useMessages();
  const [text, setText] = useState(USUAL);
  const parsed = parseInputSize(text, question.channels);
  const { inputSize } = totals;
  const error =
    parsed.kind === 'not-a-size'
      ? inputSize.notASize(text)
      : parsed.kind === 'zero'
        ? inputSize.zero
        : parsed.kind === 'too-large'
          ? inputSize.tooLarge(text)
          : null;
  const answer = (event?: FormEvent) => {
    event?.preventDefault();
    if (parsed.kind === 'size') openedFile.getState().answer(parsed.size);
  };
  return (
    <form className={styles.question} onSubmit={answer}>
      <p>{words.question(question.file.name)}</p>
      <div className={styles.answer}>
        <TextField label={words.questionSize} value={text} onChange={setText} error={error} />
        <Button variant="primary" disabled={parsed.kind !== 'size'} onClick={() => answer()}>
          {words.questionOpen}
        </Button>
        <Button onClick={openedFile.getState().cancel}>{words.cancel}</Button>
      </div>
    </form>
  );
}
