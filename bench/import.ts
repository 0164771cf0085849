import { architectures } from '../src/architectures/index.ts';
import { lower } from '../src/engine/graph/lower.ts';
import { exportOnnx, modelBytes } from '../src/engine/onnx/export.ts';
import { importOnnx } from '../src/engine/onnx/import.ts';
import type { Architecture } from '../src/engine/spec/types.ts';
import { tensorsOf } from '../src/engine/weights/graph-tensors.ts';
import { type Measurement, medianOf } from './table.ts';

const TIMES = 15;

/** Reading the visitor's own ONNX file into a graph: its weights are there, and left alone. */
export function measureImport(): Measurement[] {
  return (
    [
      ['resnet50', 50],
      ['alexnet', 300],
      ['densenet121', 300],
    ] as const
  ).map(([id, target]) => {
    const graph = lower(architectures.get(id) as Architecture);
    const tensors = new Map(tensorsOf(graph).map(({ name, size }) => [name, new Float32Array(size)]));
    const bytes = modelBytes(exportOnnx(graph, { tensors }));
    const times = Array.from({ length: TIMES }, () => {
      const start = performance.now();
      importOnnx(bytes);
      return performance.now() - start;
    });
    const [first = Number.NaN] = times;
    return {
      what: `import of ${id}.onnx (${Math.round(bytes.length / 1e6)} MB)`,
      value: medianOf(times),
      unit: 'ms',
      target,
      note: `median of ${TIMES} in Node; first ${first.toFixed(1)} ms`,
    };
  });
}
