import { QueryClientProvider } from '@tanstack/react-query';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { families } from '../../architectures/index.ts';
import { type PointRow, PointTable } from '../../components/scatter/point-table.tsx';
import { LegendMark, ScatterChart } from '../../components/scatter/scatter-chart.tsx';
import {
  type Brushed,
  isWithin,
  type ScatterAxis,
  type ScatterPoint,
} from '../../components/scatter/scene.ts';
import { Button } from '../../components/ui/button.tsx';
import { Disclosure } from '../../components/ui/disclosure.tsx';
import { Segmented } from '../../components/ui/segmented.tsx';
import { Select } from '../../components/ui/select.tsx';
import { Spinner } from '../../components/ui/spinner.tsx';
import { saveFile } from '../explore/save-file.ts';
import { useChartMessages } from '../i18n/chart.ts';
import { exploreHref } from '../lineage.ts';
import { Link } from '../link.tsx';
import { queryClient } from '../queries/query-client.ts';
import { useChartState } from '../state/chart-url.ts';
import styles from './chart-part.module.css';
import { candidatesOf, chooseNetworks, hasLimits, type LimitId, type Limits } from './choose.ts';
import { Chooser } from './chooser.tsx';
import { chartToPng, chartToSvg, pointsToCsv } from './export-chart.ts';
import { paretoFront } from './pareto.ts';
import { PointReadout } from './point-readout.tsx';
import type { ChartPoint } from './points.ts';
import { type Quantity, quantities, quantityFacts, type ScaleKind, scaleKinds } from './quantities.ts';
import { useChartPoints } from './use-chart-points.ts';

/** Colours there are for families; those beyond have another shape. */
const HUES = 6;

const markOfFamily = (id: string): { readonly hue: number; readonly shape: number } => {
  const index = Math.max(
    0,
    families.findIndex((family) => family.id === id),
  );
  return { hue: (index % HUES) + 1, shape: Math.floor(index / HUES) };
};

/** A number to four digits: as exact as a drag is, and short in the address. */
const short = (value: number): number => Number(value.toPrecision(4));

/** Axes that only the networks trained for this atlas have values on. */
const ofTrained: ReadonlySet<Quantity> = new Set(['cifar10', 'time']);

/** Accuracy over cost for every network with a published accuracy, and which of them stay within given limits. */
export default function ChartPart() {
  return (
    <QueryClientProvider client={queryClient}>
      <Chart />
    </QueryClientProvider>
  );
}

