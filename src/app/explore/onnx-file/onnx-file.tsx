import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '../../../components/ui/button.tsx';
import { NumberField } from '../../../components/ui/number-field.tsx';
import { Progress } from '../../../components/ui/progress.tsx';
import { formatBytes } from '../../../engine/cost/format.ts';
import type { Graph } from '../../../engine/graph/types.ts';
import { onnxOutline } from '../../../engine/onnx/export.ts';
import type { Architecture } from '../../../engine/spec/types.ts';
import { code as en } from '../../i18n/en/code.ts';
import { useTopic } from '../../i18n/use-topic.ts';
import { code as zh } from '../../i18n/zh/code.ts';
import styles from '../code-part.module.css';
import { saveFile } from '../save-file.ts';
import { makeOnnxFile } from './make-onnx-file.ts';

/** Bytes from which a visitor is told what the file takes. */
const LARGE = 100 * 2 ** 20;

/** The most that one protobuf message may hold. */
const LIMIT = 2 ** 31 - 1;

/** Seeds are 32-bit numbers. */
const LAST_SEED = 2 ** 32 - 1;

type State =
  | { readonly kind: 'idle' | 'cancelled' | 'saved' }
  | { readonly kind: 'making'; readonly bytes: number }
  | { readonly kind: 'failed'; readonly reason: string };

/** The network as an ONNX file with seeded weights: its size beforehand, and a download that can be given up. */
export function OnnxFile({
  architecture,
  graph,
}: {
  readonly architecture: Architecture;
  readonly graph: Graph;
}) {
  const words = useTopic({ en, zh });
  const [seed, setSeed] = useState(0);
  const [state, setState] = useState<State>({ kind: 'idle' });
  const end = useRef<(() => void) | null>(null);
  const bytes = useMemo(() => onnxOutline(graph).reduce((sum, part) => sum + part.length, 0), [graph]);
  const name = `${graph.id}.onnx`;

  useEffect(() => () => end.current?.(), []);

  const make = () => {
    setState({ kind: 'making', bytes: 0 });
    end.current = makeOnnxFile(
      { definition: architecture, input: graph.input, seed },
      {
        progress: (made) => setState({ kind: 'making', bytes: made }),
        done: (file) => {
          saveFile(file, name);
          setState({ kind: 'saved' });
        },
        failed: (reason) => setState({ kind: 'failed', reason }),
      },
    );
  };
  const cancel = () => {
    end.current?.();
    setState({ kind: 'cancelled' });
  };

  if (bytes > LIMIT) return <p className={styles.hint}>{words.tooLarge(formatBytes(bytes))}</p>;
  const outcome =
    state.kind === 'saved'
      ? words.saved(name)
      : state.kind === 'cancelled'
        ? words.cancelled
        : state.kind === 'failed'
          ? words.failed(state.reason)
          : '';
  return (
    <div className={styles.onnx}>
      {bytes >= LARGE ? <p className={styles.hint}>{words.large(formatBytes(bytes))}</p> : null}
      <div className={styles.make}>
        <NumberField
          label={words.seed}
          value={seed}
          minimum={0}
          maximum={LAST_SEED}
          onChange={setSeed}
          decrease={words.decrease}
          increase={words.increase}
        />
        {state.kind === 'making' ? (
          <Button onClick={cancel}>{words.cancel}</Button>
        ) : (
          <Button variant="primary" onClick={make}>
            {words.makeFile(formatBytes(bytes))}
          </Button>
        )}
      </div>
      {state.kind === 'making' ? (
        <Progress
          className={styles.progress ?? ''}
          label={words.making}
          value={state.bytes / bytes}
          detail={words.made(formatBytes(state.bytes), formatBytes(bytes))}
        />
      ) : null}
      <p role="status" className={styles.hint}>
        {outcome}
      </p>
    </div>
  );
}
