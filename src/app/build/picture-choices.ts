import { useMemo } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { PictureExpectation } from '../../engine/runtime/preprocess/picture.ts';
import type { Shape } from '../../engine/spec/types.ts';
import type { OpenedFile } from './opened-store.ts';
import { type PictureInput, type PixelOrder, pictureInputOf } from './picture-input.ts';

/** How a picture's values become those of the input: a file does not say it. */
export const valueRanges = ['unit', 'imagenet', 'byte', 'signed', 'caffe', 'own'] as const;

/** How a picture's values become those of the input. */
export type ValueRange = (typeof valueRanges)[number];

/** In which order the channels of a colour input stand. */
export const channelOrders = ['RGB', 'BGR'] as const;

/**
 * How large a drawing stands in the input: as MNIST has it (20 of 28 pixels, centred by its mass), as LeNet-5 takes it (the
 * same in 32), or as it was drawn.
 */
export const framings = ['fitted', 'padded', 'drawn'] as const;

/** How large a drawing stands in the input. */
export type Framing = (typeof framings)[number];

/** How a picture becomes the input, as the visitor chose it. */
export interface PictureChoices {
  readonly range: ValueRange;
  readonly order: (typeof channelOrders)[number];
  /** `(value · scale − mean) / std` of values from 0 to 1, where none of the usual ranges is meant. */
  readonly own: PictureExpectation['preprocessing'];
  /** Whether dark is taken for light: digits are trained on white ink. */
  readonly isInverted: boolean;
  /** Of the values of a colour picture, where the input's shape does not say it. */
  readonly pixels: PixelOrder;
  /** Of what is drawn for a network of one channel. */
  readonly framing: Framing;
}

/** `(value · scale − mean) / std` of values from 0 to 1, in the order red, green, blue. */
const preprocessing: Readonly<Record<Exclude<ValueRange, 'own'>, PictureExpectation['preprocessing']>> = {
  unit: { scale: 1, mean: 0, std: 1 },
  // Of ImageNet's training pictures, as torchvision's models are trained.
  imagenet: { scale: 1, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
  byte: { scale: 255, mean: 0, std: 1 },
  signed: { scale: 1, mean: 0.5, std: 0.5 },
  // Of ImageNet's training pictures, as Caffe's models are trained.
  caffe: { scale: 255, mean: [123, 117, 104], std: 1 },
};

/** Smallest side of an input that is taken for a photograph of ImageNet's size. */
const PHOTO_SIDE = 100;
/** Side of LeNet-5's input. */
const PADDED_SIDE = 32;

/** What is likely for a picture `[channels, height, width]` as an input: whole numbers take bytes, colour photographs ImageNet's mean, small grey ones white ink. */
export function likelyChoices(type: string, [channels = 1, height = 1]: Shape): PictureChoices {
  const range: ValueRange = /int/.test(type)
    ? 'byte'
    : channels === 3 && height >= PHOTO_SIDE
      ? 'imagenet'
      : 'unit';
  return {
    range,
    order: 'RGB',
    // CIFAR-10's own files have it, and what PyTorch flattens.
    pixels: 'planes',
    own: preprocessing.unit,
    isInverted: channels === 1 && height < PHOTO_SIDE,
    framing: height === PADDED_SIDE ? 'padded' : 'fitted',
  };
}

/** What the visitor chose for an opened file, or what is likely for it. */
export function useChoices({ id, model: { graph, input } }: OpenedFile): PictureChoices {
  const chosen = useStore(choiceStore, ({ choices }) => choices.get(id));
  return useMemo(
    () => chosen ?? likelyChoices(input.type, pictureInputOf(graph.input)?.shape ?? []),
    [chosen, input.type, graph.input],
  );
}

type PerChannel = number | readonly number[];

/** One number, or each channel's, by a function of each. */
const each = (value: PerChannel, map: (own: number) => number): PerChannel =>
  typeof value === 'number' ? map(value) : value.map(map);

/** The order of an input's values: as its shape says, or as the visitor chose. */
export const pixelOrderOf = ({ order }: PictureInput, { pixels }: PictureChoices): PixelOrder =>
  order ?? pixels;

/** What the steps of a picture are made from. */
export function expectationOf(input: PictureInput, choices: PictureChoices): PictureExpectation {
  const { range, order, own, isInverted } = choices;
  const { scale, mean, std } = range === 'own' ? own : preprocessing[range];
  return {
    shape: input.shape,
    order,
    isInterleaved: pixelOrderOf(input, choices) === 'interleaved',
    // Of 1 − value: ((1 − v) · s − m) / d = (v · s − (s − m)) / −d.
    preprocessing: isInverted
      ? { scale, mean: each(mean, (value) => scale - value), std: each(std, (value) => -value) }
      : { scale, mean, std },
  };
}

/** Reads one number for all channels, or three; null for anything else, and for a divisor of 0. */
export function readPerChannel(text: string, isDivisor: boolean): number | readonly number[] | null {
  const numbers = text
    .normalize('NFKC')
    .replace(/−/g, '-')
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(Number);
  if (!numbers.every((value) => Number.isFinite(value) && !(isDivisor && value === 0))) return null;
  return numbers.length === 3 ? numbers : numbers.length === 1 ? (numbers[0] ?? null) : null;
}

/** Names that classes are given by; `none` for their numbers alone. */
export const labelSets = ['imagenet', 'cifar10', 'digits', 'none'] as const;

/** Names that classes are given by. */
export type LabelSet = (typeof labelSets)[number];

/** CIFAR-10's classes in the order of its labels (Krizhevsky, 2009), as the site's cards name them. */
export const cifar10Classes = [
  'airplane',
  'automobile',
  'bird',
  'cat',
  'deer',
  'dog',
  'frog',
  'horse',
  'ship',
  'truck',
] as const;

/** Which names an answer of so many classes to an input of some channels may be given by, the likeliest first. */
export function labelSetsFor(classes: number, channels: number): readonly LabelSet[] {
  // With a class of its own for the background in front.
  if (classes === 1000 || classes === 1001) return ['imagenet', 'none'];
  if (classes !== 10) return ['none'];
  return channels === 1 ? ['digits', 'cifar10', 'none'] : ['cifar10', 'digits', 'none'];
}

/** Choices by the id of the opened file. */
interface ChoiceState {
  readonly choices: ReadonlyMap<string, PictureChoices>;
  readonly labels: ReadonlyMap<string, LabelSet>;
}

/** What the visitor chose for the files opened in this tab. */
export const choiceStore = createStore<ChoiceState>()(() => ({ choices: new Map(), labels: new Map() }));

/** Chooses how pictures become the input of a file's network. */
export const choosePicture = (id: string, choices: PictureChoices): void =>
  choiceStore.setState((state) => ({ choices: new Map(state.choices).set(id, choices) }));

/** Chooses the names of a file's classes. */
export const chooseLabels = (id: string, labels: LabelSet): void =>
  choiceStore.setState((state) => ({ labels: new Map(state.labels).set(id, labels) }));
