import { Inspector } from '../../components/inspector/inspector.tsx';
import { inspector as en } from '../i18n/en/inspector.ts';
import { useMessages } from '../i18n/index.tsx';
import { useTopic } from '../i18n/use-topic.ts';
import { inspector as zh } from '../i18n/zh/inspector.ts';
import { useWideScreen } from '../state/media.ts';
import { useBatch, useDtype, useUnits } from '../state/url.ts';
import CellPart from './cell-part.tsx';
import { ChannelsPart } from './explaining/channels-part.tsx';
import { MeasuredHere } from './explaining/measured-here.tsx';
import type { Analysis } from './use-analysis.ts';
import { useSelection } from './use-selection.ts';

/** The selected layer's numbers with their working, and the arithmetic of the cell pointed at. */
export default function InspectorPart({ analysis }: { readonly analysis: Analysis }) {
  const { operators, problems } = useMessages();
  const inspector = useTopic({ en, zh });
  const [units] = useUnits();
  const [dtype] = useDtype();
  const [batch] = useBatch();
  const [selected, select] = useSelection(analysis);
  const wide = useWideScreen();
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
      <MeasuredHere analysis={analysis} />
      {wide ? <CellPart analysis={analysis} /> : null}
      <ChannelsPart analysis={analysis} />
    </Inspector>
  );
}
