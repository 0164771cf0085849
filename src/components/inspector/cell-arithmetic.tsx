import { type KeyboardEvent, type ReactNode, useId, useMemo, useState } from 'react';
import { contextOf, type Graph, type GraphNode } from '../../engine/graph/types.ts';
import { operatorOf } from '../../engine/ops/index.ts';
import type { Cell, CellTerm, FloatArray } from '../../engine/ops/types.ts';
import styles from './cell-arithmetic.module.css';
import { agrees, type CellStep, chainTo, returnedValue, stepCell, traceCell } from './cell-trace.ts';
import { formatReal } from './number.ts';
import { type ChannelWindow, Window } from './window-grid.tsx';

/** Words of the arithmetic of one cell. Channels, rows and columns are counted from 1. */
export interface CellArithmeticMessages {
  /** The heading, for the layer's name. */
  title(layer: string): string;
  place(channel: number, row: number, column: number, image: boolean): string;
  /** How the keys move the cell. */
  readonly keys: string;
  channel(channel: number): string;
  feature(feature: number): string;
  more(count: number, sum: string): string;
  others(count: number): string;
  products(count: number): string;
  squares(count: number): string;
  values(count: number): string;
  readonly bias: string;
  readonly coefficient: string;
  largest(count: number): string;
  mean(count: string): string;
  copied(from: string, at: string): string;
  readonly border: string;
  readonly padding: string;
  readonly window: string;
  readonly readoutHint: string;
  returned(value: string, by: 'runtime' | 'reference'): string;
  readonly agrees: string;
  differs(difference: string): string;
  readonly unknown: string;
}

/** What the arithmetic of one cell shows and tells. */
export interface CellArithmeticProps {
  readonly graph: Graph;
  /** The node whose output cell is shown; of a unit, the steps before it are shown too. */
  readonly node: string;
  /** Counted from 0: `[channel, row, column]`. */
  readonly cell: Cell;
  /** Weights by full name, `conv1/conv.weight`. */
  readonly tensors: ReadonlyMap<string, FloatArray>;
  /** Outputs by node id, and the picture as `input`. */
  readonly activations: ReadonlyMap<string, FloatArray>;
  /** Who computed the activations. */
  readonly answeredBy: 'runtime' | 'reference';
  /** Names of the features of the last layer, such as the ten digits. */
  readonly labels?: readonly string[];
  onCell(cell: Cell): void;
  readonly messages: CellArithmeticMessages;
}

/** Contributions and channels shown one by one; the rest is summed up. */
const shownAtMost = 8;

