import { useSyncExternalStore } from 'react';
import { architectures, familyOf } from '../../architectures/index.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import { bytesOf, peakMemory } from '../../engine/cost/memory.ts';
import { lower } from '../../engine/graph/lower.ts';
import type { Architecture, Shape } from '../../engine/spec/types.ts';
import { type ModelCard, trainedArchitecture } from '../../engine/weights/card.ts';
import {
  type AccuracyFact,
  accuracyFacts,
  type Evaluation,
  type Incomparable,
} from '../published/accuracy.ts';
import { madeInTurns } from '../search/turns.ts';
import { type MeasuredTimes, timeKeyOf } from '../state/measured-times.ts';
import type { Quantity } from './quantities.ts';

/** What the accuracies of a chart were measured on. */
export type ChartTask = 'imagenet' | 'cifar10';

/** Values by quantity; null where one is not known. */
export type Values = Readonly<Record<Quantity, number | null>>;

/** A network with a set of weights: what it costs and how often it is right. */
export interface ChartPoint {
  readonly key: string;
  /** Id in the catalogue; null for a network that the atlas does not have. */
  readonly network: string | null;
  readonly title: string;
  /** What its time on this device is kept under; null for a network that the atlas does not have. */
  readonly timedAs: string | null;
  /** Id of its family. */
  readonly family: string;
  /** Points of one series are joined: one family, weights made alike. */
  readonly series: string;
  readonly values: Values;
  /** Side of the picture that it was shown, in pixels. */
  readonly crop: number;
  readonly evaluation: Evaluation | 'testSet';
  /** Who measured it, on which weights; null for those that ship with the atlas. */
  readonly source: string | null;
  readonly incomparable: Incomparable | null;
}

/** What the engine counts of a network at one input, for one image. */
function countedOf(architecture: Architecture, input: Shape): Values {
  const graph = lower(architecture, input);
  const { parameters, macs, activations } = computeCosts(graph).total;
  return {
    macs,
    parameters,
    weights: bytesOf(parameters, 'fp32'),
    activations,
    memory: bytesOf(peakMemory(graph).values, 'fp32'),
    time: null,
    year: architecture.source.year,
    top1: null,
    top5: null,
    cifar10: null,
  };
}

const counted = new Map<string, Values>();

/** {@link countedOf}, once for each network and input. */
function valuesAt(architecture: Architecture, side: number): Values {
  const key = `${architecture.id} ${side}`;
  const known = counted.get(key);
  if (known) return known;
  const values = countedOf(architecture, [architecture.input[0] ?? 3, side, side]);
  counted.set(key, values);
  return values;
}

/** The point of a published accuracy. */
export function pointOf(fact: AccuracyFact): ChartPoint {
  const { key, crop, evaluation, source, incomparable, top1, top5, foreign } = fact;
  const architecture = fact.architecture === null ? undefined : architectures.get(fact.architecture);
  const family = fact.family ?? (architecture ? familyOf(architecture.id).id : '');
  const own: Values = architecture
    ? valuesAt(architecture, crop)
    : {
        macs: foreign?.macs ?? null,
        parameters: foreign?.parameters ?? null,
        weights: foreign ? bytesOf(foreign.parameters, 'fp32') : null,
        activations: null,
        memory: null,
        time: null,
        year: foreign?.year ?? null,
        top1: null,
        top5: null,
        cifar10: null,
      };
  return {
    key,
    network: fact.architecture,
    title: architecture?.title ?? fact.title ?? key,
    timedAs: fact.architecture,
    family,
    series: `${family} ${fact.set}`,
    values: { ...own, top1, top5 },
    crop,
    evaluation,
    source,
    incomparable,
  };
}

/** Every published accuracy on ImageNet as a point: all at once, for Node; a page makes them in turns. */
export const imagenetPoints = (): readonly ChartPoint[] => accuracyFacts.map(pointOf);

const made = madeInTurns(() => accuracyFacts.map((fact) => () => void pointOf(fact)), imagenetPoints);

/** {@link imagenetPoints}, made in short turns from the first use on; null until all are there. */
export const useImagenetPoints = (): readonly ChartPoint[] | null =>
  useSyncExternalStore(made.subscribe, made.current);

/** The point of weights that ship with the atlas, from their card; null for one of another task than CIFAR-10. */
export function pointOfCard(card: ModelCard): ChartPoint | null {
  const published = architectures.get(card.architecture);
  if (!published || card.task !== 'cifar10') return null;
  const trained = trainedArchitecture(published, card);
  const family = familyOf(published.id).id;
  return {
    key: `${published.id} cifar10`,
    network: published.id,
    title: published.title,
    timedAs: timeKeyOf(published.id, card.values),
    family,
    series: `${family} cifar10`,
    values: { ...countedOf(trained, trained.input), cifar10: 100 * card.accuracy.test },
    crop: card.input.shape[1] ?? 0,
    evaluation: 'testSet',
    source: null,
    incomparable: null,
  };
}

/** The same points with the times that were measured on this device. */
export const withTimes = (points: readonly ChartPoint[], times: MeasuredTimes): readonly ChartPoint[] =>
  points.map((point) => {
    const time = point.timedAs === null ? undefined : times[point.timedAs];
    return time ? { ...point, values: { ...point.values, time: time.ms } } : point;
  });
