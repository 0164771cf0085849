import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { formatReal } from '../../components/inspector/number.ts';
import { type PredictionState, Predictions } from '../../components/probabilities/predictions.tsx';
import { Segmented } from '../../components/ui/segmented.tsx';
import { Select } from '../../components/ui/select.tsx';
import { TextField } from '../../components/ui/text-field.tsx';
import { formatShape } from '../../engine/cost/format.ts';
import { type ClassNumbers, classesOf, classNumbersOf } from '../../engine/graph/class-list.ts';
import { shapeOf } from '../../engine/graph/types.ts';
import { sizeOf } from '../../engine/ops/window.ts';
import { type ClassAnswer, readClasses } from '../../engine/runtime/class-answer.ts';
import type { Shape } from '../../engine/spec/types.ts';
import ExplainingPart from '../explore/explaining/explaining-part.tsx';
import LayerTimesPart from '../explore/explaining/layer-times-part.tsx';
import picture from '../explore/picture/picture-panel.module.css';
import { PicturePanel } from '../explore/picture/picture-panel.tsx';
import { PictureWay } from '../explore/picture/picture-way.tsx';
import { usePictureWords, useWeightWords } from '../explore/picture/use-picture-words.ts';
import { useRun } from '../explore/run-provider.tsx';
import { useFailureWords } from '../i18n/failure-words.ts';
import { useLanguage, useMessages } from '../i18n/index.tsx';
import { queryClient } from '../queries/query-client.ts';
import styles from './build.module.css';
import { InkPanel } from './ink-panel.tsx';
import { imagenetLabelsQuery } from './label-query.ts';
import { openedFile } from './opened-file.ts';
import type { OpenedFile } from './opened-store.ts';
import {
  channelOrders,
  choiceStore,
  chooseLabels,
  choosePicture,
  cifar10Classes,
  framings,
  type LabelSet,
  labelSetsFor,
  type PictureChoices,
  readPerChannel,
  useChoices,
  valueRanges,
} from './picture-choices.ts';
import { pictureInputOf, pixelOrders } from './picture-input.ts';
import { useBuildWords } from './use-build-words.ts';

/** Channels of the picture that a file takes. */
const channelsOf = ({ model }: OpenedFile): number | undefined => pictureInputOf(model.graph.input)?.shape[0];

/** Where the input is given: one channel is drawn, or taken from a picture as three are. */
export const FileInput = ({ opened }: { readonly opened: OpenedFile }) =>
  channelsOf(opened) === 1 ? <InkPanel opened={opened} /> : <PicturePanel />;

/** Classes that are listed. */
const LISTED = 5;

/** How a picture becomes the input, which the file does not say: the choices, and what they make of the picture. */
export function FileWay({ opened }: { readonly opened: OpenedFile }) {
  const words = useBuildWords();
  const choices = useChoices(opened);
  const isGrey = channelsOf(opened) === 1;
  const isOrderOpen = pictureInputOf(opened.model.graph.input)?.order === null;
  return (
    <div className={styles.way}>
      <div className={styles.choices}>
        <p className={styles.hint}>{words.run.unsaid}</p>
        <Select
          label={words.run.range}
          value={choices.range}
          options={valueRanges.map((value) => ({ value, label: words.run.ranges[value] }))}
          onChange={(range) => choosePicture(opened.id, { ...choices, range })}
        />
        {choices.range === 'own' ? (
          <OwnNumbers value={choices.own} onChange={(own) => choosePicture(opened.id, { ...choices, own })} />
        ) : null}
        {isGrey ? (
          <Select
            label={words.run.framing}
            value={choices.framing}
            options={framings.map((value) => ({ value, label: words.run.framings[value] }))}
            onChange={(framing) => choosePicture(opened.id, { ...choices, framing })}
          />
        ) : null}
        {isGrey ? (
          <Select
            label={words.run.ink}
            value={choices.isInverted ? 'inverted' : 'asIs'}
            options={(['inverted', 'asIs'] as const).map((value) => ({
              value,
              label: words.run.inks[value],
            }))}
            onChange={(ink) => choosePicture(opened.id, { ...choices, isInverted: ink === 'inverted' })}
          />
        ) : (
          <Segmented
            label={words.run.order}
            value={choices.order}
            options={channelOrders.map((value) => ({ value, label: value }))}
            onChange={(order) => choosePicture(opened.id, { ...choices, order })}
          />
        )}
        {isOrderOpen ? (
          <Select
            label={words.run.pixels}
            value={choices.pixels}
            options={pixelOrders.map((value) => ({ value, label: words.run.pixelOrders[value] }))}
            onChange={(pixels) => choosePicture(opened.id, { ...choices, pixels })}
          />
        ) : null}
      </div>
      <PictureWay />
    </div>
  );
}

