import { type ComponentType, lazy, type ReactNode, useEffect, useMemo } from 'react';
import type { StoreApi } from 'zustand';
import { rankPredictions } from '../../components/probabilities/rank.ts';
import { Disclosure } from '../../components/ui/disclosure.tsx';
import { formatBytes } from '../../engine/cost/format.ts';
import { bytesOf } from '../../engine/cost/memory.ts';
import type { Backend } from '../../engine/runtime/protocol.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { runObstacle } from '../build/file-source.ts';
import type { OpenedFile } from '../build/opened-store.ts';
import { PictureAnswer } from '../explore/picture/picture-answer.tsx';
import { nameOfClass, useWeightWords } from '../explore/picture/use-picture-words.ts';
import { type RunState, useRun } from '../explore/run-provider.tsx';
import { digitNetworks, trainedNetworks } from '../explore/trained-networks.ts';
import { compare as en } from '../i18n/en/compare.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { compare as zh } from '../i18n/zh/compare.ts';
import { type ImageNetWeights, weightsFor } from '../models/imagenet-weights.ts';
import { networkOf } from '../models/open-weights.ts';
import { runMemory } from '../models/run-memory.ts';
import { shippedSource } from '../queries/model-queries.ts';
import { type ImageNetModel, valuesKey } from '../state/running-model.ts';
import type { ColumnAnswer } from './agreement.ts';
import type { ColumnsStore } from './columns-store.ts';
import type { MapChoice } from './map-choice.ts';
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
export const readers = [...trainedNetworks].filter((id) => !digitNetworks.has(id));

/** What a column reads pictures with, by its kind. */
interface Sources {
  /** Weights that ship with the page. */
  readonly shipped: { readonly id: string; readonly parameters: number };
  /** A visitor's own file. */
  readonly file: { readonly opened: OpenedFile };
  /** ImageNet's weights, once the visitor has fetched them. */
  readonly imagenet: {
    readonly published: Architecture;
    readonly architecture: Architecture;
    readonly offered: readonly ImageNetWeights[];
  };
}

type ReaderOf<Kind extends keyof Sources> = {
  readonly kind: Kind;
  readonly key: string;
  readonly title: string;
  /** Its place in the comparison, which has a colour. */
  readonly place: number;
  /** Values of all layers' outputs. */
  readonly activations: number;
} & Sources[Kind];

/** A compared network that can be given a picture here. */
export type PictureReader = { [Kind in keyof Sources]: ReaderOf<Kind> }[keyof Sources];

/** What the parts of a column are given. */
export interface PartProps<Reader = PictureReader> {
  readonly reader: Reader;
  /** ImageNet's weights with which it runs; null for none, and where others are its own. */
  readonly model: ImageNetModel | null;
  /** Bytes that the other columns' runs take. */
  readonly beside: number;
  readonly choice: MapChoice;
  readonly store: ColumnsStore;
  /** Tells what it answered; null for nothing any more. */
  readonly onAnswer: (answer: ColumnAnswer | null) => void;
}

/** All in which columns differ by what they read pictures with. */
interface ColumnKind<Reader> {
  /** Whether its classes are those of the weights that ship, so that one of them can be asked for. */
  readonly namesClasses: boolean;
  /** Whether it reads nothing before the visitor has chosen weights. */
  readonly needsWeights: boolean;
  /** Bytes of its weights; null where it has none yet. */
  weightBytes(reader: Reader, model: ImageNetModel | null): number | null;
  /** What drives its run; null where nothing can yet. */
  drive(reader: Reader, model: ImageNetModel | null, backend: Backend, store: StoreApi<RunState>): ReactNode;
  /** One line on what it reads with. */
  readonly About: ComponentType<PartProps<Reader>>;
  /** Its five most probable classes. */
  readonly Answer: ComponentType<PartProps<Reader>>;
  /** Where it looked, and what else belongs below its answer; tells the other columns. */
  readonly Below: ComponentType<PartProps<Reader>>;
}

