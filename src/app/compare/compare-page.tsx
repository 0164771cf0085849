import {
  type CSSProperties,
  lazy,
  memo,
  Suspense,
  useCallback,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useStore } from 'zustand';
import { architectures } from '../../architectures/index.ts';
import { type ComparedFigure, ComparedFigures } from '../../components/compare/compared-figures.tsx';
import { DepthLines, type DepthSeries } from '../../components/compare/depth-lines.tsx';
import { LayerDiff } from '../../components/layer-diff/layer-diff.tsx';
import { describeLayer } from '../../components/layer-table/describe-operator.ts';
import { Button } from '../../components/ui/button.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { Spinner } from '../../components/ui/spinner.tsx';
import { type AlongDepth, depthOver } from '../../engine/cost/along-depth.ts';
import {
  formatBytes,
  formatCount,
  formatCounted,
  formatInteger,
  formatMilliseconds,
  formatShape,
} from '../../engine/cost/format.ts';
import { bytesOf } from '../../engine/cost/memory.ts';
import { diffGraphs } from '../../engine/diff/diff-graphs.ts';
import type { Graph } from '../../engine/graph/types.ts';
import { HEAD, levelOf } from '../../engine/layout/align-layouts.ts';
import { canUnfold, foldableKeys, initialOpenGroups } from '../../engine/layout/figure-layers.ts';
import type { Box } from '../../engine/layout/types.ts';
import type { KnobId, KnobValues } from '../../engine/spec/types.ts';
import { openedFile } from '../build/opened-file.ts';
import { useFileDrop } from '../build/use-file-drop.ts';
import { compare as en } from '../i18n/en/compare.ts';
import { knobs as knobsEn } from '../i18n/en/knobs.ts';
import { useMessages } from '../i18n/index.tsx';
import { useTopic } from '../i18n/use-topic.ts';
import { compare as zh } from '../i18n/zh/compare.ts';
import { knobs as knobsZh } from '../i18n/zh/knobs.ts';
import { Link } from '../link.tsx';
import { accuracies } from '../published/accuracy.ts';
import { depthOf } from '../published/computed.ts';
import { timeKeyOf, useMeasuredTimes } from '../state/measured-times.ts';
import { useQueryList } from '../state/query-state.ts';
import { Chosen } from './chosen.tsx';
import styles from './compare.module.css';
import { differenceSentence } from './difference-sentence.ts';
import { type Refusal, readEntries, writeFileEntry } from './entries.ts';
import { compareHref } from './hrefs.ts';
import { PageIndex, type PagePart } from './page-index.tsx';
import { alongOf, lastField, type NetworkSide, type Side, sidesOf } from './sides.ts';

const SamePicturePart = memo(lazy(() => import('./same-picture-part.tsx')));
const ChartPart = memo(lazy(() => import('../chart/chart-part.tsx')));

/** Boxes that each figure begins with at most. */
const FIRST_BOXES = 10;

const examples = {
  zfnet: ['alexnet', 'zfnet'],
  vgg: ['vgg16', 'vgg19'],
  residual: ['plain34', 'resnet34'],
  blocks: ['resnet50', 'resnext50-32x4d', 'wrn-50-2'],
  heavy: ['vgg19', 'resnet152', 'densenet264'],
  small: ['alexnet', 'squeezenet-1.0'],
} as const;

