import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { architectures } from '../../architectures/index.ts';
import { rankPredictions } from '../../components/probabilities/rank.ts';
import { Button } from '../../components/ui/button.tsx';
import { Disclosure } from '../../components/ui/disclosure.tsx';
import { Progress } from '../../components/ui/progress.tsx';
import { Segmented } from '../../components/ui/segmented.tsx';
import { Select } from '../../components/ui/select.tsx';
import { Slider } from '../../components/ui/slider.tsx';
import { formatBytes, formatInteger, formatMilliseconds } from '../../engine/cost/format.ts';
import { bytesOf } from '../../engine/cost/memory.ts';
import type { Backend } from '../../engine/runtime/protocol.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { runObstacle } from '../build/file-source.ts';
import type { OpenedFile } from '../build/opened-store.ts';
import { cifar10Classes } from '../build/picture-choices.ts';
import { PictureAnswer } from '../explore/picture/picture-answer.tsx';
import { PicturePanel } from '../explore/picture/picture-panel.tsx';
import { nameOfClass, useWeightWords } from '../explore/picture/use-picture-words.ts';
import { RunProvider, useRun } from '../explore/run-provider.tsx';
import { RuntimeStatus } from '../explore/runtime-status.tsx';
import { digitNetworks, trainedNetworks } from '../explore/trained-networks.ts';
import { compare as en } from '../i18n/en/compare.ts';
import { explaining as explainingEn } from '../i18n/en/explaining.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { compare as zh } from '../i18n/zh/compare.ts';
import { explaining as explainingZh } from '../i18n/zh/explaining.ts';
import { Link } from '../link.tsx';
import { type ImageNetWeights, weightsFor } from '../models/imagenet-weights.ts';
import { networkOf } from '../models/open-weights.ts';
import { runMemory } from '../models/run-memory.ts';
import { useModelWords } from '../models/use-model-words.ts';
import { shippedSource } from '../queries/model-queries.ts';
import { FigureStoreProvider } from '../state/figure-store.tsx';
import { pictureStore } from '../state/picture-store.ts';
import { type ImageNetModel, valuesKey } from '../state/running-model.ts';
import { useBackend } from '../state/url.ts';
import { agreementOf, type ColumnAnswer } from './agreement.ts';
import { type ColumnsStore, createColumnsStore, forgetColumn, tellColumn } from './columns-store.ts';
import { comparedWeights, keepColumns } from './compared-weights.ts';
import { MOST_COMPARED } from './entries.ts';
import { compareHref } from './hrefs.ts';
import { type MapChoice, type MapMethod, mapMethods, patchParts, strideParts } from './map-choice.ts';
import styles from './same-picture.module.css';
import type { NetworkSide, Side } from './sides.ts';

const PictureDriver = lazy(() =>
  import('../explore/picture/picture-run.tsx').then(({ PictureDriver: driver }) => ({ default: driver })),
);
const FileRun = lazy(() => import('../build/file-run.tsx'));
const filePanels = () => import('../build/file-panels.tsx');
const FileAnswer = lazy(() => filePanels().then(({ FileAnswer: answer }) => ({ default: answer })));
const FileWay = lazy(() => filePanels().then(({ FileWay: way }) => ({ default: way })));
const ColumnMap = lazy(() => import('./column-map.tsx'));
const FileColumn = lazy(() => import('./file-column.tsx'));
const ImageNetColumn = lazy(() => import('./imagenet-column.tsx'));
const ChosenAnswer = lazy(() => import('../models/chosen-answer.tsx'));
const ChosenRun = lazy(() => import('../models/chosen-run.tsx'));

/** Networks whose shipped weights read pictures. */
const readers = [...trainedNetworks].filter((id) => !digitNetworks.has(id));

/** A compared network that can be given a picture here. */
type PictureReader = {
  readonly key: string;
  readonly title: string;
  /** Its place in the comparison, which has a colour. */
  readonly place: number;
  /** Values of all layers' outputs. */
  readonly activations: number;
} & (
  | { readonly kind: 'shipped'; readonly id: string; readonly parameters: number }
  | { readonly kind: 'file'; readonly opened: OpenedFile }
  /** With ImageNet's weights, once the visitor has fetched them. */
  | {
      readonly kind: 'imagenet';
      readonly published: Architecture;
      readonly architecture: Architecture;
      readonly offered: readonly ImageNetWeights[];
    }
);

