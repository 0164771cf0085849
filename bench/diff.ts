import { architectures } from '../src/architectures/index.ts';
import { diffGraphs } from '../src/engine/diff/diff-graphs.ts';
import { lower } from '../src/engine/graph/lower.ts';
import { type Measurement, medianOf } from './table.ts';

const TIMES = 21;

/** The two longest networks, and two in which hardly a layer repeats. */
const pairs = [
  ['resnet1202-cifar10', 'preact-resnet1001-cifar10'],
  ['densenet264', 'densenet-bc250-k24'],
] as const;

/** How long it takes to align two lowered networks layer by layer. */
export function measureDiffs(): Measurement[] {
  return pairs.map(([before, after]) => {
    const [one, other] = [before, after].map((id) => {
      const architecture = architectures.get(id);
      if (!architecture) throw new RangeError(id);
      return lower(architecture);
    });
    const times = Array.from({ length: TIMES }, () => {
      const start = performance.now();
      if (one && other) diffGraphs(one, other);
      return performance.now() - start;
    });
    const [first = Number.NaN] = times;
    return {
      what: `diff of ${before} and ${after}`,
      value: medianOf(times),
      unit: 'ms',
      target: 50,
      note: `median of ${TIMES} in Node; first ${first.toFixed(1)} ms`,
    };
  });
}