/** Networks side by side: figures, totals, costs along depth, and what differs layer by layer. */
export default function ComparePage() {
  const words = useTopic({ en, zh });
  const [list, setList] = useQueryList('n');
  const { entries, refusals } = useMemo(() => readEntries(list), [list]);
  const files = useStore(openedFile, (state) => state.files);
  const all = useMemo(() => sidesOf(entries, files), [entries, files]);
  const sides = useMemo(() => all.filter((side) => side.kind !== 'missing'), [all]);
  const setEntries = useCallback((texts: readonly string[]) => setList(texts), [setList]);
  const fitting = useMemo(() => sides.filter(isFitting), [sides]);
  const [baseText, setBase] = useState<string | null>(null);
  const baseOf = (among: readonly Side[]): Side | null =>
    among.find(({ entry }) => entry.text === baseText) ?? among[0] ?? null;
  const base = baseOf(fitting);
  // Figures and totals come first; what stands below them a moment later.
  const later = useDeferredValue(sides, noSides);
  const laterFitting = useMemo(() => later.filter(isFitting), [later]);
  const laterBase = baseOf(laterFitting);
  const { common } = useMessages();
  // A file that is read at another size is another network.
  const key = sides.map(({ entry, analysis }) => `${entry.text} ${analysis.graph.input.join('×')}`).join(' ');
  useOpenedColumns(list, setEntries);
  const hasFigures = fitting.length > 0 && base !== null;
  const parts: readonly PagePart[] = [
    ...(hasFigures
      ? ([
          ['figures', words.figures],
          ['totals', words.totals],
          ['along', words.along],
          ['picture', words.picture.title],
          ...(fitting.length > 1 ? [['differences', words.differences] as const] : []),
        ] as const)
      : []),
    ['chart', words.chart],
  ];
  const isOver = useFileDrop(always);
  return (
    <div className={styles.page} data-over={isOver}>
      <header className={styles.header}>
        <h1>{words.title}</h1>
        <p>{words.lede}</p>
      </header>
      <Notices refusals={refusals} sides={sides} />
      <Chosen sides={all} base={base} onBase={setBase} onChange={setEntries} />
      {all.length === 0 ? (
        <Examples />
      ) : (
        <>
          {all.length === 1 ? <p className={styles.hint}>{words.one}</p> : null}
          {parts.length > 1 ? <PageIndex parts={parts} label={words.index} /> : null}
          {hasFigures ? (
            <>
              <div id="figures" className={styles.part}>
                <Panel title={words.figures} messages={common} resetKey={key}>
                  <Figures key={key} sides={fitting} />
                </Panel>
              </div>
              <div id="totals" className={styles.part}>
                <Panel title={words.totals} messages={common} resetKey={key}>
                  <Totals sides={fitting} base={base} />
                </Panel>
              </div>
              {laterBase ? (
                <>
                  <div id="along" className={styles.part}>
                    <Panel title={words.along} messages={common} resetKey={key}>
                      <Along sides={laterFitting} />
                    </Panel>
                  </div>
                  <div id="picture" className={styles.part}>
                    <Panel title={words.picture.title} messages={common} resetKey={key}>
                      <Suspense fallback={<Spinner label={common.loading} />}>
                        <SamePicturePart sides={later} />
                      </Suspense>
                    </Panel>
                  </div>
                  {laterFitting.length > 1 ? (
                    <div id="differences" className={styles.part}>
                      <Panel title={words.differences} messages={common} resetKey={key}>
                        <Differences sides={laterFitting} base={laterBase} />
                      </Panel>
                    </div>
                  ) : null}
                </>
              ) : null}
            </>
          ) : null}
        </>
      )}
      <div id="chart" className={styles.part}>
        <Panel title={words.chart} titleHidden messages={common} resetKey={key} className={styles.bare ?? ''}>
          <Suspense fallback={<Spinner label={common.loading} />}>
            <ChartPart />
          </Suspense>
        </Panel>
      </div>
    </div>
  );
}

const always = (): boolean => true;

const noSides: readonly Side[] = [];

const isFitting = ({ analysis }: Side): boolean => analysis.graph.problem === null;

/** Gives every file that is opened while the page is on screen a column of its own. */
function useOpenedColumns(list: readonly string[], setList: (list: readonly string[]) => void): void {
  const now = useRef(list);
  useLayoutEffect(() => {
    now.current = list;
  }, [list]);
  useEffect(
    () =>
      openedFile.subscribe(({ opened }, before) => {
        if (!opened || opened === before.opened) return;
        const { entries } = readEntries([...now.current, writeFileEntry(opened)]);
        const isThere = readEntries(now.current).entries.some(
          (entry) => entry.kind === 'file' && entry.fingerprint === opened.fingerprint,
        );
        if (!isThere && entries.length > 0) setList([...now.current, writeFileEntry(opened)]);
      }),
    [setList],
  );
}

