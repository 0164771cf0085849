import { useMemo, useState } from 'react';
import { CodeView } from '../../components/code-view/code-view.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Segmented } from '../../components/ui/segmented.tsx';
import { formatInteger } from '../../engine/cost/format.ts';
import type { Graph } from '../../engine/graph/types.ts';
import { kerasCode } from '../../engine/keras/code.ts';
import { layerTable } from '../../engine/table/layer-table.ts';
import {
  type TableFormat,
  tableExtensions,
  tableFormats,
  writeTable,
} from '../../engine/table/write-table.ts';
import { torchCode } from '../../engine/torch/code.ts';
import { code as en } from '../i18n/en/code.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { code as zh } from '../i18n/zh/code.ts';
import type { GraphSectionProps } from './about-area.tsx';
import styles from './code-part.module.css';
import { OnnxFile } from './onnx-file/onnx-file.tsx';
import { saveFile } from './save-file.ts';

const kinds = ['torch', 'keras', 'onnx', 'table'] as const;

type Kind = (typeof kinds)[number];

/** Lines that are shown; a table of the deepest networks has tens of thousands. */
const SHOWN_LINES = 600;

/** An id as a Python module's name. */
const moduleFile = (id: string): string => id.replace(/\W/g, '_');

/** The text of a form, and the name of its file. */
function fileOf(
  graph: Graph,
  kind: Exclude<Kind, 'onnx'>,
  format: TableFormat,
): { text: string; name: string } {
  switch (kind) {
    case 'torch':
      return { text: torchCode(graph), name: `${moduleFile(graph.id)}.py` };
    case 'keras':
      return { text: kerasCode(graph), name: `${moduleFile(graph.id)}_keras.py` };
    case 'table':
      return { text: writeTable(layerTable(graph), format), name: `${graph.id}.${tableExtensions[format]}` };
  }
}

/** The network to take away: as PyTorch or Keras, as an ONNX file, as a table. */
export default function CodePart({ architecture, analysis }: GraphSectionProps) {
  const words = useTopic({ en, zh });
  const [kind, setKind] = useState<Kind>('torch');
  const [format, setFormat] = useState<TableFormat>('csv');
  const { graph } = analysis;
  return (
    <div className={styles.part}>
      <div className={styles.choices}>
        <Segmented
          label={words.kind}
          value={kind}
          // A network out of an ONNX file is one already.
          options={kinds
            .filter((value) => architecture || value !== 'onnx')
            .map((value) => ({ value, label: words.kinds[value] }))}
          onChange={setKind}
        />
        {kind === 'table' ? (
          <Segmented
            label={words.format}
            value={format}
            options={tableFormats.map((value) => ({ value, label: words.formats[value] }))}
            onChange={setFormat}
          />
        ) : null}
      </div>
      {kind === 'onnx' && architecture ? (
        <>
          <p className={styles.hint}>{words.hints.onnx}</p>
          <OnnxFile key={`${graph.id} ${graph.input.join()}`} architecture={architecture} graph={graph} />
        </>
      ) : (
        <Written graph={graph} kind={kind === 'onnx' ? 'torch' : kind} format={format} />
      )}
    </div>
  );
}

interface WrittenProps {
  readonly graph: Graph;
  readonly kind: Exclude<Kind, 'onnx'>;
  readonly format: TableFormat;
}

/** Operators of a file that have no form in code, each once. */
const formless = (graph: Graph): readonly string[] => [
  ...new Set(graph.nodes.flatMap((node) => (node.op === 'Opaque' ? [node.attributes.operator] : []))),
];

/** The text of a form, or why there is none. */
function Written({ graph, kind, format }: WrittenProps) {
  const words = useTopic({ en, zh });
  const operators = useMemo(() => (kind === 'table' ? [] : formless(graph)), [graph, kind]);
  return operators.length > 0 ? (
    <p className={styles.hint}>{words.formless(words.kinds[kind], operators)}</p>
  ) : (
    <>
      <p className={styles.hint}>{words.hints[kind]}</p>
      <TextFile graph={graph} kind={kind} format={format} />
    </>
  );
}

/** One text with its file name, to read, to copy and to download. */
function TextFile({ graph, kind, format }: WrittenProps) {
  const words = useTopic({ en, zh });
  const { text, name } = useMemo(() => fileOf(graph, kind, format), [graph, kind, format]);
  const lines = useMemo(() => text.split('\n'), [text]);
  const shown = lines.length > SHOWN_LINES ? lines.slice(0, SHOWN_LINES).join('\n') : text;
  const [outcome, setOutcome] = useState<{ of: string; is: 'copied' | 'copyFailed' } | null>(null);
  const copy = () => {
    Promise.resolve(navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))).then(
      () => setOutcome({ of: text, is: 'copied' }),
      () => setOutcome({ of: text, is: 'copyFailed' }),
    );
  };
  // The last line ends in a line feed; there is nothing behind it.
  const count = lines.length - 1;
  return (
    <>
      <div className={styles.bar}>
        <span className={styles.file}>{name}</span>
        <span className={styles.count}>{words.lines(formatInteger(count))}</span>
        <span role="status" className={styles.outcome}>
          {outcome?.of === text ? words[outcome.is] : ''}
        </span>
        <Button onClick={copy}>{words.copy}</Button>
        <Button onClick={() => saveFile(text, name)}>{words.download}</Button>
      </div>
      <CodeView label={name} text={shown} language={kind === 'table' ? 'plain' : 'python'} />
      {shown === text ? null : (
        <p className={styles.hint}>{words.cut(formatInteger(SHOWN_LINES), formatInteger(count))}</p>
      )}
    </>
  );
}