/** ImageNet's weights that are of exactly the numbers of a network. */
const offeredTo = ({ published, architecture }: NetworkSide): readonly ImageNetWeights[] =>
  weightsFor(published.id).filter(
    (weights) => valuesKey(networkOf(published, weights)) === valuesKey(architecture),
  );

/** Bytes that a column's run takes; 0 where it has no weights. */
function runBytes(reader: PictureReader, model: ImageNetModel | null | undefined): number {
  const of = (weightBytes: number): number => runMemory(weightBytes, reader.activations).runtime;
  switch (reader.kind) {
    case 'shipped':
      return of(bytesOf(reader.parameters, 'fp32'));
    case 'file':
      return of(reader.opened.file.size);
    case 'imagenet':
      return model ? of(model.weights.bytes) : 0;
  }
}

/** A side as something that reads pictures; null where nothing that runs here does. */
function readerOf(side: Side): PictureReader | null {
  const { title, entry, place } = side;
  const { parameters, activations } = side.analysis.costs.total;
  if (side.kind === 'network') {
    const { id } = side.entry;
    const common = { title, place, activations, key: entry.text };
    // Trained weights are of the published numbers.
    if (entry.text === id && readers.includes(id)) return { kind: 'shipped', ...common, id, parameters };
    const offered = offeredTo(side);
    const { published, architecture } = side;
    return offered.length > 0 ? { kind: 'imagenet', ...common, published, architecture, offered } : null;
  }
  const { opened } = side;
  const isOwnSize = opened.isSizeOpen || opened.input === null;
  const key = `${opened.id} ${opened.model.graph.input.join('×')}`;
  return runObstacle(opened.model) === null && isOwnSize
    ? { kind: 'file', key, title, place, activations, opened }
    : null;
}

const titlesOf = (sides: readonly Side[]): string => sides.map(({ title }) => title).join(', ');

/** One picture through every compared network that can read one here, at once. */
export default function SamePicturePart({ sides }: { readonly sides: readonly Side[] }) {
  const words = useTopic({ en, zh });
  const modelWords = useModelWords();
  const able = useMemo(() => sides.flatMap((side) => readerOf(side) ?? []), [sides]);
  const unable = sides.filter(({ place }) => !able.some((one) => one.place === place));
  const untrained = unable.filter(({ kind }) => kind === 'network');
  const stuck = unable.filter(({ kind }) => kind === 'file');
  const texts = sides.map(({ entry }) => entry.text);
  // Those that are not there yet: as many as there is room for.
  const offered = readers.filter((id) => !texts.includes(id)).slice(0, MOST_COMPARED);
  return (
    <div className={styles.part}>
      {untrained.length > 0 ? (
        <p className={styles.note}>{words.picture.noWeights(titlesOf(untrained))}</p>
      ) : null}
      {stuck.length > 0 ? <p className={styles.note}>{words.picture.cannotRun(titlesOf(stuck))}</p> : null}
      {texts.length < MOST_COMPARED && offered.length > 0 ? (
        <p className={styles.note}>
          {words.picture.offer}{' '}
          {offered.map((id, index) => (
            <span key={id}>
              {index > 0 ? ', ' : ''}
              <Link href={compareHref([...texts, id])}>{architectures.get(id)?.title ?? id}</Link>
            </span>
          ))}
        </p>
      ) : null}
      {able.length === 0 ? (
        <p className={styles.note}>
          <Link href={compareHref(readers.slice(0, MOST_COMPARED))}>{words.picture.instead}</Link>
        </p>
      ) : (
        <Columns readers={able} />
      )}
      {able.some(({ kind }) => kind === 'imagenet') ? (
        <p className={styles.note}>{modelWords.accuracySource}</p>
      ) : null}
    </div>
  );
}

const beforeAny: MapChoice = { method: 'none', name: null, opacity: 0.8, asked: null };

