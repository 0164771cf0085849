import { CellArithmetic } from '../../components/inspector/cell-arithmetic.tsx';
import { Inspector } from '../../components/inspector/inspector.tsx';
import type { Graph } from '../../engine/graph/types.ts';
import { useMessages } from '../i18n/index.tsx';
import { useFigure } from '../state/figure-store.tsx';
import { useBatch, useDtype, useUnits } from '../state/url.ts';
import { useRun } from './run-provider.tsx';
import type { Analysis } from './use-analysis.ts';
import { useSelection } from './use-selection.ts';

/** The selected layer's numbers with their working, and the arithmetic of the cell pointed at. */
export default function InspectorPart({ analysis }: { readonly analysis: Analysis }) {
  const { inspector, operators, problems } = useMessages();
  const [units] = useUnits();
  const [dtype] = useDtype();
  const [batch] = useBatch();
  const [selected, select] = useSelection(analysis);
  const { graph, costs, fields } = analysis;
  return (
    <Inspector
      graph={graph}
      costs={costs}
      fields={fields}
      dtype={dtype}
      batch={batch}
      units={units}
      selected={selected}
      onSelect={select}
      problem={graph.problem ? problems.describePlaced(graph.problem) : null}
      operators={operators.byOperator}
      messages={inspector}
    >
      <CellPart analysis={analysis} selected={selected} />
    </Inspector>
  );
}

/** The arithmetic of the cell pointed at; without one, of the strongest cell of the selected layer. */
function CellPart({ analysis, selected }: { readonly analysis: Analysis; readonly selected: string | null }) {
  const { inspector } = useMessages();
  const run = useRun();
  const pointed = useFigure((state) => state.cell);
  const pointAt = useFigure((state) => state.pointAt);
  const { graph, usualInput } = analysis;
  const activations = run?.activations;
  const tensors = run?.model.tensors;
  if (!activations || !tensors || !usualInput) return null;
  const layer = selected === null ? null : (graph.nodeById.get(selected) ?? outputNode(graph, selected));
  const shown = pointed && graph.nodeById.has(pointed.node) ? pointed : strongestCell(layer, activations);
  if (!shown) return null;
  return (
    <CellArithmetic
      graph={graph}
      node={shown.node}
      cell={shown.cell}
      tensors={tensors}
      activations={activations}
      answeredBy={run.model.last?.by === 'reference' ? 'reference' : 'runtime'}
      {...(run.model.card ? { labels: run.model.card.classes } : {})}
      onCell={(cell) => pointAt({ node: shown.node, cell })}
      messages={inspector.cell}
    />
  );
}

const outputNode = (graph: Graph, id: string) => {
  const group = graph.groups.get(id);
  return group ? (graph.nodeById.get(group.output) ?? null) : null;
};

/** The cell of a node's output with the largest magnitude. */
function strongestCell(
  node: ReturnType<typeof outputNode>,
  activations: ReadonlyMap<string, Float32Array>,
): { readonly node: string; readonly cell: readonly [number, number, number] } | null {
  const values = node ? activations.get(node.id) : undefined;
  if (!node || !values) return null;
  let strongest = 0;
  for (let index = 1; index < values.length; index += 1) {
    if (Math.abs(values[index] ?? 0) > Math.abs(values[strongest] ?? 0)) strongest = index;
  }
  const [, height = 1, width = 1] = node.shape;
  return {
    node: node.id,
    cell: [
      Math.floor(strongest / (height * width)),
      Math.floor(strongest / width) % height,
      strongest % width,
    ],
  };
}
