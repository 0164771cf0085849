import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { architecture, branches, convRelu, fc, flatten, image, residual } from '../spec/layers.ts';
import { depthOf, longestPath } from './depth.ts';
import { lower } from './lower.ts';

const source = { paper: '', where: '', year: 2000, authors: '' };

describe('the depth of a network', () => {
  it('is the number in its name', () => {
    for (const [id, depth] of [
      ['lenet5', 5],
      ['lenet5-1998', 5],
      ['alexnet', 8],
      ['vgg16', 16],
      ['vgg19-bn', 19],
    ] as const) {
      const network = architectures.get(id);
      expect(network && depthOf(lower(network)), id).toBe(depth);
    }
  });

  it('follows the deepest branch and a residual block’s body', () => {
    const graph = lower(
      architecture({
        id: 'x',
        title: 'x',
        source,
        input: image(4, 8),
        layers: {
          inception: branches('Concat', {
            short: convRelu(4, 1),
            long: { a: convRelu(2, 1), b: convRelu(4, 3) },
          }),
          block: residual({ body: { a: convRelu(8, 1), b: convRelu(8, 3) }, shortcut: convRelu(8, 1) }),
          flatten: flatten(),
          fc: fc(10),
        },
      }),
    );
    expect(depthOf(graph)).toBe(5);
    const path = longestPath(graph).map(({ id }) => id);
    expect(path).toContain('inception/long/b/conv');
    expect(path).toContain('block/add');
    expect(path.some((id) => id.includes('short'))).toBe(false);
  });

  it('ends where a network that does not fit breaks', () => {
    const network = architectures.get('zfnet-lecture');
    const graph = network && lower(network);
    expect(graph?.problem).not.toBeNull();
    expect(graph && longestPath(graph).at(-1)?.id).toBe(graph?.nodes.at(-1)?.id);
  });
});
