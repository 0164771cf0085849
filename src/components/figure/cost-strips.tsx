import { memo, type PointerEvent, useMemo } from 'react';
import type { AlongDepth } from '../../engine/cost/along-depth.ts';
import type { Costs } from '../../engine/cost/costs.ts';
import { formatBytes, formatInteger, formatShape, formatShare } from '../../engine/cost/format.ts';
import { bytesOf, type DType, type PeakMemory } from '../../engine/cost/memory.ts';
import { intensityOf } from '../../engine/cost/roofline.ts';
import { type Graph, INPUT, shapeOf } from '../../engine/graph/types.ts';
import { findBox } from '../../engine/layout/layout-figure.ts';
import type { Box, FigureLayout } from '../../engine/layout/types.ts';
import type { Category } from '../../engine/ops/types.ts';
import { sizeOf } from '../../engine/ops/window.ts';
import { Popover } from '../ui/popover.tsx';
import styles from './cost-strips.module.css';
import {
  boxAt,
  type ChartId,
  type ChartUnits,
  type ChartValue,
  chartValues,
  nodeSteps,
  type Step,
  type StripBar,
  stackBars,
  stepPath,
  upperSteps,
} from './depth-charts.ts';
import { shareOf } from './share-of.ts';

/** The words of the charts under a figure. */
export interface CostStripsMessages {
  /** What a chart shows, in short; of operations in the unit that is counted. */
  readonly titles: Readonly<Record<Exclude<ChartId, 'operations'> | 'macs' | 'flops', string>>;
  readonly total: string;
  /** Instead of `total`, of a network that does not fit: the layers before the problem. */
  readonly reached: string;
  /** The most, of what does not add up. */
  readonly most: string;
  /** The button at the place where most memory is held. */
  readonly peak: (amount: string, node: string) => string;
  /** Over the list of what is held there. */
  readonly aliveDuring: (node: string) => string;
  readonly input: string;
  readonly pixels: (size: string) => string;
  readonly intensity: (value: string, unit: string) => string;
  readonly logScale: string;
  /** The rule in the chart of receptive fields. */
  readonly inputSize: (size: string) => string;
  /** A chart in a sentence, for those who do not see it. */
  readonly summary: (title: string, total: string, most: string, name: string) => string;
}

/** What the charts under a figure show. */
export interface CostStripsProps {
  readonly graph: Graph;
  readonly along: AlongDepth;
  readonly total: Costs;
  readonly peak: PeakMemory;
  readonly layout: FigureLayout;
  /** CSS pixels per figure unit. */
  readonly zoom: number;
  readonly charts: readonly ChartId[];
  readonly units: 'macs' | 'flops';
  readonly dtype: DType;
  readonly batch: number;
  /** The layer whose values stand beside the names; the totals otherwise. */
  readonly active: string | null;
  readonly selected: string | null;
  readonly messages: CostStripsMessages;
  /** The name under which a box stands in the figure. */
  readonly nameOf: (box: Box) => string;
  readonly onHover: (id: string | null) => void;
  readonly onSelect: (id: string) => void;
}

const HEIGHT = 26;
/** Above the highest mark. */
const TOP = 3;

const isBars = (chart: ChartId): boolean =>
  chart === 'parameters' || chart === 'operations' || chart === 'activations';

const threeDigits = (value: number): string =>
  value >= 1000 ? formatInteger(Math.round(value)) : String(Number(value.toPrecision(3)));

