import { useMemo, useState } from 'react';
import { costsOf, type GraphCosts } from '../../engine/cost/costs.ts';
import { formatCount, formatInteger, formatShape } from '../../engine/cost/format.ts';
import { type DiffEntry, type DiffKind, diffKinds, type GraphDiff } from '../../engine/diff/diff-graphs.ts';
import { foldDiff } from '../../engine/diff/fold-diff.ts';
import type { DiffLayer } from '../../engine/diff/layers.ts';
import type { Graph } from '../../engine/graph/types.ts';
import { describeLayer, type OperatorWords } from '../layer-table/describe-operator.ts';
import { Button } from '../ui/button.tsx';
import { VisuallyHidden } from '../ui/visually-hidden.tsx';
import { type DifferenceWords, describeDifferences } from './describe-difference.ts';
import { type DiffRow, idOf, listDiffRows } from './diff-rows.ts';
import styles from './layer-diff.module.css';

/** Words of the diff. */
export interface LayerDiffMessages extends DifferenceWords {
  /** What became of a layer, in one word. */
  readonly kinds: Readonly<Record<DiffKind, string>>;
  /** `3 layers added`. */
  readonly counted: Readonly<Record<DiffKind, (count: number) => string>>;
  readonly changes: string;
  readonly parameters: string;
  readonly macs: string;
  /** A stretch of layers that are the same in both. */
  unchanged(count: number): string;
  showUnchanged(count: number): string;
  /** `17 times, the first at conv4_x/block7, the last at conv4_x/block23`. */
  times(count: string, first: string, last: string): string;
  readonly nothing: string;
  /** Shows the rest of a long list. */
  showAll(count: number): string;
  readonly operators: OperatorWords;
}

/** Properties of the diff of two networks. */
export interface LayerDiffProps {
  readonly diff: GraphDiff;
  readonly before: Graph;
  readonly after: Graph;
  readonly beforeCosts: GraphCosts;
  readonly afterCosts: GraphCosts;
  readonly messages: LayerDiffMessages;
}

const marks: Readonly<Record<DiffKind, string>> = { matched: '=', changed: '~', removed: '−', added: '+' };

/** Rows shown before the visitor asks for all of them. */
const FIRST_ROWS = 60;

/** Two networks side by side, layer by layer: what stayed, changed, went and came, with what that costs or saves. */
export function LayerDiff(props: LayerDiffProps) {
  const { diff, messages } = props;
  const rows = useMemo(() => listDiffRows(diff.entries, foldDiff(diff.entries)), [diff]);
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, FIRST_ROWS);
  return (
    <div className={styles.diff}>
      <ul className={styles.counts}>
        {diffKinds.map((kind) => (
          <li key={kind} data-kind={kind}>
            <span className={styles.mark} aria-hidden="true">
              {marks[kind]}
            </span>
            {messages.counted[kind](diff.counts[kind])}
          </li>
        ))}
      </ul>
      <section
        className={styles.scroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
        tabIndex={0}
        aria-label={`${props.before.title} → ${props.after.title}`}
      >
        <div className={styles.header} aria-hidden="true">
          <span />
          <b>{props.before.title}</b>
          <b>{props.after.title}</b>
          <span>{messages.changes}</span>
          <span className={styles.number}>{messages.parameters}</span>
          <span className={styles.number}>{messages.macs}</span>
        </div>
        <ol className={styles.rows} aria-label={`${props.before.title} → ${props.after.title}`}>
          {shown.map((row) => (
            <Row key={row.key} row={row} times={1} {...props} />
          ))}
        </ol>
      </section>
      {rows.length > shown.length ? (
        <Button onClick={() => setAll(true)}>{messages.showAll(rows.length - shown.length)}</Button>
      ) : null}
    </div>
  );
}

interface RowProps extends LayerDiffProps {
  readonly row: DiffRow;
  /** How many times the row happens. */
  readonly times: number;
}

