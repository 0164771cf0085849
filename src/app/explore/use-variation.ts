import { useMemo } from 'react';
import { type KnobProblem, vary } from '../../engine/spec/form.ts';
import type { Architecture, KnobId, KnobValues } from '../../engine/spec/types.ts';
import { type KnobTexts, useKnobs } from '../state/url.ts';

/** The network that the address describes, and what cannot be followed in it. */
export interface VariedNetwork {
  /** The published network with the address's numbers; the published one itself where one of them is refused. */
  readonly architecture: Architecture;
  readonly problem: KnobProblem | null;
  /** Whether any number differs from the published network's. */
  readonly isVaried: boolean;
}

/** A number as a person types it; not a number where it is none. */
const numberOf = (text: string): number =>
  /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;

/** A published network with the numbers that the address changes. */
export function varyByTexts(published: Architecture, texts: KnobTexts): VariedNetwork {
  const changes: Partial<Record<KnobId, number>> = {};
  for (const [id, text] of Object.entries(texts)) {
    if (text !== null) changes[id as KnobId] = numberOf(text);
  }
  const { architecture, problem } = vary(published, changes as KnobValues);
  return {
    architecture: architecture ?? published,
    problem,
    isVaried: architecture !== null && architecture !== published,
  };
}

/** {@link varyByTexts} of the address, once per network and numbers. */
export function useVariation(published: Architecture): VariedNetwork {
  const [texts] = useKnobs();
  const key = JSON.stringify(texts);
  return useMemo(() => varyByTexts(published, JSON.parse(key) as KnobTexts), [published, key]);
}
