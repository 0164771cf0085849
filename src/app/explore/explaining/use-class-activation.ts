import { useMemo } from 'react';
import {
  type ClassActivation,
  type ClassMaps,
  classActivation,
  findClassMaps,
} from '../../../engine/attribution/class-activation.ts';
import type { DigitModel } from '../../queries/use-digit-model.ts';

/** The class activation map of one class; `found` is null where the network has none. */
export function useClassActivation(
  { graph, tensors, telling, parameters }: DigitModel,
  activations: ReadonlyMap<string, Float32Array>,
  index: number,
): {
  readonly found: ClassMaps | null;
  /** Null until the last maps and the classifier's weights are there. */
  readonly activation: ClassActivation | null;
  /** Whether the classifier's weights can be had: a file may have them in a form that is found in a run alone. */
  readonly isReadable: boolean;
} {
  const found = useMemo(() => graph && findClassMaps(graph), [graph]);
  const maps = found ? activations.get(found.maps) : undefined;
  const activation = useMemo(
    () =>
      found && maps && found.tensors.every((name) => telling.has(name))
        ? classActivation(found, maps, telling, index)
        : null,
    [found, maps, telling, index],
  );
  const isReadable = tensors !== null || (found?.tensors.every((name) => parameters.has(name)) ?? false);
  return { found, activation, isReadable };
}
