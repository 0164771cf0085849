import { lazy, memo, type ReactNode, Suspense, useCallback, useDeferredValue, useMemo } from 'react';
import { ArchitectureFigure, type FigureAxis } from '../../components/figure/architecture-figure.tsx';
import { describeLayer } from '../../components/layer-table/describe-operator.ts';
import { DoesNotFit } from '../../components/totals/does-not-fit.tsx';
import { InputSize } from '../../components/totals/input-size.tsx';
import { Totals } from '../../components/totals/totals.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Disclosure } from '../../components/ui/disclosure.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { Segmented } from '../../components/ui/segmented.tsx';
import { formatInteger, formatMilliseconds, formatShape } from '../../engine/cost/format.ts';
import type { Graph } from '../../engine/graph/types.ts';
import { canUnfold, foldableKeys, isUnfolded } from '../../engine/layout/figure-layers.ts';
import { sizeOf } from '../../engine/ops/window.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { CommandsArriving } from '../commands/page-commands.ts';
import { useMessages } from '../i18n/index.tsx';
import { useFigure } from '../state/figure-store.tsx';
import { usePhone, useWideScreen } from '../state/media.ts';
import {
  dtypes,
  useBatch,
  useBatchNorm,
  useDtype,
  useModel,
  useSelectedNode,
  useUnits,
  useView,
} from '../state/url.ts';
import styles from './explore.module.css';
import { lowerUsual } from './lower-usual.ts';
import { useRun, useShowTensors, useSubject } from './run-provider.tsx';
import type { Analysis } from './use-analysis.ts';
import { useDepthOverlay } from './use-depth-overlay.ts';
import { useSelection } from './use-selection.ts';

// The figure is the first paint; what explains it arrives right behind it.
const RuntimeStatus = lazy(() =>
  import('./run-panels.tsx').then(({ RuntimeStatus: status }) => ({ default: status })),
);
const TablePart = memo(lazy(() => import('./table-part.tsx')));
const CostChartsPart = lazy(() => import('./cost-charts-part.tsx'));
const FigureOptions = lazy(() => import('./figure-options.tsx'));
const MemoryPart = memo(lazy(() => import('./memory-part.tsx')));
const InspectorPart = memo(lazy(() => import('./inspector-part.tsx')));
const CellPart = lazy(() => import('./cell-part.tsx'));
const AboutArea = memo(lazy(() => import('./about-area.tsx')));
const MeasuredTime = lazy(() => import('./measured-time.tsx'));
const Lesson = lazy(() => import('./lesson.tsx'));
const CommandsPart = memo(lazy(() => import('./commands-part.tsx')));

/** What every part of the page is told. */
interface PartProps {
  /** The definition behind the network; null where there is none: it was read from a file. */
  readonly architecture: Architecture | null;
  readonly analysis: Analysis;
}

/** The size of the input as it is written, null for the network's own, and its setter. */
export type InputChoice = readonly [string | null, (text: string | null) => void];

/** What stands around the figure of a network that runs. */
export interface RunPanels {
  /** Where its input is given. */
  readonly input: ReactNode;
  readonly answer: ReactNode;
  /** The input's way into the network. */
  readonly way: ReactNode | null;
  /** Whether its weights are made for whatever size is asked for. */
  readonly takesAnySize?: boolean;
  /** Where in its input the network saw what it answers. */
  readonly explaining?: ReactNode;
}

/** What the page of a network shows. */
export interface NetworkPageProps extends PartProps {
  /** Above the title. */
  readonly opening?: ReactNode;
  readonly title: string;
  readonly subtitle: ReactNode;
  readonly inputChoice: InputChoice;
  /** Settings of its own beside the others, and in a row below them. */
  readonly settings?: ReactNode;
  readonly settingsRow?: ReactNode;
  /** Whether something is set that a visitor should see, where settings are folded away. */
  readonly isSet: boolean;
  /** What has to be said of the whole network. */
  readonly notices?: ReactNode;
  /** The weights that it can run with, where there is a choice. */
  readonly models?: ReactNode;
  /** Null for a network that cannot run. */
  readonly panels: RunPanels | null;
}