/** The picture, what each network says and where it looked, and whether they agree. */
function Columns({ readers: all }: { readonly readers: readonly PictureReader[] }) {
  const [choice] = useBackend();
  const backend: Backend = choice === 'webgpu' ? 'webgpu' : 'wasm';
  const [store] = useState(createColumnsStore);
  const [map, setMap] = useState(beforeAny);
  const isAsked = useStore(pictureStore, ({ picture }) => picture !== null);
  const weights = useStore(comparedWeights);
  useEffect(() => keepColumns(all.map(({ key }) => key)), [all]);
  // A network whose weights are not here says nothing.
  const running = useMemo(
    () => all.filter(({ kind, key }) => kind !== 'imagenet' || weights.get(key) != null),
    [all, weights],
  );
  const bytes = all.map((reader) => runBytes(reader, weights.get(reader.key)));
  const total = bytes.reduce((sum, one) => sum + one, 0);
  const [first, ...others] = all;
  const column = (reader: PictureReader, head: ReactNode) => (
    <FigureStoreProvider key={reader.key} open={[]}>
      <Reader
        reader={reader}
        model={weights.get(reader.key) ?? null}
        beside={total - (bytes[all.indexOf(reader)] ?? 0)}
        backend={backend}
        choice={map}
        store={store}
        head={head}
      />
    </FigureStoreProvider>
  );
  return (
    <div className={styles.columns} data-count={all.length}>
      {first
        ? column(
            first,
            <div className={styles.head}>
              <PicturePanel />
              {isAsked && running.length > 0 ? (
                <div className={styles.together}>
                  <Agreement readers={running} store={store} />
                  <MapControls readers={running} choice={map} store={store} onChange={setMap} />
                </div>
              ) : null}
            </div>,
          )
        : null}
      {others.map((reader) => column(reader, null))}
    </div>
  );
}

/** Whether the networks agree, in sentences. */
function Agreement({
  readers: all,
  store,
}: {
  readonly readers: readonly PictureReader[];
  readonly store: ColumnsStore;
}) {
  const { agreement } = useTopic({ en, zh }).picture;
  const columns = useStore(store);
  const isLive = useStore(pictureStore, ({ picture }) => picture?.origin.kind === 'camera');
  const answers = all.flatMap(({ key }) => columns.get(key)?.answer ?? []);
  if (all.length < 2) return null;
  const tasks = agreementOf(answers);
  return (
    // What a camera sees changes faster than it can be read out.
    <div className={styles.agreement} role={isLive ? undefined : 'status'}>
      {answers.length < all.length ? <p>{agreement.waiting(answers.length, all.length)}</p> : null}
      {tasks.map(({ task, groups }) => {
        const [one] = groups;
        if (!one) return null;
        const members = groups.reduce((sum, { titles }) => sum + titles.length, 0);
        const key = groups.map(({ titles }) => titles.join()).join();
        if (groups.length > 1) return <p key={key}>{agreement.split(groups)}</p>;
        if (members > 1) return <p key={key}>{agreement.all(one.titles, one.label)}</p>;
        return <p key={key}>{agreement.alone(one.titles[0] ?? '', task, one.label)}</p>;
      })}
      {tasks.length > 1 && answers.length === all.length ? (
        <p className={styles.about}>{agreement.tasks}</p>
      ) : null}
    </div>
  );
}

