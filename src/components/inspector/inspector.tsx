import { Fragment, type ReactNode, useMemo } from 'react';
import { costsOf, type GraphCosts } from '../../engine/cost/costs.ts';
import {
  formatBytes,
  formatCounted,
  formatInteger,
  formatShape,
  formatShare,
} from '../../engine/cost/format.ts';
import { bytesOf, type DType } from '../../engine/cost/memory.ts';
import { explainNode } from '../../engine/graph/explain.ts';
import { ancestorsOf, layersIn, nodesOf } from '../../engine/graph/layers.ts';
import { type ReceptiveField, receptiveFields } from '../../engine/graph/receptive-field.ts';
import { contextOf, type Graph, type GraphGroup, type GraphNode, shapeOf } from '../../engine/graph/types.ts';
import { derived, expressionText, joined } from '../../engine/ops/expression.ts';
import { operatorOf } from '../../engine/ops/index.ts';
import type { Category, Operations, Quantity, Working } from '../../engine/ops/types.ts';
import type { OpName } from '../../engine/spec/types.ts';
import { describeNode, type OperatorWords } from '../layer-table/describe-operator.ts';
import { ExpressionView } from './expression-view.tsx';
import { onnxLines, torchLine } from './forms.ts';
import styles from './inspector.module.css';

/** Name and one-line explanation of an operator. */
export interface OperatorTerm {
  readonly name: string;
  readonly explanation: string;
}

/** Words of the inspector. */
export interface InspectorMessages {
  readonly label: string;
  readonly nothing: string;
  /** Where a folded path of groups stands: `stage1 / conv2`. */
  readonly path: string;
  readonly quantities: Readonly<Record<Quantity, string>>;
  readonly outputSize: string;
  readonly memory: string;
  readonly weightsInMemory: string;
  readonly receptiveField: string;
  jump(pixels: number): string;
  seesAll(size: string): string;
  readonly legend: string;
  readonly origins: Readonly<Record<'input' | 'attribute' | 'derived', string>>;
  /** `58 % of the network’s MACs with 4 % of its parameters`. */
  share(operations: string, parameters: string, units: 'macs' | 'flops'): string;
  readonly operations: string;
  readonly operationClasses: Readonly<Record<keyof Operations, string>>;
  readonly followers: string;
  readonly inside: string;
  readonly code: string;
  readonly onnx: string;
  readonly pytorch: string;
  readonly reused: string;
  /** What a layer's role is: a stage, a block … */
  readonly kinds: Readonly<Record<GraphGroup['kind'], string>>;
  notReached(broken: string): string;
  readonly operators: OperatorWords;
}

/** What the inspector shows and tells. */
export interface InspectorProps {
  readonly graph: Graph;
  readonly costs: GraphCosts;
  readonly fields?: ReadonlyMap<string, ReceptiveField>;
  readonly dtype: DType;
  readonly batch: number;
  readonly units: 'macs' | 'flops';
  /** Layer or node id; null while nothing is selected. */
  readonly selected: string | null;
  onSelect(id: string): void;
  /** Why the network does not fit, for the layer that broke. */
  readonly problem?: string | null;
  readonly operators: Readonly<Record<OpName, OperatorTerm>>;
  readonly messages: InspectorMessages;
  /** What follows the numbers: the arithmetic of a cell, remarks. */
  readonly children?: ReactNode;
}

/** The selected layer: what it is, and the working behind each of its numbers. */
export function Inspector(props: InspectorProps) {
  const { graph, selected, messages, onSelect } = props;
  const fields = useMemo(() => props.fields ?? receptiveFields(graph), [props.fields, graph]);
  if (selected === null || selected === '') return <p className={styles.nothing}>{messages.nothing}</p>;
  const group = graph.groups.get(selected);
  const nodes = nodesOf(graph, selected);
  const node = graph.nodeById.get(selected);
  const whole = node !== undefined || (nodes.length > 0 && !holdsUnreached(graph, selected));
  const known =
    node !== undefined || group !== undefined || graph.unreached.some(({ id }) => id === selected);
  if (!known) return <p className={styles.nothing}>{messages.nothing}</p>;
  return (
    <section className={styles.inspector} aria-label={messages.label} data-inspected={selected}>
      <Title {...props} selected={selected} />
      {!whole ? (
        <NotReached {...props} selected={selected} />
      ) : group && group.kind !== 'unit' ? (
        <GroupNumbers {...props} group={group} fields={fields} />
      ) : (
        <UnitNumbers {...props} id={selected} nodes={nodes} fields={fields} />
      )}
      {props.children}
      {whole && nodes.length <= 6 && <Forms nodes={nodes} messages={messages} />}
      {group && group.kind !== 'unit' && (
        <Inside graph={graph} id={selected} onSelect={onSelect} messages={messages} />
      )}
    </section>
  );
}