/** Kinds of cost along depth: charts under the boxes they belong to, on the figure's own axis. */
export function CostStrips(props: CostStripsProps) {
  const { graph, along, total, peak, layout, zoom, charts, units, dtype, batch, messages, nameOf } = props;
  const activeBox = props.active === null ? null : findBox(layout, graph, props.active);
  const selectedBox = props.selected === null ? null : findBox(layout, graph, props.selected);
  const chartUnits = useMemo<ChartUnits>(() => ({ units, batch }), [units, batch]);
  const bytesInAll = useMemo(() => along.reduce((sum, { bytesMoved }) => sum + bytesMoved, 0), [along]);

  const textOf = (chart: ChartId, value: number | null): string => {
    if (value === null) return '—';
    switch (chart) {
      case 'parameters':
      case 'operations':
        return formatInteger(value);
      case 'alive':
      case 'activations':
        return formatBytes(bytesOf(value, dtype, batch));
      case 'field':
        return messages.pixels(formatInteger(value));
      case 'intensity':
        return messages.intensity(threeDigits(value), units === 'macs' ? 'MACs' : 'FLOPs');
    }
  };
  const wholeOf = (chart: ChartId): number | null => {
    switch (chart) {
      case 'parameters':
      case 'activations':
        return total[chart];
      case 'operations':
        return total[units];
      case 'alive':
        return peak.values;
      case 'field':
        return along.reduce((most, { receptiveField }) => Math.max(most, receptiveField), 1);
      case 'intensity':
        return intensityOf(batch * total[units], bytesInAll);
    }
  };

  return (
    <div className={styles.strips}>
      {charts.map((chart) => (
        <Row
          key={chart}
          {...props}
          chart={chart}
          chartUnits={chartUnits}
          title={messages.titles[chart === 'operations' ? units : chart]}
          whole={wholeOf(chart)}
          textOf={(value) => textOf(chart, value)}
          activeBox={activeBox}
          selectedBox={selectedBox}
          width={layout.width * zoom}
          nameOf={nameOf}
        />
      ))}
    </div>
  );
}

interface RowProps extends CostStripsProps {
  readonly chart: ChartId;
  readonly chartUnits: ChartUnits;
  readonly title: string;
  readonly whole: number | null;
  readonly textOf: (value: number | null) => string;
  readonly activeBox: Box | null;
  readonly selectedBox: Box | null;
  readonly width: number;
}