/** The method, class and square that hold for all columns; asking, how far it is, and giving up. */
function MapControls({
  readers: all,
  choice,
  store,
  onChange,
}: {
  readonly readers: readonly PictureReader[];
  readonly choice: MapChoice;
  readonly store: ColumnsStore;
  readonly onChange: (choice: MapChoice) => void;
}) {
  const words = useTopic({ en, zh });
  const weightWords = useWeightWords();
  const explaining = useTopic({ en: explainingEn, zh: explainingZh });
  const { maps } = words.picture;
  const [patchAt, setPatchAt] = useState('1');
  const [strideAt, setStrideAt] = useState('1');
  const columns = useStore(store);
  const states = all.flatMap(({ key }) => columns.get(key) ?? []);
  const running = states.flatMap(({ occlusion }) => (occlusion?.status === 'running' ? [occlusion] : []));
  const asked = states.flatMap(({ occlusion }) => occlusion ?? []);
  const done = asked.reduce((sum, one) => sum + one.done, 0);
  const total = asked.reduce((sum, one) => sum + one.total, 0);
  const isReady = states.some((state) => state.isReady);
  const isCancelled = asked.some(({ status }) => status === 'cancelled');
  // The ten classes of the networks that ship; those of other tasks show their own first answer.
  const hasNamed = all.some(({ kind }) => kind === 'shipped');
  return (
    <section className={styles.controls} aria-label={maps.title}>
      <Segmented<MapMethod>
        label={maps.title}
        value={choice.method}
        options={mapMethods.map((value) => ({ value, label: maps.methods[value] }))}
        onChange={(method) => onChange({ ...choice, method, asked: null })}
      />
      {choice.method === 'none' ? null : (
        <div className={styles.row}>
          {hasNamed ? (
            <Select
              label={maps.classLabel}
              value={choice.name ?? ''}
              options={[
                { value: '', label: maps.ownFirst },
                ...cifar10Classes.map((name) => ({ value: name, label: nameOfClass(weightWords, name) })),
              ]}
              onChange={(name) => onChange({ ...choice, name: name === '' ? null : name })}
            />
          ) : null}
          <Slider
            label={explaining.opacity}
            value={choice.opacity}
            minimum={0}
            maximum={1}
            step={0.05}
            onChange={(opacity) => onChange({ ...choice, opacity })}
            formatValue={explaining.percent}
            className={styles.opacity ?? ''}
          />
        </div>
      )}
      {choice.method === 'occlusion' ? (
        <>
          <div className={styles.square}>
            <span aria-hidden="true">{maps.patch}</span>
            <Segmented
              label={maps.patch}
              value={patchAt}
              options={patchParts.map((_, at) => ({ value: String(at), label: maps.patches[at] ?? '' }))}
              onChange={setPatchAt}
            />
          </div>
          <div className={styles.square}>
            <span aria-hidden="true">{maps.stride}</span>
            <Segmented
              label={maps.stride}
              value={strideAt}
              options={strideParts.map((_, at) => ({ value: String(at), label: maps.strides[at] ?? '' }))}
              onChange={setStrideAt}
            />
          </div>
          {running.length > 0 ? (
            <Button
              onClick={() =>
                onChange({ ...choice, asked: choice.asked && { ...choice.asked, isCancelled: true } })
              }
            >
              {explaining.occlusion.cancel}
            </Button>
          ) : (
            <Button
              variant="primary"
              disabled={!isReady}
              onClick={() =>
                onChange({
                  ...choice,
                  asked: {
                    number: (choice.asked?.number ?? 0) + 1,
                    patch: patchParts[Number(patchAt)] ?? patchParts[1],
                    stride: strideParts[Number(strideAt)] ?? strideParts[1],
                    isCancelled: false,
                  },
                })
              }
            >
              {maps.start}
            </Button>
          )}
          {running.length > 0 ? (
            <Progress
              label={explaining.occlusion.progress}
              value={total === 0 ? 0 : done / total}
              detail={explaining.occlusion.progressOf(formatInteger(done), formatInteger(total))}
            />
          ) : isCancelled ? (
            <p className={styles.about} role="status">
              {explaining.occlusion.cancelled(formatInteger(done), formatInteger(total))}
            </p>
          ) : null}
          <p className={styles.about}>{maps.how}</p>
        </>
      ) : null}
    </section>
  );
}

interface ColumnProps {
  readonly reader: PictureReader;
  /** ImageNet's weights with which it runs; null for none, and where others are its own. */
  readonly model: ImageNetModel | null;
  /** Bytes that the other columns' runs take. */
  readonly beside: number;
  readonly choice: MapChoice;
  readonly store: ColumnsStore;
}

function Reader({
  reader,
  backend,
  head,
  ...column
}: ColumnProps & {
  readonly backend: Backend;
  /** What stands before it: the field for the picture, of which one serves all. */
  readonly head: ReactNode;
}) {
  const { model } = column;
  const source = useMemo(() => (reader.kind === 'shipped' ? shippedSource(reader.id) : null), [reader]);
  return (
    <RunProvider
      reads="pictures"
      of={`${reader.key} ${model?.model ?? ''}`}
      drive={(store) =>
        reader.kind === 'file' ? (
          <FileRun opened={reader.opened} backend={backend} store={store} />
        ) : reader.kind === 'imagenet' && model ? (
          <ChosenRun
            running={model}
            architecture={reader.architecture}
            input={null}
            backend={backend}
            store={store}
          />
        ) : source ? (
          <PictureDriver source={source} backend={backend} store={store} />
        ) : null
      }
    >
      {head}
      <section className={styles.column} data-place={reader.place} aria-label={reader.title}>
        <Said reader={reader} {...column} />
      </section>
    </RunProvider>
  );
}