/** One network: its figure at work, its totals, its layers, and the working of the selected one. */
export function NetworkPage({
  opening = null,
  title,
  subtitle,
  architecture,
  analysis,
  inputChoice,
  settings = null,
  settingsRow = null,
  isSet,
  notices = null,
  models = null,
  panels,
}: NetworkPageProps) {
  const { explore, common } = useMessages();
  const part = useMemo(() => ({ architecture, analysis }), [architecture, analysis]);
  // While a number is turned, figure and totals follow at once, and what stands around them a moment later.
  const settled = useDeferredValue(part);
  const resetKey = `${analysis.graph.id} ${formatShape(analysis.graph.input)}`;
  const phone = usePhone();
  const controls = (
    <Controls analysis={analysis} inputChoice={inputChoice}>
      {settings}
    </Controls>
  );
  return (
    <div className={styles.page}>
      <div className={styles.main}>
        <header className={styles.head}>
          {opening}
          <h1 className={styles.title}>{title}</h1>
          <p className={styles.subtitle}>{subtitle}</p>
          {phone ? (
            <Disclosure summary={explore.settings} defaultOpen={isSet}>
              <div className={styles.settings}>
                {controls}
                {settingsRow}
              </div>
            </Disclosure>
          ) : (
            controls
          )}
        </header>
        {phone ? null : settingsRow}
        <div className={styles.totals}>
          <TotalsPart {...part} />
        </div>
        <div className={styles.misfit}>
          <Misfit {...part} />
          {notices}
        </div>
        <Panel
          title={explore.figurePanel}
          titleHidden
          messages={common}
          resetKey={resetKey}
          className={styles.stage ?? ''}
        >
          <Stage analysis={analysis} panels={panels} />
        </Panel>
        {models === null ? null : (
          <Panel
            title={explore.modelsPanel}
            titleHidden
            messages={common}
            resetKey={resetKey}
            className={styles.models ?? ''}
          >
            <Later>{models}</Later>
          </Panel>
        )}
        <Panel
          title={explore.tablePanel}
          titleHidden
          messages={common}
          resetKey={resetKey}
          className={styles.table ?? ''}
        >
          <Later>
            <TablePart analysis={settled.analysis} />
          </Later>
          <Suspense fallback={<CommandsArriving />}>
            <CommandsPart analysis={settled.analysis} />
          </Suspense>
        </Panel>
        {settled.analysis.graph.problem ? null : (
          <Panel
            title={explore.memoryPanel}
            titleHidden
            messages={common}
            resetKey={resetKey}
            className={styles.memory ?? ''}
          >
            <Later>
              <MemoryPart analysis={settled.analysis} />
            </Later>
          </Panel>
        )}
        <Panel
          title={explore.aboutPanel}
          titleHidden
          messages={common}
          resetKey={resetKey}
          className={styles.about ?? ''}
        >
          <Later>
            <AboutArea {...settled} />
          </Later>
        </Panel>
      </div>
      <aside className={styles.aside} aria-label={explore.inspectorPanel}>
        <Panel
          title={explore.inspectorPanel}
          titleHidden
          messages={common}
          resetKey={resetKey}
          className={styles.inspector ?? ''}
        >
          <Later>
            <InspectorPart analysis={settled.analysis} />
          </Later>
        </Panel>
      </aside>
    </div>
  );
}

/** A part whose code may still be on its way. */
const Later = ({ children }: { readonly children: ReactNode }) => (
  <Suspense fallback={null}>{children}</Suspense>
);

/** Input size, batch, number format, and what is counted. */
function Controls({
  analysis,
  inputChoice: [input, setInput],
  children,
}: {
  readonly analysis: Analysis;
  readonly inputChoice: InputChoice;
  readonly children: ReactNode;
}) {
  const { explore, totals } = useMessages();
  const [batch, setBatch] = useBatch();
  const [dtype, setDtype] = useDtype();
  const [units, setUnits] = useUnits();
  const [bn, setBn] = useBatchNorm();
  const [channels = 1, height, width] = analysis.ownInput;
  return (
    <div className={styles.controls}>
      {height === undefined || width === undefined ? null : (
        <InputSize
          value={input ?? ''}
          own={[height, width]}
          channels={channels}
          onChange={(text) => setInput(text === '' ? null : text)}
          messages={totals.inputSize}
        />
      )}
      <Segmented
        label={explore.units}
        value={units}
        options={[
          { value: 'macs', label: explore.macs },
          { value: 'flops', label: explore.flops },
        ]}
        onChange={(value) => setUnits(value)}
      />
      <Segmented
        label={explore.dtype}
        value={dtype}
        options={dtypes.map((value) => ({ value, label: value }))}
        onChange={(value) => setDtype(value)}
      />
      {analysis.foldable ? (
        <Segmented
          label={explore.batchNorm}
          value={bn ?? 'apart'}
          options={[
            { value: 'apart', label: explore.batchNormApart },
            { value: 'folded', label: explore.batchNormFolded },
          ]}
          onChange={(value) => setBn(value === 'folded' ? value : null)}
        />
      ) : null}
      <label className={styles.batch}>
        <span>{explore.batch}</span>
        <input
          type="number"
          min={1}
          max={65_536}
          value={batch}
          onChange={(event) => {
            const value = event.currentTarget.valueAsNumber;
            setBatch(Number.isInteger(value) && value >= 1 && value <= 65_536 ? value : null);
          }}
        />
      </label>
      {children}
    </div>
  );
}

