import { architectures } from '../src/architectures/index.ts';
import { computeCosts } from '../src/engine/cost/costs.ts';
import { peakMemory } from '../src/engine/cost/memory.ts';
import { lower } from '../src/engine/graph/lower.ts';
import { receptiveFields } from '../src/engine/graph/receptive-field.ts';
import { type Measurement, medianOf } from './table.ts';

const TIMES = 41;

/** All that a page computes of a network before it draws: graph, costs, receptive fields, peak memory. */
export function measureAnalysis(): Measurement[] {
  return [...architectures.values()].map((architecture) => {
    const times = Array.from({ length: TIMES }, () => {
      const start = performance.now();
      const graph = lower(architecture);
      computeCosts(graph);
      receptiveFields(graph);
      peakMemory(graph);
      return performance.now() - start;
    });
    const [first = Number.NaN] = times;
    return {
      what: `analysis of ${architecture.id}`,
      value: medianOf(times),
      unit: 'ms',
      target: 10,
      note: `median of ${TIMES} in Node; first ${first.toFixed(2)} ms`,
    };
  });
}