const holdsUnreached = (graph: Graph, id: string): boolean =>
  graph.unreached.some((one) => one.id === id || one.id.startsWith(`${id}/`));

const lastName = (id: string): string => id.split('/').at(-1) ?? id;

function categoryOf(graph: Graph, id: string): Category {
  const op =
    nodesOf(graph, id)[0]?.op ??
    graph.unreached.find((one) => one.id === id || one.id.startsWith(`${id}/`))?.op;
  return operatorOf(op ?? 'Identity').category;
}

function Title({
  graph,
  selected,
  messages,
  operators,
  onSelect,
}: InspectorProps & { readonly selected: string }) {
  const group = graph.groups.get(selected);
  const nodes = nodesOf(graph, selected);
  const first = nodes[0];
  const unreached = graph.unreached.find((one) => one.id === selected || one.id.startsWith(`${selected}/`));
  const parents = ancestorsOf(graph, selected);
  const op = first?.op ?? unreached?.op;
  return (
    <header>
      {parents.length > 0 && (
        <nav className={styles.path} aria-label={messages.path}>
          {parents.map((id) => (
            <Fragment key={id}>
              <button type="button" onClick={() => onSelect(id)}>
                {lastName(id)}
              </button>
              {' / '}
            </Fragment>
          ))}
        </nav>
      )}
      <h2 className={styles.title}>{lastName(selected)}</h2>
      <p className={styles.what} data-category={categoryOf(graph, selected)}>
        <span className={styles.swatch} aria-hidden="true" />
        <span>
          {group && group.kind !== 'unit'
            ? `${messages.kinds[group.kind]} · ${messages.operators.layers(layersIn(graph, selected).length)}`
            : first && !holdsUnreached(graph, selected)
              ? nodes.map((node) => describeNode(node, messages.operators)).join(' · ')
              : op && operators[op].name}
        </span>
      </p>
      {op && !(group && group.kind !== 'unit') && (
        <p className={styles.explanation}>{operators[op].explanation}</p>
      )}
    </header>
  );
}

function NotReached({ graph, problem, selected, messages }: InspectorProps & { readonly selected: string }) {
  const broken = graph.problem?.node ?? '';
  const here = broken === selected || broken.startsWith(`${selected}/`);
  return (
    <p className={here ? styles.problem : styles.explanation} role={here ? 'note' : undefined}>
      {here && problem ? problem : messages.notReached(broken)}
    </p>
  );
}

/** One number with its name above it. */
function Figure({
  title,
  quantity,
  children,
}: {
  readonly title: string;
  readonly quantity: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.figure} data-quantity={quantity}>
      <h3 className={styles.caption}>{title}</h3>
      {children}
    </div>
  );
}

/** Workings of one quantity, in the order in which they came. */
const of = (workings: readonly Working[], ...quantities: readonly Quantity[]): readonly Working[] =>
  workings.filter(({ quantity }) => quantities.includes(quantity));

const sameWorking = (a: Working | undefined, b: Working | undefined): boolean =>
  a !== undefined &&
  b !== undefined &&
  a.result === b.result &&
  expressionText(a.expression) === expressionText(b.expression);

type NumbersProps = InspectorProps & { readonly fields: ReadonlyMap<string, ReceptiveField> };

/** A unit or a node: its first operator in full, those that follow where they add something. */
function UnitNumbers(props: NumbersProps & { readonly id: string; readonly nodes: readonly GraphNode[] }) {
  const { graph, costs, id, nodes, units, messages } = props;
  const [first, ...rest] = nodes;
  if (!first) return null;
  const own = costsOf(costs, id);
  const counted = nodes.filter((node) => costsOf(costs, node.id).parameters > 0);
  return (
    <>
      <p className={styles.shapes}>
        {first.inputs.map((input) => formatShape(shapeOf(graph, input))).join(' + ')}
        <span aria-hidden="true"> → </span>
        {formatShape(nodes.at(-1)?.shape ?? first.shape)}
      </p>
      <Legend messages={messages} />
      <NodeNumbers {...props} node={first} full>
        {(own.macs > 0 || own.parameters > 0) && (
          <p className={styles.share}>
            {messages.share(
              formatShare(own[units], costs.total[units]),
              formatShare(own.parameters, costs.total.parameters),
              units,
            )}
          </p>
        )}
      </NodeNumbers>
      {rest.length > 0 && (
        <div className={styles.then}>
          <h3 className={styles.caption}>{messages.followers}</h3>
          {rest.map((node) => (
            <Follower key={node.id} {...props} node={node} />
          ))}
        </div>
      )}
      {own.uncounted > 0 && (
        <Figure title={messages.quantities[units]} quantity={units}>
          <code className={styles.expression}>
            <b className={styles.result}>{formatCounted(own[units], own.uncounted)}</b>
          </code>
        </Figure>
      )}
      {counted.length > 1 && (
        <Figure title={messages.quantities.parameters} quantity="parametersOfUnit">
          <ExpressionView
            expression={joined(
              counted.map((node) => derived(costsOf(costs, node.id).parameters)),
              ' + ',
            )}
            result={own.parameters}
          />
        </Figure>
      )}
      {units === 'flops' && (
        <OperationClasses operations={own.operations} flops={own.flops} messages={messages} />
      )}
    </>
  );
}