function Chart() {
  const messages = useChartMessages();
  const [state, setState] = useChartState();
  const section = useRef<HTMLElement>(null);
  const drawing = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [saveFailed, setSaveFailed] = useState(false);

  useEffect(() => {
    if (location.hash !== '#accuracy') return;
    const frame = requestAnimationFrame(() => section.current?.scrollIntoView());
    return () => cancelAnimationFrame(frame);
  }, []);

  const { x, y, size } = state;
  const axes = [x, y, size];
  // ImageNet's accuracies and CIFAR-10's are of different networks: a chart shows those of one task.
  const task = axes.includes('cifar10') ? 'cifar10' : 'imagenet';
  const accuracy = task === 'cifar10' ? 'cifar10' : 'top1';
  const { points: all, failed } = useChartPoints(task);

  const measured = all?.some(({ values }) => values.time !== null) ?? false;
  const xScale = state.xs ?? quantityFacts[x].scale;
  const yScale = state.ys ?? quantityFacts[y].scale;
  const drawn = useMemo(
    () => (all ?? []).filter(({ values }) => values[x] !== null && values[y] !== null),
    [all, x, y],
  );

  const front = useMemo(() => {
    const [better, betterUp] = [quantityFacts[x].better, quantityFacts[y].better];
    if (better === null || betterUp === null || x === y) return [];
    const places = drawn.flatMap((point) => {
      const { values, incomparable } = point;
      const [across, up] = [values[x], values[y]];
      return incomparable === null && across !== null && up !== null ? [{ point, x: across, y: up }] : [];
    });
    return paretoFront(places, better, betterUp).map(({ point }) => point);
  }, [drawn, x, y]);
  const frontKeys = useMemo(() => front.map(({ key }) => key), [front]);

  const { weights, macs, memory, time, accuracy: least } = state;
  const limits: Limits = useMemo(
    () => ({ weights, macs, memory, time, accuracy: least }),
    [weights, macs, memory, time, least],
  );
  const candidates = useMemo(() => candidatesOf(all ?? []), [all]);
  const choice = useMemo(() => chooseNetworks(candidates, limits, accuracy), [candidates, limits, accuracy]);
  const fallen = useMemo(() => {
    if (!hasLimits(limits)) return new Set<string>();
    // Every point by its own values: other weights of a network that remains may be too often wrong.
    return new Set(chooseNetworks(drawn, limits, accuracy).fallen.map(({ point }) => point.key));
  }, [limits, drawn, accuracy]);

  const valueText = useCallback(
    (point: ChartPoint, quantity: Quantity): string => {
      const value = point.values[quantity];
      return messages.valueOf(
        messages.quantities[quantity],
        value === null ? messages.unknown : quantityFacts[quantity].format(value),
      );
    },
    [messages],
  );
  const marks = useMemo(
    () =>
      drawn.map((point): ScatterPoint => {
        const { key, title, values, family, series, incomparable } = point;
        return {
          key,
          title,
          label: messages.pointLabel(
            title,
            valueText(point, x),
            valueText(point, y),
            valueText(point, size),
            incomparable && messages.incomparable[incomparable],
          ),
          x: values[x] ?? 0,
          y: values[y] ?? 0,
          size: values[size],
          series,
          ...markOfFamily(family),
          hollow: incomparable !== null,
        };
      }),
    [drawn, x, y, size, messages, valueText],
  );
  const axisOf = (quantity: Quantity, scale: ScaleKind): ScatterAxis => ({
    title: messages.quantities[quantity],
    scale,
    grid: quantityFacts[quantity].grid,
    format: quantityFacts[quantity].format,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: made of these alone
  const xAxis = useMemo(() => axisOf(x, xScale), [x, xScale, messages]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: made of these alone
  const yAxis = useMemo(() => axisOf(y, yScale), [y, yScale, messages]);

  const { bx, by } = state;
  const brush = useMemo<Brushed | null>(() => (bx && by ? { x: bx, y: by } : null), [bx, by]);
  const setBrush = useCallback(
    (next: Brushed | null) =>
      setState({
        bx: next && [short(next.x[0]), short(next.x[1])],
        by: next && [short(next.y[0]), short(next.y[1])],
      }),
    [setState],
  );
  const taken = useMemo(() => {
    const keys = new Set(
      marks.filter((mark) => isWithin(mark, brush) && !fallen.has(mark.key)).map(({ key }) => key),
    );
    return drawn.filter(({ key }) => keys.has(key));
  }, [drawn, marks, brush, fallen]);

  const toldOf = drawn.find(({ key }) => key === (pointed ?? chosen)) ?? null;
  const summary = messages.summary(
    drawn.length,
    messages.quantities[x],
    messages.quantities[y],
    front.map(({ title }) => title),
  );
  const options = quantities.map((quantity) =>
    quantity === 'time' && !measured
      ? {
          value: quantity,
          label: messages.withReason(messages.quantities[quantity], messages.notMeasured),
          disabled: true,
        }
      : { value: quantity, label: messages.quantities[quantity] },
  );
  /** Another quantity: what was taken in, and how the axis was divided, belonged to the one before. */
  const changeAxis = (axis: 'x' | 'y' | 'size', to: Quantity) =>
    setState(
      axis === 'size'
        ? { size: to }
        : { [axis]: to, bx: null, by: null, ...(axis === 'x' ? { xs: null } : { ys: null }) },
    );
  const save = (format: 'svg' | 'png' | 'csv') => {
    setSaveFailed(false);
    if (format === 'csv') {
      saveFile(pointsToCsv(taken, messages), 'accuracy-against-cost.csv');
      return;
    }
    const host = drawing.current;
    if (!host) return;
    const description = messages.fileDescription(
      messages.quantities[x],
      messages.quantities[y],
      messages.quantities[size],
    );
    const svg = chartToSvg(host, messages.title, description);
    if (format === 'svg') {
      saveFile(new Blob([svg], { type: 'image/svg+xml' }), 'accuracy-against-cost.svg');
      return;
    }
    chartToPng(svg).then(
      (file) => saveFile(file, 'accuracy-against-cost.png'),
      () => setSaveFailed(true),
    );
  };
  const hasSeries = new Set(drawn.map(({ series }) => series)).size < drawn.length;
  const present = useMemo(() => {
    const ids = new Set(drawn.map(({ family }) => family));
    return families.filter(({ id }) => ids.has(id)).map(({ id, title }) => ({ title, ...markOfFamily(id) }));
  }, [drawn]);
  const hasHollow = drawn.some(({ incomparable }) => incomparable !== null);
  const sizeName = messages.quantities[size];
  const legend = useMemo(
    () => ({
      entries: present,
      notes: [
        messages.areaNote(sizeName),
        ...(hasHollow ? [messages.hollowNote] : []),
        ...(hasSeries ? [messages.series] : []),
      ],
    }),
    [present, sizeName, hasHollow, hasSeries, messages],
  );
  const setLimit = useCallback(
    (limit: LimitId, value: number | null) => setState({ [limit]: value }),
    [setState],
  );
  const clearLimits = useCallback(
    () => setState({ weights: null, macs: null, memory: null, time: null, accuracy: null }),
    [setState],
  );

  return (
    <section ref={section} id="accuracy" className={styles.part} aria-labelledby="accuracy-title">
      <header className={styles.introduction}>
        <h2 id="accuracy-title">{messages.title}</h2>
        <p>{messages.lede}</p>
      </header>
      <div className={styles.panel}>
        <div className={styles.controls}>
          {(['y', 'x', 'size'] as const).map((axis) => {
            const name = axis === 'x' ? messages.across : axis === 'y' ? messages.up : messages.area;
            return (
              <div key={axis} className={styles.axisControl}>
                <Select<Quantity>
                  label={name}
                  value={state[axis]}
                  options={options}
                  onChange={(to) => changeAxis(axis, to)}
                  className={styles.select ?? ''}
                />
                {axis === 'size' ? null : (
                  <Segmented<ScaleKind>
                    label={messages.divided(name)}
                    value={axis === 'x' ? xScale : yScale}
                    options={scaleKinds.map((value) => ({ value, label: messages.scales[value] }))}
                    onChange={(to) => {
                      const usual = quantityFacts[state[axis]].scale === to ? null : to;
                      setState(axis === 'x' ? { xs: usual } : { ys: usual });
                    }}
                  />
                )}
              </div>
            );
          })}
          <fieldset className={styles.save} aria-label={messages.save}>
            <span aria-hidden="true">{messages.save}</span>
            {(['svg', 'png', 'csv'] as const).map((format) => (
              <Button key={format} onClick={() => save(format)} disabled={drawn.length === 0}>
                {format.toUpperCase()}
              </Button>
            ))}
          </fieldset>
        </div>
        {saveFailed ? (
          <p role="alert" className={styles.failed}>
            {messages.saveFailed}
          </p>
        ) : null}
        {failed ? (
          <p role="alert" className={styles.failed}>
            {messages.cifarMissing}
          </p>
        ) : null}
        <div className={styles.plot}>
          <div className={styles.main}>
            {all === null ? (
              <div className={styles.toCome}>
                <Spinner label={messages.counting} />
              </div>
            ) : drawn.length === 0 ? (
              <p className={styles.toCome}>
                {axes.some((axis) => ofTrained.has(axis)) && !measured && axes.includes('time')
                  ? messages.noTimes
                  : messages.noPoints(messages.quantities[x], messages.quantities[y])}
              </p>
            ) : (
              <ScatterChart
                ref={drawing}
                points={marks}
                x={xAxis}
                y={yAxis}
                front={frontKeys}
                fallen={fallen}
                brush={brush}
                onBrush={setBrush}
                current={toldOf?.key ?? null}
                onPoint={setPointed}
                onChoose={setChosen}
                summary={summary}
                messages={{ points: messages.pointsLabel, front: messages.front }}
                legend={legend}
              />
            )}
            <div className={styles.under}>
              <p role="status">{messages.shown(taken.length, drawn.length)}</p>
              {brush ? (
                <Button variant="quiet" onClick={() => setBrush(null)}>
                  {messages.clearBrush}
                </Button>
              ) : (
                <p className={styles.hint}>{messages.brushHint}</p>
              )}
              {quantityFacts[x].better === null || quantityFacts[y].better === null ? (
                <p className={styles.hint}>{messages.noFront}</p>
              ) : null}
            </div>
          </div>
          <div className={styles.side}>
            <PointReadout point={toldOf} front={front} across={x} up={y} />
            <div className={styles.legend}>
              <ul aria-label={messages.legend}>
                {present.map(({ title, hue, shape }) => (
                  <li key={title}>
                    <LegendMark hue={hue} shape={shape} />
                    {title}
                  </li>
                ))}
              </ul>
              {hasHollow ? <p>† {messages.hollow}.</p> : null}
              {hasSeries ? <p>{messages.series}</p> : null}
            </div>
          </div>
        </div>
      </div>
      <Chooser
        candidates={candidates}
        choice={choice}
        limits={limits}
        accuracy={accuracy}
        measured={measured}
        onLimit={setLimit}
        onReset={clearLimits}
      />
      <Twin points={taken} accuracy={accuracy} />
    </section>
  );
}

/** The points taken in as a table. */
function Twin({
  points,
  accuracy,
}: {
  readonly points: readonly ChartPoint[];
  readonly accuracy: 'top1' | 'cifar10';
}) {
  const messages = useChartMessages();
  // The chart follows the brush at once; the table a moment later.
  const shown = useDeferredValue(points);
  const { table } = messages;
  const [columns, rows] = useMemo(() => {
    const numbers: readonly Quantity[] = [
      ...(accuracy === 'top1' ? (['top1', 'top5'] as const) : (['cifar10'] as const)),
      'macs',
      'parameters',
      'weights',
      'activations',
      'memory',
      'time',
      'year',
    ];
    return [
      [
        { id: 'network', title: table.network },
        ...numbers.map((id) => ({ id, title: messages.quantities[id] })),
        { id: 'source', title: table.source },
        { id: 'evaluation', title: table.evaluation },
      ],
      shown.map((point): PointRow => {
        const { key, title, network, incomparable, values, source, evaluation, crop } = point;
        const whose = source ?? messages.own;
        const how = messages.evaluation[evaluation](crop);
        return {
          key,
          title,
          href: network === null ? null : exploreHref(network),
          note: incomparable && messages.incomparable[incomparable],
          cells: {
            ...Object.fromEntries(
              numbers.map((id) => {
                const value = values[id];
                return [id, { value, text: value === null ? '—' : quantityFacts[id].format(value) }];
              }),
            ),
            source: { value: whose, text: whose },
            evaluation: { value: how, text: how },
          },
        };
      }),
    ] as const;
  }, [shown, accuracy, messages, table]);
  const [first, ...rest] = columns;
  return first ? (
    <Disclosure summary={table.open(points.length)} className={styles.twin ?? ''}>
      <PointTable
        caption={table.caption}
        columns={[first, ...rest]}
        rows={rows}
        link={Link}
        sortBy={table.sortBy}
      />
    </Disclosure>
  ) : null;
}
