import { type Graph, INPUT } from '../graph/types.ts';
import type { ModelInput } from './protocol.ts';

/** What a model that was written here with an open batch is fed with. */
export const writtenInput = (graph: Graph): ModelInput => ({
  name: INPUT,
  type: 'float32',
  shape: [1, ...graph.input],
  channelsLast: null,
  mostImages: Number.POSITIVE_INFINITY,
});
