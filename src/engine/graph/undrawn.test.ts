import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { importOnnx } from '../onnx/import.ts';
import { madeFile } from '../onnx/onnx-file.testing.ts';
import { lower } from './lower.ts';
import { passingInputs } from './undrawn.ts';

describe('tensors that are read past a row', () => {
  it.each([...architectures.keys()])('are none in %s', (id) => {
    const architecture = architectures.get(id);
    if (!architecture) throw new Error(`no ${id}`);
    expect(passingInputs(lower(architecture))).toEqual([]);
  });

  it('are named where wiring is no nesting of rows and ways', () => {
    const { graph } = importOnnx(
      madeFile({
        nodes: [
          { type: 'Relu', inputs: ['x'], outputs: ['a'] },
          { type: 'Sigmoid', inputs: ['a'], outputs: ['b'] },
          { type: 'Add', inputs: ['a', 'b'], outputs: ['c'] },
          { type: 'Tanh', inputs: ['b'], outputs: ['d'] },
          { type: 'Add', inputs: ['c', 'd'], outputs: ['y'] },
        ],
      }),
    );
    const passing = passingInputs(graph);
    expect(passing.length).toBeGreaterThan(0);
    for (const { node, input } of passing) expect(graph.nodeById.get(node)?.inputs).toContain(input);
  });

  it('are none where it is', () => {
    const { graph } = importOnnx(
      madeFile({
        nodes: [
          { type: 'Relu', inputs: ['x'], outputs: ['a'] },
          { type: 'Sigmoid', inputs: ['a'], outputs: ['b'] },
          { type: 'Add', inputs: ['a', 'b'], outputs: ['y'] },
        ],
      }),
    );
    expect(passingInputs(graph)).toEqual([]);
  });
});