type Numbers = PictureChoices['own'];

/** One number, or three with spaces between. */
const textOf = (value: number | readonly number[]): string => [value].flat().join(' ');

/** Scale, mean and spread as numbers; what is none is told beside its field, and not taken. */
function OwnNumbers({
  value,
  onChange,
}: {
  readonly value: Numbers;
  readonly onChange: (value: Numbers) => void;
}) {
  const { run } = useBuildWords();
  const [texts, setTexts] = useState({
    scale: textOf(value.scale),
    mean: textOf(value.mean),
    std: textOf(value.std),
  });
  const change = (next: typeof texts) => {
    setTexts(next);
    const scale = readPerChannel(next.scale, false);
    const mean = readPerChannel(next.mean, false);
    const std = readPerChannel(next.std, true);
    if (typeof scale === 'number' && mean !== null && std !== null) onChange({ scale, mean, std });
  };
  return (
    <>
      {(['scale', 'mean', 'std'] as const).map((name) => {
        const read = readPerChannel(texts[name], name === 'std');
        return (
          <TextField
            key={name}
            label={run.own[name]}
            className={styles.number ?? ''}
            value={texts[name]}
            error={
              name === 'scale' && typeof read === 'object' ? run.own.one : read === null ? run.own.bad : null
            }
            onChange={(text) => change({ ...texts, [name]: text })}
          />
        );
      })}
    </>
  );
}

/** What the network of a file makes of the picture. */
export const FileAnswer = ({ opened }: { readonly opened: OpenedFile }) => (
  <QueryClientProvider client={queryClient}>
    <Answer opened={opened} />
  </QueryClientProvider>
);

/** What classes are called. */
interface ClassNames {
  /** Their numbers, and their names where those are known. */
  readonly labels: readonly string[];
  /** Their names alone; their numbers where those are not known. */
  readonly names: readonly string[];
}

/** Names of the classes of a set; yes and no of one number alone. */
function useNamesOf(set: LabelSet, classes: number, isBinary: boolean): ClassNames {
  const { run } = useBuildWords();
  const { language } = useLanguage();
  const { classes: words } = useWeightWords();
  const imagenet = useQuery({ ...imagenetLabelsQuery, enabled: set === 'imagenet' }).data;
  return useMemo(() => {
    if (isBinary) return { labels: run.binary, names: run.binary };
    const background = classes === 1001 ? 1 : 0;
    const nameOf = (index: number): string | undefined => {
      switch (set) {
        case 'imagenet':
          return imagenet?.[language][index - background];
        case 'cifar10':
          return words[cifar10Classes[index] ?? 'airplane'];
        case 'digits':
        case 'none':
          return undefined;
      }
    };
    const known = Array.from({ length: classes }, (_, index) => nameOf(index));
    return {
      labels: known.map((name, index) => (name === undefined ? String(index) : `${index} ${name}`)),
      names: known.map((name, index) => name ?? String(index)),
    };
  }, [set, classes, isBinary, run, imagenet, language, words]);
}

/** Classes of a file's answer by the names that the visitor chose, or that are likely. */
function useClasses(opened: OpenedFile): ClassNames & {
  /** Shape of the output. */
  readonly shape: Shape;
  /** How many there are; null where the output is no list of them. */
  readonly classes: number | null;
  /** Names that so many classes may have, the likeliest first, and those in use. */
  readonly sets: readonly LabelSet[];
  readonly set: LabelSet;
  /** What the wiring says of the output's numbers. */
  readonly numbers: ClassNumbers | null;
} {
  const {
    id,
    model: { graph },
  } = opened;
  const output = graph.outputs[0] ?? '';
  const shape = shapeOf(graph, output);
  const numbers = useMemo(() => classNumbersOf(graph, output), [graph, output]);
  const classes = classesOf(shape, numbers);
  const sets = labelSetsFor(classes ?? 0, channelsOf(opened) ?? 1);
  const chosen = useStore(choiceStore, ({ labels }) => labels.get(id));
  const set = chosen ?? sets[0] ?? 'none';
  const named = useNamesOf(set, classes ?? 0, classes !== null && sizeOf(shape) === 1);
  return { ...named, shape, classes, sets, set, numbers };
}

