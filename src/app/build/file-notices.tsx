import { useMemo } from 'react';
import { Disclosure } from '../../components/ui/disclosure.tsx';
import { formatBytes, formatShape } from '../../engine/cost/format.ts';
import { passingInputs } from '../../engine/graph/undrawn.ts';
import type { ImportedModel } from '../../engine/onnx/import.ts';
import { sizeOf } from '../../engine/ops/window.ts';
import type { Shape } from '../../engine/spec/types.ts';
import type { MemoryRefusal, RunMemory } from '../models/run-memory.ts';
import styles from './build.module.css';
import { isQuantised, runObstacle } from './file-source.ts';
import { useBuildWords } from './use-build-words.ts';

/** Nodes that are named; a file may have thousands. */
const NAMED = 12;

/** What has to be said of a network out of a file: what is not counted, what is missing, what was done to it. */
export function FileNotices({
  model,
  ownInput,
  memory,
  refusal,
}: {
  readonly model: ImportedModel;
  /** The input that the file fixes, where the page shows another; else null. */
  readonly ownInput: Shape | null;
  /** What a run takes, and why it is not begun for want of it. */
  readonly memory: RunMemory;
  readonly refusal: MemoryRefusal | null;
}) {
  const words = useBuildWords();
  const { answer, graph, input, notes, otherInputs, uncounted, weights } = model;
  const obstacle = runObstacle(model);
  // Where the shapes end there are no totals.
  const uncountedTitle = (graph.problem ? words.unmeasuredTitle : words.uncountedTitle)(uncounted.length);
  const passing = useMemo(() => passingInputs(graph).length, [graph]);
  const images = sizeOf(input.shape) / sizeOf(graph.input);
  return (
    <div className={styles.notices}>
      {uncounted.length > 0 ? (
        <section className={styles.notice} aria-label={uncountedTitle}>
          <h2>{uncountedTitle}</h2>
          <ul>
            {uncounted.slice(0, NAMED).map(({ id, operator, reason }) => (
              <li key={id}>
                <b>{operator}</b> <code>{id}</code>: {words.reasons[reason]}
              </li>
            ))}
          </ul>
          {uncounted.length > NAMED ? <p>{words.uncountedMore(uncounted.length - NAMED)}</p> : null}
        </section>
      ) : null}
      {weights.problem ? (
        <p className={styles.notice}>{words.weightsMissing(words.weightsProblem(weights.problem))}</p>
      ) : null}
      {obstacle && obstacle !== 'weights' ? (
        <p className={styles.notice}>{words.obstacles[obstacle]}</p>
      ) : null}
      {obstacle === null && ownInput ? (
        <p className={styles.notice}>{words.fixedInput(formatShape(ownInput))}</p>
      ) : null}
      {obstacle === null && refusal ? <p className={styles.notice}>{words.memoryRefusal(refusal)}</p> : null}
      {passing > 0 ? <p className={styles.notice}>{words.passing(passing)}</p> : null}
      <Disclosure summary={words.notices}>
        <ul className={styles.facts}>
          {obstacle === null ? (
            <li>{words.memory(formatBytes(memory.runtime), formatBytes(memory.most))}</li>
          ) : null}
          {images > 1 ? <li>{words.batch(images)}</li> : null}
          {otherInputs.length > 0 ? <li>{words.otherInputs(otherInputs)}</li> : null}
          {graph.outputs.length > 1 && answer !== null ? (
            <li>{words.outputs(graph.outputs.length, answer)}</li>
          ) : null}
          {isQuantised(model) ? <li>{words.quantised}</li> : null}
          {notes.map(({ code, operators }) => (
            <li key={code}>
              {words.notes[code]}{' '}
              {operators
                .map(({ operator, count }) => (count > 1 ? `${operator} ×${count}` : operator))
                .join(', ')}
            </li>
          ))}
        </ul>
      </Disclosure>
    </div>
  );
}