/** One network's answer, how sure, how fast, and where it looked. */
function Said({ reader, model, beside, choice, store }: ColumnProps) {
  const words = useTopic({ en, zh });
  const { key, title } = reader;
  const card = useRun((run) => run?.model.card ?? null);
  const clocks = useRun((run) => run?.model.clocks ?? null);
  const hasPicture = useRun((run) => run?.picture != null);
  const problem = useRun((run) => run?.model.runtimeProblem ?? run?.model.weightsProblem ?? null);
  const onAnswer = useCallback(
    (answer: ColumnAnswer | null) => tellColumn(store, key, { answer }),
    [store, key],
  );
  useEffect(() => () => forgetColumn(store, key), [store, key]);
  useEffect(() => {
    if (!hasPicture) onAnswer(null);
  }, [hasPicture, onAnswer]);
  return (
    <>
      <h3>{title}</h3>
      <p className={styles.about}>
        {reader.kind === 'file'
          ? words.picture.ownFile(formatBytes(reader.opened.file.size))
          : reader.kind === 'imagenet'
            ? model
              ? words.picture.imagenet(
                  model.weights.accuracy.top1.toFixed(2),
                  formatBytes(model.weights.bytes),
                )
              : words.picture.toFetch
            : card
              ? words.picture.accuracy(`${(100 * card.accuracy.test).toFixed(2)} %`, formatBytes(card.bytes))
              : words.picture.loading}
      </p>
      {reader.kind === 'file' ? (
        <Suspense fallback={null}>
          <FileAnswer opened={reader.opened} />
        </Suspense>
      ) : reader.kind === 'shipped' ? (
        <PictureAnswer />
      ) : model ? (
        <Suspense fallback={null}>
          <ChosenAnswer of="imagenet" />
        </Suspense>
      ) : null}
      {clocks?.runMs != null ? (
        <p className={styles.about}>{words.picture.time(formatMilliseconds(clocks.runMs), clocks.runs)}</p>
      ) : null}
      <Suspense fallback={null}>
        {reader.kind === 'file' ? (
          <>
            <FileColumn
              opened={reader.opened}
              title={title}
              choice={choice}
              store={store}
              of={key}
              onAnswer={onAnswer}
            />
            <Disclosure summary={words.picture.prepared}>
              {hasPicture ? (
                <FileWay opened={reader.opened} />
              ) : (
                <p className={styles.about}>{words.picture.noPicture}</p>
              )}
            </Disclosure>
          </>
        ) : reader.kind === 'imagenet' ? (
          <ImageNetColumn
            published={reader.published}
            offered={reader.offered}
            beside={beside}
            title={title}
            choice={choice}
            store={store}
            of={key}
            onAnswer={onAnswer}
          />
        ) : (
          <ShippedColumn title={title} choice={choice} store={store} of={key} onAnswer={onAnswer} />
        )}
      </Suspense>
      {problem ? <RuntimeStatus /> : null}
    </>
  );
}

/** What a network that ships says, told to the other columns, and where it looked. */
function ShippedColumn({
  title,
  choice,
  store,
  of,
  onAnswer,
}: {
  readonly title: string;
  readonly choice: MapChoice;
  readonly store: ColumnsStore;
  readonly of: string;
  readonly onAnswer: (answer: ColumnAnswer | null) => void;
}) {
  const weightWords = useWeightWords();
  const card = useRun((run) => run?.model.card ?? null);
  const probabilities = useRun((run) =>
    run?.picture && run.current ? (run.model.last?.probabilities ?? null) : null,
  );
  const labels = useMemo(
    () => (card?.classes ?? []).map((name) => nameOfClass(weightWords, name)),
    [card, weightWords],
  );
  const index = probabilities ? (rankPredictions(probabilities, labels)[0]?.index ?? null) : null;
  useEffect(() => {
    if (index === null || !card) return;
    const name = card.classes[index] ?? String(index);
    onAnswer({ title, task: card.task, name, label: labels[index] ?? name });
  }, [onAnswer, index, card, labels, title]);
  return choice.method === 'none' ? null : (
    <ColumnMap choice={choice} labels={labels} store={store} of={of} />
  );
}
