import { LayerTable } from '../../components/layer-table/layer-table.tsx';
import { useMessages } from '../i18n/index.tsx';
import { useFigure } from '../state/figure-store.tsx';
import { useBatch, useDtype, useUnits } from '../state/url.ts';
import type { Analysis } from './use-analysis.ts';
import { useSelection } from './use-selection.ts';

/** Every layer as a row, lit together with the figure. */
export default function TablePart({ analysis }: { readonly analysis: Analysis }) {
  const { layerTable, problems } = useMessages();
  const [units] = useUnits();
  const [dtype] = useDtype();
  const [batch] = useBatch();
  const [selected, select] = useSelection(analysis);
  const hovered = useFigure((state) => state.hovered);
  const hover = useFigure((state) => state.hover);
  const { graph, costs, fields } = analysis;
  return (
    <LayerTable
      graph={graph}
      costs={costs}
      fields={fields}
      dtype={dtype}
      batch={batch}
      units={units}
      selected={selected}
      hovered={hovered}
      onSelect={select}
      onHover={hover}
      problem={graph.problem ? problems.describePlaced(graph.problem) : null}
      messages={layerTable}
    />
  );
}