/** What a file's network says of the picture in hand, and by which names. */
export function useFileAnswer(opened: OpenedFile): ReturnType<typeof useClasses> & {
  /** What the output is; null until there is an answer. */
  readonly values: Float32Array | null;
  /** The same, read as classes. */
  readonly answer: ClassAnswer | null;
} {
  const named = useClasses(opened);
  const { classes, numbers } = named;
  const output = opened.model.graph.outputs[0] ?? '';
  const values = useRun((run) => (run?.picture ? (run.model.last?.activations.get(output) ?? null) : null));
  const answer = useMemo(
    () => (values && classes ? readClasses(values, numbers) : null),
    [values, classes, numbers],
  );
  return { ...named, values, answer };
}

/** Where a file's network saw what it answers, and what its layers take. */
export const FileExplaining = ({ opened }: { readonly opened: OpenedFile }) => (
  <QueryClientProvider client={queryClient}>
    <Explaining opened={opened} />
  </QueryClientProvider>
);

function Explaining({ opened }: { readonly opened: OpenedFile }) {
  const { classes, labels } = useClasses(opened);
  return (
    <>
      {classes === null ? null : <ExplainingPart labels={labels} />}
      <LayerTimesPart />
    </>
  );
}

function Answer({ opened }: { readonly opened: OpenedFile }) {
  const words = useBuildWords();
  const pictureWords = usePictureWords();
  const { predictions } = useMessages();
  const failures = useFailureWords();
  const run = useRun((whole) => whole);
  const { shape, classes, sets, set, labels, names, values, answer } = useFileAnswer(opened);
  const { answers, answer: output } = opened.model;
  const channels = channelsOf(opened);
  const messages = useMemo(
    () => ({
      ...predictions,
      ...words.run.verdicts,
      empty: channels === 1 ? predictions.empty : pictureWords.answerEmpty,
    }),
    [predictions, words, pictureWords.answerEmpty, channels],
  );
  const failure = run?.model.runtimeProblem;
  if (classes === null) {
    const [number] = values ?? [];
    return failure ? (
      <p role="alert">{failures.runtime(failure)}</p>
    ) : sizeOf(shape) !== 1 ? (
      <p className={picture.quiet}>{words.run.noClasses(formatShape(shape))}</p>
    ) : number === undefined ? (
      <p className={picture.quiet}>{words.run.oneNumber}</p>
    ) : (
      <p>{words.run.number(formatReal(number))}</p>
    );
  }
  const state: PredictionState = !run?.picture
    ? { kind: 'empty' }
    : answer
      ? { kind: 'answer', probabilities: answer.probabilities, stale: run.stale }
      : failure
        ? { kind: 'failed', text: failures.runtime(failure) }
        : { kind: 'waiting' };
  return (
    <div data-current={run?.current ?? false} className={picture.answer}>
      <Predictions
        labels={labels}
        names={names}
        state={state}
        limit={LISTED}
        still={run?.picture?.live ?? false}
        messages={messages}
      />
      {answer ? <p className={picture.quiet}>{words.run.kinds[answer.kind]}</p> : null}
      {answers.length > 1 ? (
        <Select
          label={words.run.answer}
          value={output ?? ''}
          options={answers.map((value) => ({ value, label: value }))}
          onChange={(value) => openedFile.getState().setAnswer(opened.fingerprint, value)}
        />
      ) : null}
      {sets.length > 1 ? (
        <Select
          label={words.run.labels}
          value={set}
          options={sets.map((value) => ({ value, label: words.run.labelSets[value] }))}
          onChange={(value) => chooseLabels(opened.id, value)}
        />
      ) : null}
    </div>
  );
}
