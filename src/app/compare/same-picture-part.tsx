import { type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { architectures } from '../../architectures/index.ts';
import { Button } from '../../components/ui/button.tsx';
import { Progress } from '../../components/ui/progress.tsx';
import { Segmented } from '../../components/ui/segmented.tsx';
import { Select } from '../../components/ui/select.tsx';
import { Slider } from '../../components/ui/slider.tsx';
import { formatInteger, formatMilliseconds } from '../../engine/cost/format.ts';
import type { Backend } from '../../engine/runtime/protocol.ts';
import { cifar10Classes } from '../build/picture-choices.ts';
import { PicturePanel } from '../explore/picture/picture-panel.tsx';
import { nameOfClass, useWeightWords } from '../explore/picture/use-picture-words.ts';
import { RunProvider, useRun } from '../explore/run-provider.tsx';
import { RuntimeStatus } from '../explore/runtime-status.tsx';
import { compare as en } from '../i18n/en/compare.ts';
import { explaining as explainingEn } from '../i18n/en/explaining.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { compare as zh } from '../i18n/zh/compare.ts';
import { explaining as explainingZh } from '../i18n/zh/explaining.ts';
import { Link } from '../link.tsx';
import { useModelWords } from '../models/use-model-words.ts';
import { FigureStoreProvider } from '../state/figure-store.tsx';
import { pictureStore } from '../state/picture-store.ts';
import { useBackend } from '../state/url.ts';
import { agreementOf, type ColumnAnswer } from './agreement.ts';
import { kindOf, type PartProps, type PictureReader, readerOf, readers, runBytes } from './column-kinds.tsx';
import { type ColumnsStore, createColumnsStore, forgetColumn, tellColumn } from './columns-store.ts';
import { comparedWeights, keepColumns } from './compared-weights.ts';
import { MOST_COMPARED } from './entries.ts';
import { compareHref } from './hrefs.ts';
import { type MapChoice, type MapMethod, mapMethods, patchParts, strideParts } from './map-choice.ts';
import styles from './same-picture.module.css';
import type { Side } from './sides.ts';

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
      {able.some((reader) => kindOf(reader).needsWeights) ? (
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
    () => all.filter((reader) => !kindOf(reader).needsWeights || weights.get(reader.key) != null),
    [all, weights],
  );
  const bytes = all.map((reader) => runBytes(reader, weights.get(reader.key) ?? null));
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
              <div className={styles.given}>
                <PicturePanel />
              </div>
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
  const hasNamed = all.some((reader) => kindOf(reader).namesClasses);
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

type ColumnProps = Omit<PartProps, 'onAnswer'>;

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
  return (
    <RunProvider
      reads="pictures"
      of={`${reader.key} ${model?.model ?? ''}`}
      drive={(store) => kindOf(reader).drive(reader, model, backend, store)}
    >
      {head}
      <section className={styles.column} data-place={reader.place} aria-label={reader.title}>
        <Said reader={reader} {...column} />
      </section>
    </RunProvider>
  );
}

/** One network's answer, how sure, how fast, and where it looked. */
function Said(column: ColumnProps) {
  const words = useTopic({ en, zh });
  const { reader, store } = column;
  const { key, title } = reader;
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
  const { About, Answer, Below } = kindOf(reader);
  const props = { ...column, onAnswer };
  return (
    <>
      <h3>{title}</h3>
      <p className={styles.about}>
        <About {...props} />
      </p>
      <Suspense fallback={null}>
        <Answer {...props} />
      </Suspense>
      {clocks?.runMs != null ? (
        <p className={styles.about}>{words.picture.time(formatMilliseconds(clocks.runMs), clocks.runs)}</p>
      ) : null}
      <Suspense fallback={null}>
        <Below {...props} />
      </Suspense>
      {problem ? <RuntimeStatus /> : null}
    </>
  );
}