function Row({ row, times, ...props }: RowProps) {
  const { messages } = props;
  switch (row.kind) {
    case 'entry':
      return <EntryRow entry={row.entry} times={times} {...props} />;
    case 'same':
      return <SameRow entries={row.entries} times={times} {...props} />;
    case 'times':
      return (
        <li className={styles.times}>
          <p>
            <b>×{formatInteger(row.times)}</b>{' '}
            {messages.times(formatInteger(row.times), placeOf(row.first), placeOf(row.last))}
          </p>
          <ol>
            {row.rows.map((inner) => (
              <Row key={inner.key} row={inner} times={row.times} {...props} />
            ))}
          </ol>
        </li>
      );
  }
}

/** The block or stage around a layer that was told once for several. */
function placeOf(entry: DiffEntry): string {
  const id = idOf(entry);
  const names = id.split('/');
  return names.length > 2 ? names.slice(0, 2).join('/') : id;
}

/** What a layer costs more or less than its counterpart. */
function changeOf(
  entry: DiffEntry,
  { beforeCosts, afterCosts }: LayerDiffProps,
  quantity: 'parameters' | 'macs',
) {
  const before = entry.kind === 'added' ? 0 : costsOf(beforeCosts, entry.before.id)[quantity];
  const after = entry.kind === 'removed' ? 0 : costsOf(afterCosts, entry.after.id)[quantity];
  return after - before;
}

const signed = (value: number): string =>
  value === 0 ? '' : `${value > 0 ? '+' : '−'}${formatCount(Math.abs(value))}`;

function Change({ label, value }: { readonly label: string; readonly value: number }) {
  return (
    <span className={styles.number} data-label={label}>
      {signed(value)}
    </span>
  );
}

function Side({
  layer,
  graph,
  words,
}: {
  readonly layer: DiffLayer | null;
  readonly graph: Graph;
  readonly words: OperatorWords;
}) {
  if (!layer) return <span className={styles.absent} aria-hidden="true" />;
  return (
    <span className={styles.side}>
      <b>{layer.id}</b> <span>{describeLayer(graph, layer.id, words)}</span>{' '}
      <span className={styles.shape}>{formatShape(layer.shape)}</span>
    </span>
  );
}

function EntryRow({
  entry,
  times,
  ...props
}: LayerDiffProps & { readonly entry: DiffEntry; readonly times: number }) {
  const { before, after, messages } = props;
  const phrases = describeDifferences(entry, messages, formatInteger);
  return (
    <li className={styles.row} data-kind={entry.kind}>
      <span className={styles.mark}>
        <span aria-hidden="true">{marks[entry.kind]}</span>
        <VisuallyHidden>{messages.kinds[entry.kind]}</VisuallyHidden>
      </span>
      <Side layer={entry.kind === 'added' ? null : entry.before} graph={before} words={messages.operators} />
      <Side layer={entry.kind === 'removed' ? null : entry.after} graph={after} words={messages.operators} />
      <span className={styles.phrases}>
        {phrases.length === 0 ? (
          <span>{messages.kinds[entry.kind]}</span>
        ) : (
          phrases.map((phrase) => <span key={phrase}>{phrase}</span>)
        )}
      </span>
      <Change label={messages.parameters} value={times * changeOf(entry, props, 'parameters')} />
      <Change label={messages.macs} value={times * changeOf(entry, props, 'macs')} />
    </li>
  );
}

function SameRow({
  entries,
  times,
  ...props
}: LayerDiffProps & { readonly entries: readonly DiffEntry[]; readonly times: number }) {
  const { messages } = props;
  const [open, setOpen] = useState(false);
  if (open)
    return entries.map((entry) => <EntryRow key={idOf(entry)} entry={entry} times={times} {...props} />);
  const sum = (quantity: 'parameters' | 'macs'): number =>
    times * entries.reduce((total, entry) => total + changeOf(entry, props, quantity), 0);
  return (
    <li className={styles.row} data-kind="matched">
      <span className={styles.mark} aria-hidden="true">
        =
      </span>
      <button
        type="button"
        className={styles.same}
        aria-label={messages.showUnchanged(entries.length)}
        onClick={() => setOpen(true)}
      >
        {messages.unchanged(entries.length)}
        <span className={styles.range}>
          {[...new Set([entries[0], entries.at(-1)])].flatMap((one) => (one ? [idOf(one)] : [])).join(' … ')}
        </span>
      </button>
      <Change label={messages.parameters} value={sum('parameters')} />
      <Change label={messages.macs} value={sum('macs')} />
    </li>
  );
}