/** One chart with its caption: the value of the layer pointed at, or of the whole network. */
function Row(props: RowProps) {
  const { graph, along, peak, layout, zoom, chart, chartUnits, title, whole, textOf, activeBox } = props;
  const { selectedBox, messages, nameOf, width } = props;
  const values = useMemo(
    () => chartValues(layout, along, chart, chartUnits),
    [layout, along, chart, chartUnits],
  );
  const bars = useMemo(() => (isBars(chart) ? stackBars(values) : null), [chart, values]);
  const valueById = useMemo(() => new Map(values.map(({ box, value }) => [box.id, value])), [values]);
  const value = activeBox ? (valueById.get(activeBox.id) ?? null) : whole;
  const most = values.reduce<ChartValue | null>(
    (best, one) => ((one.value ?? 0) > (best?.value ?? 0) ? one : best),
    null,
  );
  const adds = isBars(chart);
  const place = graph.problem
    ? messages.reached
    : chart === 'alive' || chart === 'field'
      ? messages.most
      : messages.total;

  const boxUnder = (event: PointerEvent<Element> | React.MouseEvent<Element>): Box | null => {
    const frame = event.currentTarget.getBoundingClientRect();
    const height = 1 - (event.clientY - frame.top - TOP) / (HEIGHT - TOP);
    const barOf = bars && new Map(bars.map((bar) => [bar.box.id, bar]));
    return boxAt(layout, (event.clientX - frame.left) / zoom, (box) => {
      const bar = barOf?.get(box.id);
      // Of bars on one another the one pointed at; of lines the one that makes the level.
      return bar
        ? bar.from <= height && height <= bar.from + bar.height
          ? 2
          : bar.height
        : (valueById.get(box.id) ?? -1);
    });
  };
  return (
    <div className={styles.row} data-chart={chart}>
      <p className={styles.caption}>
        {/* Without spaces between them a screen reader runs the words together. */}
        <span>{title}</span> <span className={styles.where}>{activeBox ? nameOf(activeBox) : place}</span>{' '}
        <span className={styles.value}>
          {textOf(value)}
          {activeBox && adds && value !== null && whole !== null && ` · ${formatShare(value, whole)}`}
        </span>{' '}
        {chart === 'field' && (
          <span className={styles.aside}>
            {messages.inputSize(formatShape(graph.input.slice(1)))}, {messages.logScale}
          </span>
        )}
        {chart === 'intensity' && <span className={styles.aside}>{messages.logScale}</span>}
        {chart === 'alive' && !graph.problem && <Peak {...props} />}
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the figure above offers the same by keys */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div
        className={styles.plot}
        onPointerMove={(event) => {
          if (event.pointerType !== 'touch') props.onHover(boxUnder(event)?.id ?? null);
        }}
        onPointerLeave={() => props.onHover(null)}
        onClick={(event) => {
          const box = boxUnder(event);
          if (box) props.onSelect(box.id);
        }}
      >
        <svg
          className={styles.strip}
          width={width}
          height={HEIGHT}
          viewBox={`0 0 ${layout.width} ${HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={messages.summary(
            title,
            textOf(whole),
            textOf(most?.value ?? null),
            most ? nameOf(most.box) : '—',
          )}
        >
          {selectedBox && <Band box={selectedBox} kind="selected" />}
          {activeBox && activeBox.id !== selectedBox?.id && <Band box={activeBox} kind="active" />}
          <path className={styles.base} d={`M8 ${HEIGHT - 0.5}H${layout.width - 8}`} />
          {bars ? (
            <Bars bars={bars} lit={activeBox?.id ?? null} />
          ) : chart === 'intensity' ? (
            <Levels values={values} lit={activeBox?.id ?? null} />
          ) : (
            <Line
              graph={graph}
              along={along}
              layout={layout}
              chart={chart}
              chartUnits={chartUnits}
              peakNode={chart === 'alive' && !graph.problem ? peak.node : null}
            />
          )}
        </svg>
      </div>
    </div>
  );
}

/** The place of a layer in a chart. */
const Band = ({ box, kind }: { readonly box: Box; readonly kind: 'selected' | 'active' }) => (
  <rect
    className={styles.band}
    data-kind={kind}
    data-bar={box.id}
    x={box.x - 3}
    width={box.width + 6}
    y={0}
    height={HEIGHT}
  />
);

const barPath = ({ box, from, height }: StripBar): string => {
  const room = HEIGHT - TOP;
  // What is there is seen, however little it is.
  const drawn = Math.max(0.8, height * room);
  const top = Math.min((1 - from - height) * room + TOP, HEIGHT - drawn);
  return `M${box.x} ${top.toFixed(2)}h${box.width}v${drawn.toFixed(2)}h${-box.width}z`;
};

/** All bars of one colour are one path, so that a thousand layers are a handful of elements. */
const Bars = memo(function Bars({
  bars,
  lit,
}: {
  readonly bars: readonly StripBar[];
  readonly lit: string | null;
}) {
  const paths = useMemo(() => {
    const byCategory = new Map<Category | undefined, string>();
    for (const bar of bars) {
      if (bar.value === 0) continue;
      const category = bar.box.layer.category ?? undefined;
      byCategory.set(category, (byCategory.get(category) ?? '') + barPath(bar));
    }
    return [...byCategory];
  }, [bars]);
  const litBar = lit === null ? undefined : bars.find(({ box, value }) => box.id === lit && value > 0);
  return (
    <>
      {paths.map(([category, path]) => (
        <path key={category ?? ''} className={styles.bars} data-category={category} d={path} />
      ))}
      {litBar && (
        <path
          className={styles.litBar}
          data-category={litBar.box.layer.category ?? undefined}
          d={barPath(litBar)}
        />
      )}
    </>
  );
});

/** A level under each box, on a logarithmic scale. */
const Levels = memo(function Levels({
  values,
  lit,
}: {
  readonly values: readonly ChartValue[];
  readonly lit: string | null;
}) {
  const known = values.filter(({ value }) => value !== null && value > 0) as readonly {
    readonly box: Box;
    readonly value: number;
  }[];
  const least = known.reduce((low, { value }) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const most = known.reduce((high, { value }) => Math.max(high, value), 0);
  const yOf = (value: number) => HEIGHT - 3 - shareOf(value, least, most, 'log') * (HEIGHT - TOP - 3);
  const stems = known
    .map(({ box, value }) => `M${box.x + box.width / 2} ${HEIGHT}V${yOf(value).toFixed(2)}`)
    .join('');
  const levels = known.map(({ box, value }) => `M${box.x} ${yOf(value).toFixed(2)}h${box.width}`).join('');
  const litOne = known.find(({ box }) => box.id === lit);
  return (
    <>
      <path className={styles.stems} d={stems} />
      <path className={styles.line} d={levels} />
      {litOne && (
        <path
          className={styles.litLine}
          d={`M${litOne.box.x} ${yOf(litOne.value).toFixed(2)}h${litOne.box.width}`}
        />
      )}
    </>
  );
});

interface LineProps extends Pick<RowProps, 'graph' | 'along' | 'layout' | 'chart' | 'chartUnits'> {
  readonly peakNode: string | null;
}

/** Levels node by node: memory on a linear scale with its peak, receptive fields on a logarithmic one with the input. */
const Line = memo(function Line({ graph, along, layout, chart, chartUnits, peakNode }: LineProps) {
  const steps = useMemo(
    () => upperSteps(nodeSteps(layout, along, chart, chartUnits)),
    [layout, along, chart, chartUnits],
  );
  const isField = chart === 'field';
  const inputSide = Math.max(1, ...graph.input.slice(1));
  const most = steps.reduce((high, { value }) => Math.max(high, value), isField ? inputSide : 1);
  const yOf = (value: number) =>
    HEIGHT - 1 - shareOf(value, isField ? 1 : 0, most, isField ? 'log' : 'linear') * (HEIGHT - TOP - 4);
  const path = stepPath(steps, yOf);
  const [first, last] = [steps[0], steps.at(-1)];
  const mark = peakNode === null ? null : placeOf(graph, layout, peakNode);
  return (
    <>
      {first && last && <path className={styles.area} d={`${path}V${HEIGHT}H${first.from}z`} />}
      <path className={styles.line} d={path} />
      {isField && <path className={styles.rule} d={`M8 ${yOf(inputSide).toFixed(2)}H${layout.width - 8}`} />}
      {mark && (
        <path className={styles.peak} d={`M${((mark.from + mark.to) / 2 - 4).toFixed(2)} 0h8l-4 5z`} />
      )}
    </>
  );
});

/** Where a node stands within its box. */
function placeOf(graph: Graph, layout: FigureLayout, id: string): Step | null {
  const box = findBox(layout, graph, id);
  const node = graph.nodeById.get(id);
  if (!box || !node) return null;
  const { first, end } = box.layer;
  const count = Math.max(1, end - first);
  const index = Math.min(count - 1, Math.max(0, node.index - first));
  return {
    from: box.x + (index * box.width) / count,
    to: box.x + ((index + 1) * box.width) / count,
    value: 0,
  };
}

/** The peak as a button; what is alive there stands behind it. */
function Peak({ graph, peak, dtype, batch, messages, onHover }: CostStripsProps) {
  const amount = formatBytes(bytesOf(peak.values, dtype, batch));
  const where = peak.node === INPUT ? messages.input : peak.node;
  return (
    <Popover
      opensOnHover
      title={messages.aliveDuring(where)}
      trigger={
        <button
          type="button"
          className={styles.peakButton}
          onFocus={() => onHover(peak.node)}
          onBlur={() => onHover(null)}
        >
          {messages.peak(amount, where)}
        </button>
      }
    >
      <ul className={styles.alive}>
        {peak.alive.map((id) => {
          const shape = shapeOf(graph, id);
          return (
            <li key={id}>
              <span>{id === INPUT ? messages.input : id}</span>
              <span>{formatShape(shape)}</span>
              <span>{formatBytes(bytesOf(sizeOf(shape), dtype, batch))}</span>
            </li>
          );
        })}
      </ul>
    </Popover>
  );
}