/** What the address names in vain, and what does not fit. */
function Notices({
  refusals,
  sides,
}: {
  readonly refusals: readonly Refusal[];
  readonly sides: readonly Side[];
}) {
  const words = useTopic({ en, zh });
  const knobs = useTopic({ en: knobsEn, zh: knobsZh });
  const { problems } = useMessages();
  const titleOf = (text: string): string => {
    const [entry] = readEntries([text]).entries;
    return entry?.kind === 'file' ? entry.name : (architectures.get(entry?.id ?? '')?.title ?? text);
  };
  const inputs = new Map(
    sides.map(({ title, analysis }) => [formatShape(analysis.graph.input.slice(1)), title] as const),
  );
  const misfits = sides.filter(({ analysis }) => analysis.graph.problem !== null);
  const noticeOf = (refusal: Refusal) => {
    switch (refusal.kind) {
      case 'unknown':
        return (
          <p key={`unknown ${refusal.id}`} role="alert">
            {words.unknown(refusal.id)}{' '}
            {refusal.near.length > 0 ? (
              <>
                {words.didYouMean}{' '}
                {refusal.near.map((id, index) => (
                  <span key={id}>
                    {index > 0 ? ', ' : ''}
                    <Link href={compareHref([...sides.map(({ entry }) => entry.text), id])}>
                      {architectures.get(id)?.title ?? id}
                    </Link>
                  </span>
                ))}
                ?
              </>
            ) : null}
          </p>
        );
      case 'twice':
        return <p key={`twice ${refusal.text}`}>{words.twice(titleOf(refusal.text))}</p>;
      case 'numbers':
        return (
          <p key={`numbers ${refusal.id} ${refusal.parts.join(';')}`} role="alert">
            {words.noNumber(architectures.get(refusal.id)?.title ?? refusal.id, refusal.parts.join(', '))}
          </p>
        );
      case 'many':
        return <p key="many">{words.many(refusal.texts.map(titleOf).join(', '))}</p>;
    }
  };
  const notices = [
    ...refusals.map((refusal) => noticeOf(refusal)),
    ...sides.flatMap((side) =>
      side.kind === 'network' && side.problem
        ? [
            <p key={`knob ${side.entry.text}`} role="alert">
              {knobs.describe(side.problem, side.entry.texts[side.problem.id] ?? '', side.published.title)}
            </p>,
          ]
        : [],
    ),
    ...sides.flatMap(({ title, entry, analysis }) =>
      analysis.costs.total.uncounted > 0
        ? [<p key={`uncounted ${entry.text}`}>{words.uncounted(title, analysis.costs.total.uncounted)}</p>]
        : [],
    ),
    ...misfits.map(({ kind, title, analysis, entry }) => (
      <p key={`misfit ${entry.text}`} role="alert">
        {(kind === 'file' ? words.broken : words.misfit)(
          title,
          analysis.graph.problem ? problems.describePlaced(analysis.graph.problem) : '',
        )}
      </p>
    )),
    ...(inputs.size > 1 ? [<p key="inputs">{words.inputs([...inputs.keys()].join(', '))}</p>] : []),
  ];
  return notices.length > 0 ? <div className={styles.notices}>{notices}</div> : null;
}

