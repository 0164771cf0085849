import { useMemo } from 'react';
import { architectures, families } from '../../architectures/index.ts';
import { LayerDiff } from '../../components/layer-diff/layer-diff.tsx';
import { Select } from '../../components/ui/select.tsx';
import { computeCosts, type GraphCosts } from '../../engine/cost/costs.ts';
import { formatBytes, formatInteger, formatShape } from '../../engine/cost/format.ts';
import { bytesOf, type PeakMemory, peakMemory } from '../../engine/cost/memory.ts';
import { diffGraphs } from '../../engine/diff/diff-graphs.ts';
import { lower } from '../../engine/graph/lower.ts';
import type { Graph } from '../../engine/graph/types.ts';
import { compareHref } from '../compare/hrefs.ts';
import { layerDiff as en } from '../i18n/en/layer-diff.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { layerDiff as zh } from '../i18n/zh/layer-diff.ts';
import { Link } from '../link.tsx';
import { predecessorOf } from '../predecessors.ts';
import { depthOf } from '../published/computed.ts';
import { useAgainst } from '../state/url.ts';
import type { SectionProps } from './about-area.tsx';
import styles from './lineage-diff-part.module.css';

/** A network with what it costs, as one side of the comparison. */
interface Side {
  readonly graph: Graph;
  readonly costs: GraphCosts;
  readonly peak: PeakMemory;
}

/** The network to compare with: at the input of the other where it takes such images and that is not the usual one. */
function sideOf(id: string, { analysis }: SectionProps): Side | null {
  const architecture = architectures.get(id);
  if (!architecture) return null;
  let graph = lower(architecture);
  if (!analysis.usualInput && architecture.input[0] === analysis.graph.input[0]) {
    const same = lower(architecture, analysis.graph.input);
    if (same.problem === null) graph = same;
  }
  return { graph, costs: computeCosts(graph), peak: peakMemory(graph) };
}

/** What changed against the network before, layer by layer, and what that did to the totals. */
export default function LineageDiffPart(props: SectionProps) {
  const { architecture, analysis } = props;
  const words = useTopic({ en, zh });
  const [against, setAgainst] = useAgainst();
  const own = predecessorOf(architecture.id);
  const chosen = against !== null && architectures.has(against) ? against : own;
  const before = useMemo(
    () => (chosen === null ? null : sideOf(chosen, { architecture, analysis })),
    [chosen, architecture, analysis],
  );
  const diff = useMemo(() => (before ? diffGraphs(before.graph, analysis.graph) : null), [before, analysis]);
  const options = useMemo(
    () =>
      families.flatMap((family) =>
        family.variants
          .filter(({ id }) => id !== architecture.id)
          .map(({ id, title }) => ({
            value: id,
            label: id === own ? `${title} (${words.ownPredecessor})` : title,
          })),
      ),
    [architecture, own, words],
  );
  return (
    <div className={styles.part}>
      <div className={styles.head}>
        <h2>{before ? words.heading(before.graph.title) : words.none}</h2>
        {chosen === null || !architectures.has(architecture.id) ? null : (
          <Link href={compareHref([chosen, architecture.id])}>{words.sideBySide}</Link>
        )}
        <Select
          label={words.against}
          value={chosen ?? ''}
          options={chosen === null ? [{ value: '', label: '—' }, ...options] : options}
          onChange={(id) => setAgainst(id === own || id === '' ? null : id)}
          className={styles.select ?? ''}
        />
      </div>
      {before && diff ? (
        <>
          {analysis.graph.problem || before.graph.problem ? <p>{words.misfit}</p> : null}
          {analysis.graph.problem || before.graph.problem ? null : (
            <BothTotals before={before} after={analysis} />
          )}
          <LayerDiff
            key={`${before.graph.id} ${analysis.graph.id}`}
            diff={diff}
            before={before.graph}
            after={analysis.graph}
            beforeCosts={before.costs}
            afterCosts={analysis.costs}
            messages={words.words}
          />
        </>
      ) : null}
    </div>
  );
}

/** `×2.34`, `×0.021`: how many times the one the other is. */
const ratio = (before: number, after: number): string => {
  if (before === 0) return '—';
  const value = after / before;
  return `×${value >= 100 ? value.toFixed(0) : value >= 0.01 ? value.toPrecision(3) : value.toPrecision(2)}`;
};

function BothTotals({ before, after }: { readonly before: Side; readonly after: Side }) {
  const { totals } = useTopic({ en, zh });
  const bytes = (values: number): string => formatBytes(bytesOf(values, 'fp32'));
  const rows = [
    [totals.parameters, before.costs.total.parameters, after.costs.total.parameters, formatInteger],
    [totals.macs, before.costs.total.macs, after.costs.total.macs, formatInteger],
    [totals.activations, before.costs.total.activations, after.costs.total.activations, bytes],
    [totals.peak, before.peak.values, after.peak.values, bytes],
    [totals.layers, depthOf(before.graph), depthOf(after.graph), formatInteger],
  ] as const;
  return (
    <div className={styles.totals}>
      <table aria-label={totals.label}>
        <thead>
          <tr>
            <td />
            <th scope="col">{before.graph.title}</th>
            <th scope="col">{after.graph.title}</th>
            <th scope="col">{totals.ratio}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([label, one, other, format]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>{format(one)}</td>
              <td>{format(other)}</td>
              <td>{ratio(one, other)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>{totals.inputs(formatShape(before.graph.input), formatShape(after.graph.input))}</p>
    </div>
  );
}
