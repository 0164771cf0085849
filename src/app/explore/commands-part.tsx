import { describeLayer } from '../../components/layer-table/describe-operator.ts';
import { formatShape } from '../../engine/cost/format.ts';
import { ancestorsOf, layersIn, leadingNode } from '../../engine/graph/layers.ts';
import type { Graph } from '../../engine/graph/types.ts';
import { foldableKeys } from '../../engine/layout/figure-layers.ts';
import { type Command, usePageCommands } from '../commands/page-commands.ts';
import { actionCommand } from '../commands/site-commands.ts';
import { useMessages } from '../i18n/index.tsx';
import { usePaletteMessages } from '../i18n/palette.ts';
import { useFigure } from '../state/figure-store.tsx';
import { dtypes, useDtype, useSelectedNode, useUnits } from '../state/url.ts';
import type { Analysis } from './use-analysis.ts';

/** Ids of everything that a reader calls a layer: stages, blocks, units, and operators that stand alone. */
function layerIds(graph: Graph, group = ''): readonly string[] {
  return layersIn(graph, group).flatMap((layer) =>
    layer.kind === 'group' && layer.group.kind !== 'unit'
      ? [layer.id, ...layerIds(graph, layer.id)]
      : [layer.id],
  );
}

/** What the page of a network adds to the command palette; nothing to see. */
export default function CommandsPart({ analysis: { graph } }: { readonly analysis: Analysis }) {
  const { layerTable } = useMessages();
  const { actions, actionWords, current } = usePaletteMessages();
  const [, setNode] = useSelectedNode();
  const [units, setUnits] = useUnits();
  const [dtype, setDtype] = useDtype();
  const open = useFigure((state) => state.open);
  const setOpen = useFigure((state) => state.setOpen);

  usePageCommands(() => {
    const foldable = foldableKeys(graph);
    return [
      ...layerIds(graph).map((id): Command => {
        const shape = leadingNode(graph, id)?.shape;
        const operators = describeLayer(graph, id, layerTable.operators);
        return {
          id: `layer ${id}`,
          group: 'layer',
          title: id,
          hint: shape ? `${operators} · ${formatShape(shape)}` : operators,
          names: [id.slice(id.lastIndexOf('/') + 1), id],
          words: [],
          ideas: [],
          operators: [operators],
          run: () => {
            setOpen([...open, ...ancestorsOf(graph, id)]);
            setNode(id);
          },
        };
      }),
      ...(foldable.length > 0
        ? [
            actionCommand('unfold', actions.unfoldAll, actionWords.fold, () => setOpen(foldable)),
            actionCommand('fold', actions.foldAll, actionWords.fold, () => setOpen([])),
          ]
        : []),
      ...(['macs', 'flops'] as const).map((value) =>
        actionCommand(
          `units ${value}`,
          actions[value],
          actionWords.units,
          () => setUnits(value),
          value === units ? current : undefined,
        ),
      ),
      ...dtypes.map((value) =>
        actionCommand(
          `dtype ${value}`,
          actions.dtype(value),
          actionWords.dtype,
          () => setDtype(value),
          value === dtype ? current : undefined,
        ),
      ),
    ];
  });
  return null;
}