/** The figures of the whole network, with the model's accuracy and time where there is one. */
function TotalsPart({ architecture, analysis }: PartProps) {
  const { explore, totals } = useMessages();
  const [dtype] = useDtype();
  const [batch] = useBatch();
  const [units] = useUnits();
  const card = useRun((run) => run?.model.card);
  const runMs = useDeferredValue(useRun((run) => run?.model.clocks?.runMs ?? null));
  const runs = useDeferredValue(useRun((run) => run?.model.clocks?.runs ?? 0));
  const by = useRun((run) => run?.model.last?.by);
  // Of a network without a card nothing was measured but its runs.
  const [chosen] = useModel();
  const isTimed = useRun((run) => run !== null) && (card || !architecture || chosen !== null);
  return (
    <Totals
      graph={analysis.graph}
      costs={analysis.costs}
      peak={analysis.peak}
      dtype={dtype}
      batch={batch}
      units={units}
      {...(analysis.usualInput && analysis.folded.size === 0 && architecture?.published
        ? { published: architecture.published }
        : {})}
      {...(card
        ? {
            accuracy: {
              value: `${(100 * card.accuracy.test).toFixed(2)} %`,
              note: explore.accuracyNote(card.task.toUpperCase(), formatInteger(card.accuracy.images)),
            },
          }
        : {})}
      {...(isTimed
        ? {
            run:
              runMs !== null && by
                ? {
                    value: formatMilliseconds(runMs),
                    note: explore.oneRunNote(explore.by[by], formatInteger(runs)),
                  }
                : { value: totals.none, note: null },
          }
        : {})}
      {...(isTimed || !architecture || !analysis.usualInput
        ? {}
        : {
            further: (
              <Suspense fallback={null}>
                <MeasuredTime architecture={architecture} />
              </Suspense>
            ),
          })}
      messages={totals}
    />
  );
}

/** The notice of a network that does not fit, and of one whose fully connected layers follow the input. */
function Misfit({ architecture, analysis }: PartProps) {
  const { explore, problems, totals } = useMessages();
  const [, setNode] = useSelectedNode();
  const { graph, usualInput } = analysis;
  if (graph.problem) {
    return (
      <DoesNotFit
        problem={problems.describePlaced(graph.problem)}
        layer={graph.problem.node}
        onSelect={(id) => setNode(id)}
        messages={
          graph.problem.problem.code === 'shape-unknown'
            ? { ...totals.misfit, title: totals.unmeasured }
            : totals.misfit
        }
      >
        {usualInput && architecture ? (
          <Later>
            <Lesson architecture={architecture} graph={graph} />
          </Later>
        ) : null}
      </DoesNotFit>
    );
  }
  const grown = usualInput || !architecture ? null : grownLayer(graph, lowerUsual(architecture));
  return grown ? (
    <p className={styles.notice}>
      {explore.grows(grown.id, formatInteger(grown.inputs), formatInteger(grown.usual))}
    </p>
  ) : null;
}

/** The first fully connected layer that takes another number of inputs than usually. */
function grownLayer(graph: Graph, usual: Graph) {
  for (const node of graph.nodes) {
    if (node.op !== 'Gemm') continue;
    const inputs = sizeOf(node.inputShapes[0] ?? []);
    const before = sizeOf(usual.nodeById.get(node.id)?.inputShapes[0] ?? []);
    return inputs === before ? null : { id: node.id, inputs, usual: before };
  }
  return null;
}

/** Values with folded layers standing for their batch norms, which took them up. */
function foldActivations(
  activations: ReadonlyMap<string, Float32Array> | null,
  folded: ReadonlyMap<string, string>,
): ReadonlyMap<string, Float32Array> | null {
  if (!activations || folded.size === 0) return activations;
  const values = new Map(activations);
  for (const [norm, layer] of folded) {
    const output = activations.get(norm);
    if (output) values.set(layer, output);
    else values.delete(layer);
  }
  return values;
}

