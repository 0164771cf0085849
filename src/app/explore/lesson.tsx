import { useMemo } from 'react';
import { formatInteger, formatShape } from '../../engine/cost/format.ts';
import { lower } from '../../engine/graph/lower.ts';
import { contextOf, type Graph, type GraphNode } from '../../engine/graph/types.ts';
import { expressionText } from '../../engine/ops/expression.ts';
import { operatorOf } from '../../engine/ops/index.ts';
import { sizeOf } from '../../engine/ops/window.ts';
import { mapOperators } from '../../engine/spec/map-operators.ts';
import type { Architecture, OperatorSpec } from '../../engine/spec/types.ts';
import type { RepairName } from '../i18n/network-messages.ts';
import { useNetworkWords } from '../i18n/network-words.ts';
import styles from './explore.module.css';

const isMaxPool = (operator: OperatorSpec): operator is Extract<OperatorSpec, { op: 'MaxPool' }> =>
  operator.op === 'MaxPool';

/** Pools that the padding repair pads: the first two. */
const PADDED_POOLS = 2;

/** Each repair as a difference of the definition. */
const repairs: Readonly<Record<RepairName, (architecture: Architecture) => Architecture>> = {
  ceil: (architecture) =>
    mapOperators(architecture, (operator) =>
      isMaxPool(operator)
        ? { ...operator, attributes: { ...operator.attributes, rounding: 'ceil' } }
        : operator,
    ),
  padding: (architecture) => {
    let pools = 0;
    return mapOperators(architecture, (operator) => {
      if (!isMaxPool(operator)) return operator;
      pools += 1;
      return pools <= PADDED_POOLS
        ? { ...operator, attributes: { ...operator.attributes, padding: [1, 1, 1, 1] } }
        : operator;
    });
  },
};

/** Nodes that change the image's height: those whose arithmetic the lesson is about. */
const shrinking = (graph: Graph): readonly GraphNode[] =>
  graph.nodes.filter(({ inputShapes, shape }) => shape.length === 3 && inputShapes[0]?.[1] !== shape[1]);

/** The nodes that change the size, each with the working of its output height. */
function Sizes({ graph, marked }: { readonly graph: Graph; readonly marked?: Graph }) {
  const last = graph.nodes.findLast(({ shape }) => shape.length === 3);
  return (
    <ol className={styles.sizes}>
      {shrinking(graph).map((node) => {
        const working = operatorOf(node.op)
          .explain(contextOf(node))
          .find(({ quantity }) => quantity === 'outputHeight');
        const before = marked?.nodeById.get(node.id)?.shape[1];
        const differs = before !== undefined && before !== node.shape[1];
        return (
          <li key={node.id} data-differs={differs}>
            <span>{node.id}</span>
            <code>
              {working ? `${expressionText(working.expression)} = ` : ''}
              <b>{node.shape[1]}</b>
            </code>
          </li>
        );
      })}
      {last ? (
        <li>
          <span>flatten</span>
          <code>
            {last.shape.join('·')} = <b>{formatInteger(sizeOf(last.shape))}</b>
          </code>
        </li>
      ) : null}
    </ol>
  );
}

/** A network that does not fit, worked through: where each size comes from, and what each repair makes of it. Empty for a network that nobody wrote a lesson about. */
export default function Lesson({
  architecture,
  graph,
}: {
  readonly architecture: Architecture;
  readonly graph: Graph;
}) {
  const messages = useNetworkWords(architecture.id)?.lesson;
  const repaired = useMemo(
    () =>
      (['ceil', 'padding'] as const).map((name) => ({
        name,
        graph: lower(repairs[name](architecture), graph.input),
      })),
    [architecture, graph],
  );
  if (!messages) return null;
  return (
    <div className={styles.lesson}>
      <p>{messages.why}</p>
      <div className={styles.lessonColumns}>
        <section>
          <h3>{messages.asPrinted}</h3>
          <Sizes graph={graph} />
        </section>
        {repaired.map(({ name, graph: mended }) => (
          <section key={name}>
            <h3>{messages.repairs[name]}</h3>
            <Sizes graph={mended} marked={graph} />
            <p className={styles.quiet}>
              {mended.problem ? messages.stillBroken : messages.fits(formatShape(mended.input))}
            </p>
          </section>
        ))}
      </div>
    </div>
  );
}
