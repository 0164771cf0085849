import type { FigureAxis } from '../../components/figure/architecture-figure.tsx';
import { CostStrips } from '../../components/figure/cost-strips.tsx';
import { costs as en } from '../i18n/en/costs.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { costs as zh } from '../i18n/zh/costs.ts';
import { useFigure } from '../state/figure-store.tsx';
import { useBatch, useCharts, useDtype, useUnits } from '../state/url.ts';
import { readCharts } from './overlay-kinds.ts';
import { useAlongDepth } from './use-along-depth.ts';
import type { Analysis } from './use-analysis.ts';
import { useSelection } from './use-selection.ts';

/** Kinds of cost along depth, on the figure's own axis and lit together with it. */
export default function CostChartsPart({
  analysis,
  axis,
}: {
  readonly analysis: Analysis;
  readonly axis: FigureAxis;
}) {
  const words = useTopic({ en, zh });
  const [units] = useUnits();
  const [dtype] = useDtype();
  const [batch] = useBatch();
  const [charts] = useCharts();
  const [selected, select] = useSelection(analysis);
  const hovered = useFigure((state) => state.hovered);
  const hover = useFigure((state) => state.hover);
  const along = useAlongDepth(analysis);
  return (
    <CostStrips
      graph={analysis.graph}
      along={along}
      total={analysis.costs.total}
      peak={analysis.peak}
      layout={axis.layout}
      zoom={axis.zoom}
      nameOf={axis.nameOf}
      charts={readCharts(charts)}
      units={units}
      dtype={dtype}
      batch={batch}
      active={hovered ?? selected}
      selected={selected}
      messages={words.charts}
      onHover={hover}
      onSelect={select}
    />
  );
}