const shipped: ColumnKind<ReaderOf<'shipped'>> = {
  namesClasses: true,
  needsWeights: false,
  weightBytes: ({ parameters }) => bytesOf(parameters, 'fp32'),
  drive: ({ id }, _model, backend, store) => (
    <PictureDriver source={shippedSource(id)} backend={backend} store={store} />
  ),
  About: function ShippedAbout() {
    const { picture } = useTopic({ en, zh });
    const card = useRun((run) => run?.model.card ?? null);
    return card
      ? picture.accuracy(`${(100 * card.accuracy.test).toFixed(2)} %`, formatBytes(card.bytes))
      : picture.loading;
  },
  Answer: PictureAnswer,
  Below: ShippedBelow,
};

const file: ColumnKind<ReaderOf<'file'>> = {
  namesClasses: false,
  needsWeights: false,
  weightBytes: ({ opened }) => opened.file.size,
  drive: ({ opened }, _model, backend, store) => <FileRun opened={opened} backend={backend} store={store} />,
  About: function FileAbout({ reader: { opened } }) {
    const { picture } = useTopic({ en, zh });
    return picture.ownFile(formatBytes(opened.file.size));
  },
  Answer: ({ reader: { opened } }) => <FileAnswer opened={opened} />,
  Below: function FileBelow({ reader: { opened, key, title }, choice, store, onAnswer }) {
    const { picture } = useTopic({ en, zh });
    const hasPicture = useRun((run) => run?.picture != null);
    return (
      <>
        <FileColumn
          opened={opened}
          title={title}
          choice={choice}
          store={store}
          of={key}
          onAnswer={onAnswer}
        />
        <Disclosure summary={picture.prepared}>
          {hasPicture ? <FileWay opened={opened} /> : <p className={styles.about}>{picture.noPicture}</p>}
        </Disclosure>
      </>
    );
  },
};

const imagenet: ColumnKind<ReaderOf<'imagenet'>> = {
  namesClasses: false,
  needsWeights: true,
  weightBytes: (_reader, model) => model?.weights.bytes ?? null,
  drive: ({ architecture }, model, backend, store) =>
    model ? (
      <ChosenRun running={model} architecture={architecture} input={null} backend={backend} store={store} />
    ) : null,
  About: function ImageNetAbout({ model }) {
    const { picture } = useTopic({ en, zh });
    return model
      ? picture.imagenet(model.weights.accuracy.top1.toFixed(2), formatBytes(model.weights.bytes))
      : picture.toFetch;
  },
  Answer: ({ model }) => (model ? <ChosenAnswer of="imagenet" /> : null),
  Below: ({ reader: { published, offered, key, title }, beside, choice, store, onAnswer }) => (
    <ImageNetColumn
      published={published}
      offered={offered}
      beside={beside}
      title={title}
      choice={choice}
      store={store}
      of={key}
      onAnswer={onAnswer}
    />
  ),
};

const kinds: { readonly [Kind in keyof Sources]: ColumnKind<ReaderOf<Kind>> } = { shipped, file, imagenet };

/** What a column does, by its kind. */
export const kindOf = (reader: PictureReader): ColumnKind<PictureReader> =>
  // The kind of a reader is the one whose readers it is of.
  kinds[reader.kind] as ColumnKind<PictureReader>;

/** Bytes that a column's run takes of the page beside those of others; 0 where it has no weights. */
export function runBytes(reader: PictureReader, model: ImageNetModel | null): number {
  const weights = kindOf(reader).weightBytes(reader, model);
  return weights === null ? 0 : runMemory(weights, reader.activations, 'file').further;
}

/** ImageNet's weights that are of exactly the numbers of a network. */
const offeredTo = ({ published, architecture }: NetworkSide): readonly ImageNetWeights[] =>
  weightsFor(published.id).filter(
    (weights) => valuesKey(networkOf(published, weights)) === valuesKey(architecture),
  );

/** A side as something that reads pictures; null where nothing that runs here does. */
export function readerOf(side: Side): PictureReader | null {
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

/** What a network that ships says, told to the other columns, and where it looked. */
function ShippedBelow({ reader, choice, store, onAnswer }: PartProps<ReaderOf<'shipped'>>) {
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
    onAnswer({ title: reader.title, task: card.task, name, label: labels[index] ?? name });
  }, [onAnswer, index, card, labels, reader.title]);
  return choice.method === 'none' ? null : (
    <ColumnMap choice={choice} labels={labels} store={store} of={reader.key} />
  );
}