/** Comparisons to begin with. */
function Examples() {
  const words = useTopic({ en, zh });
  return (
    <section className={styles.examples}>
      <p>{words.empty}</p>
      <ul>
        {(Object.keys(examples) as (keyof typeof examples)[]).map((id) => (
          <li key={id}>
            <Link href={compareHref(examples[id])}>{words.examples[id]}</Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** `×2.34`, `×0.021`: how many times the one the other is. */
const ratio = (value: number, base: number): string => {
  if (base === 0) return '';
  const times = value / base;
  return `×${times >= 100 ? times.toFixed(0) : times >= 0.01 ? times.toPrecision(3) : times.toPrecision(2)}`;
};

/** The numbers in which a network differs from the published one, as trained weights say them. */
const numbersOf = ({ architecture, published }: NetworkSide): KnobValues =>
  Object.fromEntries(
    Object.entries(architecture.values ?? {}).filter(
      ([knob, value]) => published.values?.[knob as KnobId] !== value,
    ),
  );

/** The totals of all networks, each against the baseline. */
function Totals({ sides, base }: { readonly sides: readonly Side[]; readonly base: Side }) {
  const words = useTopic({ en, zh });
  const bytes = (values: number): string => formatBytes(bytesOf(values, 'fp32'));
  const percent = (value: number): string => `${value.toFixed(1)} %`;
  const times = useMeasuredTimes();
  const timeOf = (side: Side): number | null =>
    side.kind === 'network' ? (times[timeKeyOf(side.entry.id, numbersOf(side))]?.ms ?? null) : null;
  const rows: readonly {
    readonly id: keyof typeof words.rows;
    readonly of: (side: Side) => number | null;
    readonly format: (value: number) => string;
    readonly isCompared?: boolean;
    /** Whether it is at least what it says where operators are left uncounted. */
    readonly isOperations?: boolean;
  }[] = [
    { id: 'parameters', of: ({ analysis }) => analysis.costs.total.parameters, format: formatInteger },
    {
      id: 'macs',
      of: ({ analysis }) => analysis.costs.total.macs,
      format: formatInteger,
      isOperations: true,
    },
    {
      id: 'flops',
      of: ({ analysis }) => analysis.costs.total.flops,
      format: formatInteger,
      isOperations: true,
    },
    { id: 'weights', of: ({ analysis }) => analysis.costs.total.parameters, format: bytes },
    { id: 'activations', of: ({ analysis }) => analysis.costs.total.activations, format: bytes },
    { id: 'peak', of: ({ analysis }) => analysis.peak.values, format: bytes },
    { id: 'depth', of: ({ analysis }) => depthOf(analysis.graph), format: formatInteger },
    { id: 'field', of: lastField, format: (value) => words.pixels(formatInteger(value)) },
    ...(sides.some((side) => timeOf(side) !== null)
      ? [{ id: 'time' as const, of: timeOf, format: formatMilliseconds }]
      : []),
    {
      id: 'top1',
      of: (side) =>
        side.kind === 'network' && side.architecture === side.published
          ? (accuracies[side.entry.id]?.top1 ?? null)
          : null,
      format: percent,
      isCompared: false,
    },
    {
      id: 'year',
      of: (side) => (side.kind === 'network' ? side.architecture.source.year : null),
      format: String,
      isCompared: false,
    },
  ];
  return (
    <div className={styles.totals}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard */}
      <section className={styles.scroll} tabIndex={0} aria-label={words.totals}>
        <table style={{ '--networks': sides.length } as CSSProperties}>
          <thead>
            <tr>
              <td />
              {sides.map((side) => (
                <th key={side.entry.text} scope="col" data-place={side.place}>
                  {side.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, of, format, isCompared = true, isOperations = false }) => {
              const values = sides.map(of);
              const most = Math.max(...values.map((value) => value ?? 0), 0);
              const against = of(base);
              return (
                <tr key={id}>
                  <th scope="row">{words.rows[id]}</th>
                  {sides.map((side, index) => {
                    const value = values[index] ?? null;
                    const { uncounted } = side.analysis.costs.total;
                    const isWhole =
                      !isOperations || (uncounted === 0 && base.analysis.costs.total.uncounted === 0);
                    return (
                      <td key={side.entry.text} data-place={side.place}>
                        {value === null ? (
                          words.none
                        ) : (
                          <>
                            <span className={styles.value}>
                              {isOperations ? formatCounted(value, uncounted) : format(value)}
                            </span>{' '}
                            {isCompared ? (
                              <>
                                <span className={styles.ratio}>
                                  {side === base || against === null || !isWhole ? '' : ratio(value, against)}
                                </span>
                                <span className={styles.barTrack} aria-hidden="true">
                                  <i style={{ inlineSize: `${most === 0 ? 0 : (100 * value) / most}%` }} />
                                </span>
                              </>
                            ) : null}
                          </>
                        )}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <p className={styles.note}>{words.totalsNote(base.title)}</p>
    </div>
  );
}

/** The level of resolution at which each foldable group's tensors leave it, by key. */
function levelsOfGroups(graph: Graph): ReadonlyMap<string, number> {
  return new Map(
    foldableKeys(graph).map((key) => {
      const group = graph.groups.get(key);
      const last = group ? graph.nodes[group.end - 1] : undefined;
      return [key, last?.shape ? levelOf(graph.input, last.shape) : HEAD];
    }),
  );
}

/** The figures on one axis, folded together if wished. */
function Figures({ sides }: { readonly sides: readonly Side[] }) {
  const words = useTopic({ en, zh });
  const { figure, layerTable } = useMessages();
  const [together, setTogether] = useState(true);
  const [open, setOpen] = useState<readonly ReadonlySet<string>[]>(() =>
    sides.map(({ analysis }) => new Set(initialOpenGroups(analysis.graph, FIRST_BOXES))),
  );
  const figures = useMemo(
    () =>
      sides.map(
        (side, index): ComparedFigure => ({
          key: side.entry.text,
          graph: side.analysis.graph,
          open: open[index] ?? new Set<string>(),
          head: (
            <span className={styles.figureName} data-place={side.place}>
              <b>{side.title}</b> {formatCount(side.analysis.costs.total.parameters)} ·{' '}
              {formatCount(side.analysis.costs.total.macs)} MACs
            </span>
          ),
        }),
      ),
    [sides, open],
  );
  const toggle = (at: number, key: string) => {
    const isOpening = !open[at]?.has(key);
    const graph = sides[at]?.analysis.graph;
    const level = graph ? levelsOfGroups(graph).get(key) : undefined;
    setOpen(
      sides.map(({ analysis }, index) => {
        const before = new Set(open[index]);
        const others =
          together && index !== at
            ? [...levelsOfGroups(analysis.graph)].flatMap(([group, own]) =>
                // Outermost groups alone: what is inside them is folded by itself.
                own === level && !group.includes('/') ? [group] : [],
              )
            : [];
        const isStage = !key.includes('/');
        for (const group of index === at ? [key] : isStage ? others : []) {
          if (isOpening) before.add(group);
          else before.delete(group);
        }
        return before;
      }),
    );
  };
  const describe = useCallback(
    (graph: Graph, id: string) => describeLayer(graph, id, layerTable.operators),
    [layerTable.operators],
  );
  const costs = (at: number, { layer }: Box): string => {
    const side = sides[at];
    if (!side) return '';
    const { parameters, macs } = depthOver(alongOf(side), layer.first, layer.end);
    return words.boxCosts(formatInteger(parameters), formatInteger(macs));
  };
  const isWhole = sides.every(({ analysis }, index) =>
    foldableKeys(analysis.graph).every((key) => open[index]?.has(key)),
  );
  return (
    <div className={styles.figures}>
      <div className={styles.figureBar}>
        <label>
          <input
            type="checkbox"
            checked={together}
            onChange={(event) => setTogether(event.currentTarget.checked)}
          />{' '}
          {words.together}
        </label>
        {sides.some(({ analysis }) => canUnfold(analysis.graph)) ? (
          <Button
            variant="quiet"
            onClick={() =>
              setOpen(sides.map(({ analysis }) => new Set(isWhole ? [] : foldableKeys(analysis.graph))))
            }
          >
            {isWhole ? words.foldAll : words.unfoldAll}
          </Button>
        ) : null}
      </div>
      <ComparedFigures
        figures={figures}
        messages={words.figure}
        figureMessages={figure}
        describe={describe}
        costs={costs}
        onToggle={toggle}
      />
    </div>
  );
}

const sums = (values: readonly number[]): readonly number[] => {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
};

const reached = (values: readonly number[]): readonly number[] => {
  let most = 0;
  return values.map((value) => {
    most = Math.max(most, value);
    return most;
  });
};

/** Where each network spends what, on one axis. */
const Along = memo(function Along({ sides }: { readonly sides: readonly Side[] }) {
  const words = useTopic({ en, zh });
  const along = useMemo(() => sides.map(alongOf), [sides]);
  const charts = [
    { id: 'parameters', kind: 'linear', format: formatCount },
    { id: 'macs', kind: 'linear', format: formatCount },
    { id: 'alive', kind: 'binary', format: formatBytes },
    { id: 'field', kind: 'log', format: (value: number) => words.pixels(formatInteger(Math.round(value))) },
  ] as const;
  const series = useMemo(() => {
    const of = (values: (nodes: AlongDepth) => readonly number[]): readonly DepthSeries[] =>
      sides.map(({ entry, title, place }, index) => ({
        key: entry.text,
        title,
        place,
        values: values(along[index] ?? []),
      }));
    return {
      parameters: of((nodes) => sums(nodes.map(({ parameters }) => parameters))),
      macs: of((nodes) => sums(nodes.map(({ macs }) => macs))),
      alive: of((nodes) => nodes.map(({ alive }) => bytesOf(alive, 'fp32'))),
      // A projection on a shortcut sees less than the body that it stands beside: what counts is what was reached.
      field: of((nodes) => reached(nodes.map(({ receptiveField }) => receptiveField))),
    };
  }, [sides, along]);
  return (
    <div className={styles.along}>
      <p className={styles.note}>{words.alongNote}</p>
      <div className={styles.charts}>
        {charts.map(({ id, kind, format }) => (
          <DepthLines
            key={id}
            title={words.charts[id]}
            series={series[id]}
            kind={kind}
            axis={words.depthAxis}
            format={format}
            summary={words.chartSummary(
              series[id]
                .map(({ title, values }) => `${title} ${format(values.reduce((a, b) => Math.max(a, b), 0))}`)
                .join(', '),
            )}
          />
        ))}
      </div>
    </div>
  );
});

/** What differs between the baseline and each other network: a sentence, and the layers behind it. */
const Differences = memo(function Differences({
  sides,
  base,
}: {
  readonly sides: readonly Side[];
  readonly base: Side;
}) {
  const words = useTopic({ en, zh });
  const others = sides.filter((side) => side !== base);
  const diffs = useMemo(
    () =>
      sides
        .filter((side) => side !== base)
        .map((side) => ({ side, diff: diffGraphs(base.analysis.graph, side.analysis.graph) })),
    [sides, base],
  );
  // Long lists are worked out where they are asked for.
  const [shown, setShown] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (others.length === 1 && others[0]) {
      const { text } = others[0].entry;
      setShown((before) => (before.has(text) ? before : new Set([...before, text])));
    }
  }, [others]);
  return (
    <div className={styles.differences}>
      {diffs.map(({ side, diff }) => (
        <section key={side.entry.text}>
          <h3>{words.against(base.title, side.title)}</h3>
          <p className={styles.sentence}>{differenceSentence(diff, words.sentence)}</p>
          {shown.has(side.entry.text) ? (
            <LayerDiff
              key={`${base.entry.text} ${side.entry.text}`}
              diff={diff}
              before={base.analysis.graph}
              after={side.analysis.graph}
              beforeCosts={base.analysis.costs}
              afterCosts={side.analysis.costs}
              messages={words.words}
            />
          ) : (
            <Button onClick={() => setShown(new Set([...shown, side.entry.text]))}>
              {words.layerByLayer}
            </Button>
          )}
        </section>
      ))}
    </div>
  );
});
