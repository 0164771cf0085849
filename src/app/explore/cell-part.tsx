import { memo, useCallback, useDeferredValue, useEffect, useMemo, useRef } from 'react';
import { CellArithmetic } from '../../components/inspector/cell-arithmetic.tsx';
import type { Graph } from '../../engine/graph/types.ts';
import type { Cell } from '../../engine/ops/types.ts';
import { inspector as en } from '../i18n/en/inspector.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { inspector as zh } from '../i18n/zh/inspector.ts';
import { useFigure } from '../state/figure-store.tsx';
import { useRun } from './run-provider.tsx';
import type { Analysis } from './use-analysis.ts';
import { useSelection } from './use-selection.ts';

const Arithmetic = memo(CellArithmetic);

/** The arithmetic of the cell pointed at; without one, of the strongest cell of the selected layer. */
export default function CellPart({ analysis }: { readonly analysis: Analysis }) {
  const [selected] = useSelection(analysis);
  const inspector = useTopic({ en, zh });
  // The answer does not wait for its explanation.
  const activations = useDeferredValue(useRun((run) => run?.activations ?? null));
  const by = useDeferredValue(useRun((run) => run?.model.last?.by));
  const tensors = useRun((run) => run?.model.tensors);
  const labels = useRun((run) => run?.model.card?.classes);
  const pointed = useFigure((state) => state.cell);
  const pointAt = useFigure((state) => state.pointAt);
  const { graph, usualInput, folded } = analysis;
  const place = useRef<HTMLDivElement>(null);
  const isPointed = pointed !== null;

  // Beside the figure the arithmetic may stand below the edge of its column: pointing brings it into sight there,
  // and never moves the page under the pointer.
  useEffect(() => {
    const column = place.current?.closest('aside');
    if (!isPointed || !place.current || !column || getComputedStyle(column).overflowY !== 'auto') return;
    const box = place.current.getBoundingClientRect();
    const hidden = box.bottom - column.getBoundingClientRect().bottom;
    if (hidden > 0) column.scrollBy({ top: hidden + 16 });
  }, [isPointed]);

  const layer = selected === null ? null : (graph.nodeById.get(selected) ?? outputNode(graph, selected));
  const shown = useMemo(
    () =>
      pointed && graph.nodeById.has(pointed.node)
        ? pointed
        : activations
          ? strongestCell(layer, activations)
          : null,
    [pointed, graph, layer, activations],
  );
  const node = shown?.node ?? null;
  const moveCell = useCallback(
    (cell: Cell) => {
      if (node !== null) pointAt({ node, cell });
    },
    [node, pointAt],
  );
  // Folded layers have other numbers than the weights that answered.
  if (!activations || !tensors || !usualInput || !shown || folded.size > 0) return null;
  if (!hasValues(graph, shown.node, activations)) return null;
  return (
    <div ref={place}>
      <Arithmetic
        graph={graph}
        node={shown.node}
        cell={shown.cell}
        tensors={tensors}
        activations={activations}
        answeredBy={by === 'reference' ? 'reference' : 'runtime'}
        {...(labels ? { labels } : {})}
        onCell={moveCell}
        messages={inspector.cell}
      />
    </div>
  );
}

/** Whether a node's values and all that it reads are there: of a picture those on screen alone are fetched. */
const hasValues = (graph: Graph, id: string, activations: ReadonlyMap<string, Float32Array>): boolean =>
  [id, ...(graph.nodeById.get(id)?.inputs ?? [])].every((tensor) => activations.has(tensor));

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
