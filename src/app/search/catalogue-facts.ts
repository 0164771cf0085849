import { useSyncExternalStore } from 'react';
import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import { depthOf } from '../../engine/graph/depth.ts';
import { lower } from '../../engine/graph/lower.ts';
import { sizeOf } from '../../engine/ops/window.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import type { Task } from './query.ts';
import { madeInTurns } from './turns.ts';

/** What the catalogue lists of a network, at its own input. */
export interface NetworkFacts {
  readonly id: string;
  readonly year: number;
  readonly task: Task;
  /** Convolutions and fully connected layers on the longest path. */
  readonly depth: number;
  readonly parameters: number;
  readonly macs: number;
  /** Bytes of the parameters as 32-bit numbers. */
  readonly weights: number;
  /** Whether the network fits; the figures of one that does not are those of the layers before the break. */
  readonly fits: boolean;
}

/** What an input and an output are the marks of: a number of classes, or an image, which no classifier ends in. */
export function taskOf(input: readonly number[], output: readonly number[] | null): Task {
  const [channels = 0, height = 0] = input;
  if (output && output.length === 3 && sizeOf(output.slice(1)) > 1) return 'module';
  const classes = output ? sizeOf(output) : 0;
  if (channels === 1 && classes === 10) return 'mnist';
  if (channels === 3 && height === 32 && classes === 10) return 'cifar10';
  return channels === 3 && classes === 1000 ? 'imagenet' : 'other';
}

const known = new WeakMap<Architecture, NetworkFacts>();

/** The facts of a network, computed once. */
export function factsOf(architecture: Architecture): NetworkFacts {
  const found = known.get(architecture);
  if (found) return found;
  const graph = lower(architecture);
  const { total } = computeCosts(graph);
  const facts: NetworkFacts = {
    id: architecture.id,
    year: architecture.source.year,
    task: taskOf(graph.input, graph.nodeById.get(graph.outputs[0] ?? '')?.shape ?? null),
    depth: depthOf(graph),
    parameters: total.parameters,
    macs: total.macs,
    weights: 4 * total.parameters,
    fits: graph.problem === null,
  };
  known.set(architecture, facts);
  return facts;
}

/** Facts of every network of the catalogue, by id. */
export type CatalogueFacts = ReadonlyMap<string, NetworkFacts>;

/** The whole catalogue's facts at once: for Node; a page computes them in turns. */
export const catalogueFacts = (): CatalogueFacts =>
  new Map([...architectures].map(([id, architecture]) => [id, factsOf(architecture)]));

const facts = madeInTurns(
  () => [...architectures.values()].map((architecture) => () => factsOf(architecture)),
  catalogueFacts,
);

/** The catalogue's facts, computed in short turns from the first use on; null until all are there. */
export const useCatalogueFacts = (): CatalogueFacts | null =>
  useSyncExternalStore(facts.subscribe, facts.current);