/** Pad or picture, figure and answer on one axis; without weights the figure alone. */
function Stage({ analysis, panels }: { readonly analysis: Analysis; readonly panels: RunPanels | null }) {
  const { explore, figure, layerTable, problems, viewport } = useMessages();
  const overlay = useDepthOverlay(analysis);
  const [viewName, setView] = useView();
  const [selected, select] = useSelection(analysis);
  // The answer first, the maps right behind it.
  const live = useRun((run) => run?.picture?.live ?? false);
  const values = useDeferredValue(useRun((run) => run?.activations ?? null));
  const open = useFigure((state) => state.open);
  const hovered = useFigure((state) => state.hovered);
  const choice = useFigure((state) => state.choice);
  const cell = useFigure((state) => state.cell);
  const hover = useFigure((state) => state.hover);
  const toggle = useFigure((state) => state.toggle);
  const setOpen = useFigure((state) => state.setOpen);
  const pointAt = useFigure((state) => state.pointAt);
  const scale = useFigure((state) => state.scale);
  const setScale = useFigure((state) => state.setScale);
  const { graph, usualInput, folded } = analysis;
  const activations = useMemo(() => foldActivations(values, folded), [values, folded]);
  const isWhole = useMemo(() => isUnfolded(graph, open), [graph, open]);
  const subject = useSubject();
  const showTensors = useShowTensors();
  const wide = useWideScreen();
  const takesSize = usualInput || panels?.takesAnySize === true;
  const runs = subject !== null && takesSize && !graph.problem;
  const view = runs && viewName !== 'volumes' ? 'maps' : 'volumes';
  const describe = useCallback(
    (id: string) => describeLayer(graph, id, layerTable.operators),
    [graph, layerTable.operators],
  );
  const under = useCallback(
    (axis: FigureAxis) => (
      <Suspense fallback={<div className={styles.chartsOnTheirWay} />}>
        <CostChartsPart analysis={analysis} axis={axis} />
      </Suspense>
    ),
    [analysis],
  );
  const tellTensors = useCallback(
    // What a folded layer shows is its batch norm's output.
    (ids: readonly string[]) => showTensors([...ids, ...folded.keys()]),
    [showTensors, folded],
  );
  const viewControls = (
    <div className={styles.viewControls}>
      <Later>
        <FigureOptions />
      </Later>
      {runs ? (
        <Segmented
          label={explore.view}
          value={view}
          options={[
            { value: 'maps', label: explore.viewMaps },
            { value: 'volumes', label: explore.viewVolumes },
          ]}
          onChange={(value) => setView(value === 'maps' ? null : value)}
        />
      ) : null}
      {canUnfold(graph) ? (
        <Button variant="quiet" onClick={() => setOpen(isWhole ? [] : foldableKeys(graph))}>
          {isWhole ? explore.foldAll : explore.unfoldAll}
        </Button>
      ) : null}
    </div>
  );
  const drawn = (
    <ArchitectureFigure
      graph={graph}
      open={open}
      view={view}
      activations={runs ? activations : null}
      sweeps={!live}
      selected={selected}
      hovered={hovered}
      choice={choice}
      cell={cell}
      overlay={overlay}
      under={under}
      problem={graph.problem ? problems.describePlaced(graph.problem) : null}
      messages={figure}
      describe={describe}
      onSelect={select}
      onHover={hover}
      onToggle={toggle}
      onCell={pointAt}
      onTensors={tellTensors}
      zoom={{ scale, onScale: setScale, messages: viewport }}
      actions={viewControls}
    />
  );
  if (!subject || !panels) {
    return <div className={styles.figureOnly}>{drawn}</div>;
  }
  return (
    <div className={styles.running} data-reads={subject}>
      <div className={styles.drawing}>
        <Suspense fallback={<div className={styles.padWaiting} />}>{panels.input}</Suspense>
        {takesSize && !graph.problem ? null : (
          <p className={styles.quiet}>{explore.modelNeedsInput(formatShape(analysis.ownInput))}</p>
        )}
      </div>
      <div className={styles.figure}>
        {drawn}
        {wide ? null : (
          <Later>
            <CellPart analysis={analysis} />
          </Later>
        )}
      </div>
      <div className={styles.answer}>
        <Later>{panels.answer}</Later>
      </div>
      {panels.way ? (
        <div className={styles.way}>
          <Later>{panels.way}</Later>
        </div>
      ) : null}
      {panels.explaining ? (
        <div className={styles.explaining}>
          <Later>{panels.explaining}</Later>
        </div>
      ) : null}
      <div className={styles.runtime}>
        <Later>
          <RuntimeStatus />
        </Later>
      </div>
    </div>
  );
}