/** How one output value came about: window × kernel, sum, bias, function; and what was returned for it. */
export function CellArithmetic(props: CellArithmeticProps) {
  const { graph, node: id, cell, tensors, activations, messages } = props;
  const hint = useId();
  const chain = useMemo(() => chainTo(graph, id), [graph, id]);
  const steps = useMemo(
    () => traceCell(graph, chain, cell, tensors, activations),
    [graph, chain, cell, tensors, activations],
  );
  const last = chain.at(-1);
  if (!last) return null;

  const onKeyDown = (event: KeyboardEvent) => {
    const image = last.shape.length === 3;
    const move: Readonly<Record<string, readonly [0 | 1 | 2, number]>> = image
      ? {
          ArrowLeft: [2, -1],
          ArrowRight: [2, 1],
          ArrowUp: [1, -1],
          ArrowDown: [1, 1],
          PageUp: [0, -1],
          PageDown: [0, 1],
        }
      : { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const found = move[event.key];
    if (!found || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    props.onCell(stepCell(last, cell, found[0], found[1]));
  };

  const [head, ...rest] = steps ?? [];
  return (
    <div className={styles.cell} data-cell={`${id}@${cell.join(',')}`}>
      <h3 className={styles.caption}>
        {messages.title(layerName(graph, id))}
        {': '}
        <button
          type="button"
          className={styles.place}
          aria-describedby={hint}
          title={messages.keys}
          onKeyDown={onKeyDown}
        >
          {placeOf(last, cell, messages)}
        </button>
      </h3>
      <p id={hint} hidden>
        {messages.keys}
      </p>
      {!head ? (
        <p className={styles.note}>{messages.unknown}</p>
      ) : (
        <>
          <Step step={head} props={props} />
          <p className={styles.equation}>
            <Equation step={head} messages={messages} />
            {rest.map((step) => (
              <Continued key={step.node.id} step={step} />
            ))}
          </p>
          <Agreement last={last} result={(rest.at(-1) ?? head).arithmetic.result} props={props} />
        </>
      )}
    </div>
  );
}

/** A node's name to the reader: of a unit the unit's. */
function layerName(graph: Graph, id: string): string {
  const group = graph.groups.get(graph.nodeById.get(id)?.group ?? '');
  return group?.kind === 'unit' ? group.id : id;
}

const placeOf = (node: GraphNode, [channel, row, column]: Cell, messages: CellArithmeticMessages): string =>
  messages.place(channel + 1, row + 1, column + 1, node.shape.length === 3);

/** What the run returned for the cell, and whether the arithmetic says the same. */
function Agreement({
  last,
  result,
  props: { cell, activations, answeredBy, messages },
}: {
  readonly last: GraphNode;
  readonly result: number;
  readonly props: CellArithmeticProps;
}) {
  const returned = returnedValue(last, cell, activations);
  if (returned === null) return null;
  const same = agrees(result, returned);
  return (
    <p className={styles.note} data-agrees={same}>
      {messages.returned(formatReal(returned), answeredBy)}
      {same ? ' ✓ ' : ' '}
      <span className={same ? styles.quiet : styles.differs}>
        {same ? messages.agrees : messages.differs(formatReal(returned - result))}
      </span>
    </p>
  );
}

/** The result of a step, highlighted. */
const Result = ({ value }: { readonly value: number }) => (
  <b className={styles.result} data-result={value}>
    {formatReal(value)}
  </b>
);

/** The picture of a step: windows, contributions or exponentials. */
function Step({ step, props }: { readonly step: CellStep; readonly props: CellArithmeticProps }): ReactNode {
  const { arithmetic, node } = step;
  const { messages } = props;
  const windows = windowsOf(arithmetic.terms);
  const isWindow = (windows[0]?.terms.length ?? 0) > 1;
  switch (arithmetic.kind) {
    case 'weighted-sum':
      return isWindow ? (
        <Products windows={windows} messages={messages} />
      ) : arithmetic.terms.length > 1 ? (
        <Contributions
          step={step}
          props={props}
          amount={(term) => term.value * (term.weight ?? 0)}
          text={(term) => `${formatReal(term.value)} × ${formatReal(term.weight ?? 0)}`}
        />
      ) : null;
    case 'maximum':
    case 'mean':
    case 'scaled-sum': {
      const [first] = windows;
      return (
        first && (
          <Window
            window={first}
            scale={largestOf(first.terms, (term) => term.value)}
            of={(term) => term.value}
            label={messages.channel(first.channel + 1)}
            values={first.terms.length <= 16}
            winner={arithmetic.kind === 'maximum' ? arithmetic.result : null}
            padding={messages.padding}
          />
        )
      );
    }
    case 'squared-distance':
      return (
        <Contributions
          step={step}
          props={props}
          amount={(term) => (term.value - (term.weight ?? 0)) ** 2}
          text={(term) => `(${formatReal(term.value)} − ${formatReal(term.weight ?? 0)})²`}
        />
      );
    case 'normalisation': {
      if (node.op !== 'Softmax') return null;
      const largest = Math.max(...arithmetic.terms.map(({ value }) => value));
      return (
        <Contributions
          step={step}
          props={props}
          amount={(term) => Math.exp(term.value - largest)}
          text={(term) => `e^(${formatReal(term.value)} − ${formatReal(largest)})`}
          marked={step.cell[0]}
        />
      );
    }
    case 'sum':
      return (
        <ul className={styles.list}>
          {arithmetic.terms.map((term) => (
            <li key={term.input}>
              <span>{node.inputs[term.input]}</span>
              <code>{formatReal(term.value)}</code>
            </li>
          ))}
        </ul>
      );
    case 'function':
    case 'copy':
      return null;
  }
}

/** The line below: how the numbers of the picture make the result. */
function Equation({
  step,
  messages,
}: {
  readonly step: CellStep;
  readonly messages: CellArithmeticMessages;
}): ReactNode {
  const { arithmetic, node } = step;
  const { kind, terms, bias, result, scale, sum = 0 } = arithmetic;
  switch (kind) {
    case 'weighted-sum': {
      const [only] = terms;
      const products =
        terms.length === 1 && only ? (
          `${formatReal(only.value)} × ${formatReal(only.weight ?? 0)}`
        ) : (
          <>
            {formatReal(sum)} (Σ {messages.products(terms.length)})
          </>
        );
      return (
        <>
          {products}
          {bias === undefined ? '' : ` ${signed(bias)} (${messages.bias})`} = <Result value={result} />
        </>
      );
    }
    case 'maximum':
      return (
        <>
          {messages.largest(terms.length)} = <Result value={result} />
        </>
      );
    case 'mean':
      return (
        <>
          {formatReal(sum)} (Σ {messages.values(terms.length)}) {messages.mean(formatReal(1 / (scale ?? 1)))}{' '}
          = <Result value={result} />
        </>
      );
    case 'scaled-sum':
      return (
        <>
          {formatReal(sum)} (Σ {messages.values(terms.length)}) × {formatReal(scale ?? 1)} (
          {messages.coefficient}) {signed(bias ?? 0)} ({messages.bias}) = <Result value={result} />
        </>
      );
    case 'sum':
      return (
        <>
          {terms
            .map((term, index) => (index === 0 ? formatReal(term.value) : ` ${signed(term.value)}`))
            .join('')}
          {' = '}
          <Result value={result} />
        </>
      );
    case 'squared-distance':
      return (
        <>
          Σ {messages.squares(terms.length)} = <Result value={result} />
        </>
      );
    case 'normalisation':
      return <Normalised step={step} messages={messages} />;
    case 'function':
      return <Continued step={step} alone />;
    case 'copy': {
      const [term] = terms;
      if (!term || (term.padding && node.op === 'Pad')) {
        return (
          <>
            {messages.border} = <Result value={result} />
          </>
        );
      }
      const from = node.inputs[term.input] ?? '';
      const image = (node.inputShapes[term.input]?.length ?? 0) === 3;
      const at = messages.place(term.cell[0] + 1, term.cell[1] + 1, term.cell[2] + 1, image);
      return (
        <>
          {messages.copied(from, at)} = <Result value={result} />
        </>
      );
    }
  }
}

/** Softmax: an exponential over the sum of all; LRN: a value over the strength of its neighbours. */
function Normalised({
  step: { arithmetic, cell, node },
  messages,
}: {
  readonly step: CellStep;
  readonly messages: CellArithmeticMessages;
}) {
  const { terms, result, sum = 0 } = arithmetic;
  const own = terms.find((term) => term.cell[0] === cell[0])?.value ?? 0;
  if (node.op === 'LRN') {
    const { size, alpha, beta, bias } = node.attributes;
    return (
      <>
        {formatReal(own)} / ({formatReal(bias)} + {formatReal(alpha)}/{size} · {formatReal(sum)})
        <sup>{beta}</sup> = <Result value={result} />
      </>
    );
  }
  const largest = Math.max(...terms.map(({ value }) => value));
  return (
    <>
      {formatReal(Math.exp(own - largest))} / {formatReal(sum)} (Σ {messages.values(terms.length)}) ={' '}
      <Result value={result} />
    </>
  );
}

/** A function of the value before: `→ tanh → 0.866`. */
function Continued({ step, alone = false }: { readonly step: CellStep; readonly alone?: boolean }) {
  const { node, arithmetic } = step;
  const value = arithmetic.terms[0]?.value ?? 0;
  const x = alone ? formatReal(value) : '';
  const text = ((): string => {
    switch (node.op) {
      case 'Tanh': {
        const { amplitude, slope } = node.attributes;
        if (amplitude === 1 && slope === 1) return alone ? `tanh(${x})` : 'tanh';
        return `${formatReal(amplitude)}·tanh(${formatReal(slope)}·${alone ? x : 'x'})`;
      }
      case 'Relu':
        return `max(0, ${alone ? x : 'x'})`;
      case 'Sigmoid':
        return `1 / (1 + e^−${alone ? `(${x})` : 'x'})`;
      case 'BatchNormalization':
        return `× ${formatReal(arithmetic.terms[0]?.weight ?? 1)} ${signed(arithmetic.bias ?? 0)}`;
      case 'LRN':
        return 'LRN';
      default:
        return node.op.toLowerCase();
    }
  })();
  return (
    <>
      {alone ? `${text} = ` : ` → ${text} = `}
      <Result value={arithmetic.result} />
    </>
  );
}

/** `+ 0.021` or `− 0.021`. */
const signed = (value: number): string =>
  value < 0 ? formatReal(value).replace('−', '− ') : `+ ${formatReal(value)}`;

/** Terms parted by input and channel, in their order. */
function windowsOf(terms: readonly CellTerm[]): readonly ChannelWindow[] {
  const windows = new Map<string, CellTerm[]>();
  for (const term of terms) {
    const key = `${term.input}:${term.cell[0]}`;
    const own = windows.get(key);
    if (own) own.push(term);
    else windows.set(key, [term]);
  }
  return [...windows.values()].map((own) => {
    const [first] = own;
    return {
      input: first?.input ?? 0,
      channel: first?.cell[0] ?? 0,
      terms: own,
      columns: own.filter((term) => term.cell[1] === first?.cell[1]).length,
    };
  });
}

const largestOf = (terms: readonly CellTerm[], of: (term: CellTerm) => number): number =>
  terms.reduce((largest, term) => Math.max(largest, Math.abs(of(term))), 0);

/** Products of one channel, summed. */
const sumOf = ({ terms }: ChannelWindow): number =>
  terms.reduce((sum, { value, weight }) => sum + value * (weight ?? 0), 0);

/** Channel by channel, the window of the input beside the kernel, and the sum of their products. */
function Products({
  windows,
  messages,
}: {
  readonly windows: readonly ChannelWindow[];
  readonly messages: CellArithmeticMessages;
}) {
  const [product, setProduct] = useState<{ readonly channel: number; readonly index: number } | null>(null);
  const all = windows.flatMap(({ terms }) => terms);
  const valueScale = largestOf(all, (term) => term.value);
  const weightScale = largestOf(all, (term) => term.weight ?? 0);
  // Of many channels those that weigh most are shown, in the network's order.
  const chosen = new Set(
    [...windows].sort((a, b) => Math.abs(sumOf(b)) - Math.abs(sumOf(a))).slice(0, shownAtMost),
  );
  const shown = windows.filter((window) => chosen.has(window));
  const rest = windows.filter((window) => !chosen.has(window));
  const pointed = shown.find(({ channel }) => channel === product?.channel)?.terms[product?.index ?? 0];

  const onKeyDown = (event: KeyboardEvent) => {
    const at = Math.max(
      0,
      shown.findIndex(({ channel }) => channel === product?.channel),
    );
    const window = shown[at];
    if (!window) return;
    const { columns, terms } = window;
    const index = product?.index ?? 0;
    const next = ((): { readonly at: number; readonly index: number } | null => {
      switch (event.key) {
        case 'ArrowRight':
          return { at, index: Math.min(terms.length - 1, index + 1) };
        case 'ArrowLeft':
          return { at, index: Math.max(0, index - 1) };
        case 'ArrowDown':
          return { at, index: Math.min(terms.length - 1, index + columns) };
        case 'ArrowUp':
          return { at, index: Math.max(0, index - columns) };
        case 'PageDown':
          return { at: Math.min(shown.length - 1, at + 1), index };
        case 'PageUp':
          return { at: Math.max(0, at - 1), index };
        default:
          return null;
      }
    })();
    if (!next) return;
    event.preventDefault();
    const channel = shown[next.at]?.channel;
    if (channel !== undefined) setProduct({ channel, index: next.index });
  };

  return (
    <div
      className={styles.products}
      role="application"
      aria-label={messages.window}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the squares are reached by arrow keys from this one stop.
      tabIndex={0}
      onKeyDown={onKeyDown}
      onPointerLeave={() => setProduct(null)}
    >
      {shown.map((window) => (
        <figure key={`${window.input}:${window.channel}`} className={styles.pair}>
          <Window
            window={window}
            scale={valueScale}
            of={(term) => term.value}
            label={messages.channel(window.channel + 1)}
            pointed={product?.channel === window.channel ? product.index : null}
            onPoint={(index) => setProduct({ channel: window.channel, index })}
            padding={messages.padding}
          />
          <span aria-hidden="true">×</span>
          <Window
            window={window}
            scale={weightScale}
            of={(term) => term.weight ?? 0}
            label=""
            pointed={product?.channel === window.channel ? product.index : null}
            onPoint={(index) => setProduct({ channel: window.channel, index })}
            padding={messages.padding}
          />
          <figcaption>
            <span className={styles.quiet}>{window.channel + 1}</span>{' '}
            <code>{formatReal(sumOf(window))}</code>
          </figcaption>
        </figure>
      ))}
      {rest.length > 0 && (
        <p className={styles.more}>
          {messages.more(rest.length, formatReal(rest.reduce((sum, window) => sum + sumOf(window), 0)))}
        </p>
      )}
      <p className={styles.readout} aria-live="polite">
        {pointed ? (
          <code>
            {formatReal(pointed.value)}
            {pointed.padding ? ` (${messages.padding})` : ''} × {formatReal(pointed.weight ?? 0)} ={' '}
            {formatReal(pointed.value * (pointed.weight ?? 0))}
          </code>
        ) : (
          messages.readoutHint
        )}
      </p>
    </div>
  );
}

/** The inputs that add most, as bars about zero, and the sum of all others. */
function Contributions({
  step: { node, arithmetic },
  props: { graph, labels, messages },
  amount,
  text,
  marked,
}: {
  readonly step: CellStep;
  readonly props: CellArithmeticProps;
  amount(term: CellTerm): number;
  text(term: CellTerm): string;
  readonly marked?: number;
}) {
  const { terms } = arithmetic;
  const ranked = [...terms].sort((a, b) => Math.abs(amount(b)) - Math.abs(amount(a)));
  const few = terms.length <= shownAtMost + 2;
  const shown = few ? terms : ranked.slice(0, shownAtMost);
  const rest = few ? [] : ranked.slice(shownAtMost);
  const scale = Math.abs(amount(ranked[0] ?? { input: 0, cell: [0, 0, 0], value: 0, padding: false })) || 1;
  const signedBars = terms.some((term) => amount(term) < 0);
  const isOutput = node.op === 'Softmax' && graph.outputs.includes(node.id);
  return (
    <ul className={styles.contributions} data-signed={signedBars || undefined}>
      {shown.map((term) => {
        const value = amount(term);
        return (
          <li key={`${term.input}:${term.cell.join()}`} data-marked={term.cell[0] === marked || undefined}>
            <span className={styles.source}>
              {(isOutput && labels?.[term.cell[0]]) || sourceOf(graph, node, term, messages)}
            </span>
            <span className={styles.track} aria-hidden="true">
              <span
                data-negative={value < 0 || undefined}
                style={{ inlineSize: `${((signedBars ? 50 : 100) * Math.abs(value)) / scale}%` }}
              />
            </span>
            <code title={text(term)}>
              <span className={styles.factors}>{text(term)} = </span>
              {formatReal(value)}
            </code>
          </li>
        );
      })}
      {rest.length > 0 && (
        <li className={styles.quiet}>
          <span className={styles.source}>{messages.others(rest.length)}</span>
          <span className={styles.track} aria-hidden="true" />
          <code>{formatReal(rest.reduce((sum, term) => sum + amount(term), 0))}</code>
        </li>
      )}
    </ul>
  );
}

/** Where a feature comes from: behind a Flatten, the cell of the feature map that it was. */
function sourceOf(graph: Graph, node: GraphNode, term: CellTerm, messages: CellArithmeticMessages): string {
  const before = graph.nodeById.get(node.inputs[term.input] ?? '');
  if (before?.op === 'Flatten') {
    const [read] = operatorOf(before.op).reads(contextOf(before), term.cell);
    const from = read?.channels[0];
    if (read && from !== undefined) {
      return messages.place(from + 1, (read.rows[0] ?? 0) + 1, (read.columns[0] ?? 0) + 1, true);
    }
  }
  return (node.inputShapes[term.input]?.length ?? 0) === 3
    ? messages.channel(term.cell[0] + 1)
    : messages.feature(term.cell[0] + 1);
}