/** An operator after the first one of a unit. */
function Follower(props: NumbersProps & { readonly node: GraphNode }) {
  const { node, messages, operators, onSelect } = props;
  return (
    <div className={styles.follower} data-category={operatorOf(node.op).category}>
      <p>
        <span className={styles.swatch} aria-hidden="true" />
        <button type="button" className={styles.link} onClick={() => onSelect(node.id)}>
          {describeNode(node, messages.operators)}
        </button>
        <span className={styles.explanation}> {operators[node.op].explanation}</span>
      </p>
      <NodeNumbers {...props} node={node} full={false} />
    </div>
  );
}

/** The workings of one node; in brief, those of a node that writes over its input are left out. */
function NodeNumbers({
  graph,
  node,
  dtype,
  batch,
  fields,
  messages,
  full,
  children,
}: NumbersProps & { readonly node: GraphNode; readonly full: boolean; readonly children?: ReactNode }) {
  const workings = explainNode(graph, node, { dtype, batch }, fields);
  const [height] = of(workings, 'outputHeight');
  const [width] = of(workings, 'outputWidth');
  const others = of(workings, 'outputChannels', 'outputFeatures', 'parameters', 'macs');
  const activation = of(workings, 'activationBytes');
  const weights = of(workings, 'parameterBytes');
  const seen = of(workings, 'receptiveFieldHeight', 'receptiveFieldWidth');
  const [jump] = of(workings, 'jump');
  const operator = operatorOf(node.op);
  const context = contextOf(node);
  const moves = operator.extents(context);
  const field = fields.get(node.id);
  const ownMemory = full || !operator.inPlace;
  return (
    <>
      {sameWorking(height, width) && height ? (
        <Figure title={messages.outputSize} quantity="outputSize">
          <ExpressionView expression={height.expression} result={height.result} />
        </Figure>
      ) : (
        [height, width].map(
          (working) =>
            working && (
              <Figure
                key={working.quantity}
                title={messages.quantities[working.quantity]}
                quantity={working.quantity}
              >
                <ExpressionView expression={working.expression} result={working.result} />
              </Figure>
            ),
        )
      )}
      {others.map((working) => (
        <Figure
          key={working.quantity}
          title={messages.quantities[working.quantity]}
          quantity={working.quantity}
        >
          <ExpressionView expression={working.expression} result={working.result} />
        </Figure>
      ))}
      {full && children}
      {(ownMemory || weights.length > 0) && (
        <Figure title={messages.memory} quantity="memory">
          {(ownMemory ? activation : []).map((working) => (
            <ExpressionView
              key={working.quantity}
              expression={working.expression}
              result={formatBytes(working.result)}
            />
          ))}
          {weights.map((working) => (
            <p key={working.quantity} className={styles.line}>
              <span>{messages.weightsInMemory}</span>
              <ExpressionView expression={working.expression} result={formatBytes(working.result)} />
            </p>
          ))}
          {full && operator.inPlace && <p className={styles.note}>{messages.reused}</p>}
        </Figure>
      )}
      {seen.length > 0 && (
        <Figure title={messages.receptiveField} quantity="receptiveField">
          {seen.map((working) => (
            <ExpressionView
              key={working.quantity}
              expression={working.expression}
              result={working.result}
              unit=" px"
            />
          ))}
          {jump && <p className={styles.note}>{messages.jump(jump.result)}</p>}
        </Figure>
      )}
      {moves.kind === 'global' && field && (
        <Figure title={messages.receptiveField} quantity="receptiveField">
          <p className={styles.note}>{messages.seesAll(formatShape(field.size))}</p>
        </Figure>
      )}
    </>
  );
}

/** A stage or block: the sums of what is inside. */
function GroupNumbers({
  graph,
  costs,
  group,
  fields,
  dtype,
  batch,
  units,
  messages,
}: NumbersProps & { readonly group: GraphGroup }) {
  const total = costsOf(costs, group.id);
  const parts = layersIn(graph, group.id).map(({ id }) => costsOf(costs, id));
  const field = fields.get(group.output);
  const before = fields.get(group.input);
  const sum = (
    of: (cost: (typeof parts)[number]) => number,
    result: number,
    uncounted: number = 0,
  ): ReactNode => {
    const counted = parts.map(of).filter((value) => value > 0);
    return uncounted === 0 && counted.length > 1 && counted.length <= 8 ? (
      <ExpressionView expression={joined(counted.map(derived), ' + ')} result={result} />
    ) : (
      <code className={styles.expression}>
        <b className={styles.result}>{formatCounted(result, uncounted)}</b>
      </code>
    );
  };
  return (
    <>
      <p className={styles.shapes}>
        {formatShape(shapeOf(graph, group.input))}
        <span aria-hidden="true"> → </span>
        {formatShape(shapeOf(graph, group.output))}
      </p>
      <Figure title={messages.quantities.parameters} quantity="parameters">
        {sum((cost) => cost.parameters, total.parameters)}
      </Figure>
      <Figure title={messages.quantities[units]} quantity={units}>
        {sum((cost) => cost[units], total[units], total.uncounted)}
        <p className={styles.share}>
          {messages.share(
            formatShare(total[units], costs.total[units]),
            formatShare(total.parameters, costs.total.parameters),
            units,
          )}
        </p>
      </Figure>
      <Figure title={messages.memory} quantity="memory">
        <code className={styles.expression}>
          <b className={styles.result}>{formatBytes(bytesOf(total.activations, dtype, batch))}</b>
        </code>
      </Figure>
      {field && before && (
        <Figure title={messages.receptiveField} quantity="receptiveField">
          <code className={styles.expression}>
            {formatShape(before.size)}
            {' → '}
            <b className={styles.result}>{formatShape(field.size)}</b> px
          </code>
          <p className={styles.note}>{messages.jump(field.jump[0])}</p>
        </Figure>
      )}
      {units === 'flops' && (
        <OperationClasses operations={total.operations} flops={total.flops} messages={messages} />
      )}
    </>
  );
}

/** Scalar operations by class; a multiply–accumulate counts as two. */
function OperationClasses({
  operations,
  flops,
  messages,
}: {
  readonly operations: Operations;
  readonly flops: number;
  readonly messages: InspectorMessages;
}) {
  const classes = (Object.keys(operations) as (keyof Operations)[]).filter((name) => operations[name] > 0);
  if (classes.length === 0) return null;
  return (
    <Figure title={messages.operations} quantity="flops">
      <dl className={styles.classes}>
        {classes.map((name) => (
          <Fragment key={name}>
            <dt>{messages.operationClasses[name]}</dt>
            <dd>{`${name === 'multiplyAccumulate' ? '2·' : ''}${formatInteger(operations[name])}`}</dd>
          </Fragment>
        ))}
        <dt>{messages.quantities.flops}</dt>
        <dd>
          <b className={styles.result}>{formatInteger(flops)}</b>
        </dd>
      </dl>
    </Figure>
  );
}

/** Which colour says what. */
function Legend({ messages }: { readonly messages: InspectorMessages }) {
  return (
    <p className={styles.legend} role="note" aria-label={messages.legend}>
      {(['input', 'attribute', 'derived'] as const).map((origin) => (
        <span key={origin} className={styles[origin]}>
          {messages.origins[origin]}
        </span>
      ))}
    </p>
  );
}

/** The layer in ONNX and in PyTorch. */
function Forms({
  nodes,
  messages,
}: {
  readonly nodes: readonly GraphNode[];
  readonly messages: InspectorMessages;
}) {
  // An operator of a file without rules here has no form here either.
  if (nodes.some(({ op }) => op === 'Opaque')) return null;
  return (
    <details className={styles.forms}>
      <summary>{messages.code}</summary>
      <h3 className={styles.caption}>{messages.pytorch}</h3>
      <pre>{nodes.map(torchLine).join('\n')}</pre>
      <h3 className={styles.caption}>{messages.onnx}</h3>
      <pre>{nodes.flatMap(onnxLines).join('\n')}</pre>
    </details>
  );
}

/** The layers of a group, to go on to. */
function Inside({
  graph,
  id,
  onSelect,
  messages,
}: {
  readonly graph: Graph;
  readonly id: string;
  onSelect(id: string): void;
  readonly messages: InspectorMessages;
}) {
  return (
    <div className={styles.figure}>
      <h3 className={styles.caption}>{messages.inside}</h3>
      <ul className={styles.inside}>
        {layersIn(graph, id).map((layer) => (
          <li key={layer.id}>
            <button type="button" className={styles.link} onClick={() => onSelect(layer.id)}>
              {lastName(layer.id)}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
