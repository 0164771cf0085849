import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../graph/lower.ts';
import { type Graph, INPUT } from '../graph/types.ts';
import {
  averagePool,
  block,
  branches,
  conv,
  convBn,
  convBnRelu,
  convRelu,
  flatten,
  globalAveragePool,
  image,
  maxPool,
  relu,
  repeat,
  residual,
  stage,
  tap,
} from '../spec/layers.ts';
import type { Architecture, Series, Spec } from '../spec/types.ts';
import { foldableKeys, initialOpenGroups } from './figure-layers.ts';
import { findBox, layoutFigure } from './layout-figure.ts';
import type { Box, FigureLayer, FigureLayout, Rectangle } from './types.ts';

const define = (layers: Series, input = image(8, 32)): Architecture => ({
  id: 'made',
  title: 'Made',
  source: { paper: '', where: '', year: 2000, authors: '' },
  input,
  layers,
});

/** Sizes that differ from layer to layer, as drawn tensors do. */
const glyph = ({ id, shape }: FigureLayer) => ({
  width: 10 + (shape?.[0] ?? 3),
  height: 8 * Math.sqrt(shape?.[1] ?? 25),
  labelWidth: 20 + 3 * (id.length % 9),
});

const lay = (graph: Graph, open: Iterable<string> = []): FigureLayout =>
  layoutFigure(graph, { open: new Set(open), glyph });

const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.x < b.x + b.width - 1e-6 &&
  b.x < a.x + a.width - 1e-6 &&
  a.y < b.y + b.height - 1e-6 &&
  b.y < a.y + a.height - 1e-6;

const contains = (outer: Rectangle, inner: Rectangle): boolean =>
  inner.x >= outer.x - 1e-6 &&
  inner.y >= outer.y - 1e-6 &&
  inner.x + inner.width <= outer.x + outer.width + 1e-6 &&
  inner.y + inner.height <= outer.y + outer.height + 1e-6;

/** Pairs of boxes between which the graph hands a tensor on. */
function handedOn(graph: Graph, boxes: readonly Box[]): Set<string> {
  const boxOf = (id: string): string => {
    const index = graph.nodeById.get(id)?.index;
    return index === undefined
      ? INPUT
      : (boxes.find(({ layer }) => layer.first <= index && index < layer.end)?.id ?? 'nowhere');
  };
  const pairs = new Set<string>();
  for (const node of graph.nodes) {
    for (const input of node.inputs) {
      const [from, to] = [boxOf(input), boxOf(node.id)];
      if (from !== to) pairs.add(`${from} → ${to}`);
    }
  }
  return pairs;
}

function expectSound(graph: Graph, layout: FigureLayout): void {
  const { boxes, edges, frames } = layout;
  for (const [index, box] of boxes.entries()) {
    expect(contains({ x: 0, y: 0, width: layout.width, height: layout.height }, box)).toBe(true);
    expect(contains(box, box.glyph)).toBe(true);
    for (const other of boxes.slice(index + 1)) {
      expect(overlap(box, other), `${box.id} lies on ${other.id}`).toBe(false);
    }
    for (const frame of frames) {
      const isInside = box.id.startsWith(`${frame.id}/`);
      expect(isInside ? contains(frame, box) : !overlap(frame, box), `${box.id} and ${frame.id}`).toBe(true);
    }
  }
  for (const node of graph.nodes) {
    const holders = boxes.filter(({ layer }) => layer.first <= node.index && node.index < layer.end);
    expect(holders, node.id).toHaveLength(1);
  }
  expect(new Set(boxes.map(({ id }) => id)).size).toBe(boxes.length);
  expect(new Set(edges.map(({ id }) => id)).size).toBe(edges.length);
  const byId = new Map(boxes.map((box) => [box.id, box]));
  // The graph ends where it breaks; the ways drawn beyond that are the definition's.
  const known = edges.filter(({ to }) => byId.get(to)?.layer.status === 'sound');
  expect(new Set(known.map(({ from, to }) => `${from} → ${to}`))).toEqual(handedOn(graph, boxes));
  for (const { from, to, points } of edges) {
    const [start, end] = [byId.get(from), byId.get(to)];
    expect(points[0]).toEqual([(start?.glyph.x ?? 0) + (start?.glyph.width ?? 0), start?.axisY]);
    expect(points.at(-1)).toEqual([end?.x, end?.axisY]);
    for (let index = 1; index < points.length; index += 1) {
      expect(points[index]?.[0]).toBeGreaterThanOrEqual(points[index - 1]?.[0] ?? 0);
    }
  }
}

const keep = () => conv(8, 3, { padding: 1 });

/** Any nesting of the language's forms over tensors that keep their shape. */
const specs = fc.letrec<{ spec: Spec; series: Series }>((tie) => ({
  series: fc
    .array(tie('spec'), { minLength: 1, maxLength: 3 })
    .map((parts) => Object.fromEntries(parts.map((part, index) => [`part${index}`, part])) as Series),
  spec: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Spec>(keep(), relu(), convRelu(8, 3), convBnRelu(8, 1)),
    tie('series'),
    tie('series').map((layers) => stage(layers)),
    tie('series').map((layers) => block(layers)),
    tie('series').map((layers) => tap(layers)),
    fc
      .record({ body: tie('series'), hasProjection: fc.boolean(), hasAfter: fc.boolean() })
      .map(({ body, hasProjection, hasAfter }) =>
        residual({
          body: { ...body, end: keep() },
          shortcut: hasProjection ? convBn(8, 1) : {},
          after: hasAfter ? { relu: relu() } : {},
        }),
      ),
    fc
      .record({ lanes: fc.array(tie('series'), { minLength: 1, maxLength: 4 }), passes: fc.boolean() })
      .map(({ lanes, passes }) =>
        block({
          parts: branches('Concat', {
            ...(passes ? { through: {} } : {}),
            ...Object.fromEntries(lanes.map((lane, index) => [`lane${index}`, lane])),
          }),
          restore: conv(8, 1),
        }),
      ),
  ),
}));

describe('the layout of a figure', () => {
  it('is sound for every network of the catalogue, folded and unfolded', () => {
    for (const architecture of architectures.values()) {
      const graph = lower(architecture);
      for (const open of [[], initialOpenGroups(graph, 16), foldableKeys(graph)]) {
        expectSound(graph, lay(graph, open));
      }
    }
  });

  it('is sound for any definition with any groups open', () => {
    fc.assert(
      fc.property(specs.series, fc.infiniteStream(fc.boolean()), (layers, coins) => {
        const graph = lower(define(layers));
        const open = foldableKeys(graph).filter(() => coins.next().value === true);
        expectSound(graph, lay(graph, open));
      }),
      { numRuns: 150 },
    );
  });

  it('is the same every time', () => {
    fc.assert(
      fc.property(specs.series, (layers) => {
        const graph = lower(define(layers));
        const open = foldableKeys(graph);
        expect(lay(graph, open)).toEqual(lay(lower(define(layers)), open));
      }),
      { numRuns: 30 },
    );
  });

  it('draws a unit as one box named by its group', () => {
    const layout = lay(lower(architectures.get('lenet5') as Architecture));
    expect(layout.boxes.map(({ id }) => id)).toEqual([
      'input',
      'conv1',
      'pool1',
      'conv2',
      'pool2',
      'flatten',
      'fc1',
      'fc2',
      'fc3',
      'softmax',
    ]);
    expect(new Set(layout.boxes.map(({ axisY }) => axisY))).toEqual(new Set([layout.axisY]));
  });

  it('folds a stage of VGG into one box that says how many convolutions follow one another', () => {
    const graph = lower(architectures.get('vgg16') as Architecture);
    const stage3 = lay(graph).boxes.find(({ id }) => id === 'stage3')?.layer;
    expect(stage3).toMatchObject({ kind: 'folded', count: 3, category: 'convolution', shape: [256, 28, 28] });
    expect(stage3?.stretches.map(({ shape, count }) => [shape.join('×'), count])).toEqual([
      ['256×56×56', 3],
      ['256×28×28', 1],
    ]);
    const open = lay(graph, ['stage3']);
    expect(open.frames.map(({ id }) => id)).toEqual(['stage3']);
    expect(open.boxes.filter(({ id }) => id.startsWith('stage3/')).map(({ id }) => id)).toEqual([
      'stage3/conv1',
      'stage3/conv2',
      'stage3/conv3',
      'stage3/pool',
    ]);
  });

  it('folds identical neighbouring blocks into one, and opens them one by one', () => {
    const cell = () => residual({ body: { conv: convBn(8, 3) }, after: { relu: relu() } });
    const graph = lower(define({ ...repeat('block', 5, cell), last: convRelu(4, 3) }));
    const folded = lay(graph);
    expect(folded.boxes.map(({ id }) => id)).toEqual(['input', 'block1', 'last']);
    const [, run] = folded.boxes;
    expect(run?.layer).toMatchObject({ count: 5, hasShortcut: true, toggle: 'block1..block5' });
    expect(run?.layer.members).toHaveLength(5);
    const apart = lay(graph, ['block1..block5', 'block2']);
    expect(apart.boxes.map(({ id }) => id)).toEqual([
      'input',
      'block1',
      'block2/body/conv',
      'block2/add',
      'block2/relu',
      'block3',
      'block4',
      'block5',
      'last',
    ]);
  });

  it('keeps blocks apart that differ in an attribute', () => {
    const graph = lower(
      define({ one: block({ conv: conv(8, 3, { padding: 1 }) }), two: block({ conv: conv(8, 1) }) }),
    );
    expect(lay(graph).boxes.map(({ id }) => id)).toEqual(['input', 'one', 'two']);
  });

  it('hangs an identity shortcut above the body, and names its way a shortcut', () => {
    const graph = lower(
      define({ block1: residual({ body: { conv1: convBnRelu(8, 3), conv2: convBn(8, 3) } }) }),
    );
    const layout = lay(graph, ['block1']);
    const shortcut = layout.edges.find(({ kind }) => kind === 'shortcut');
    expect(shortcut).toMatchObject({ from: 'input', to: 'block1/add' });
    const body = layout.boxes.find(({ id }) => id === 'block1/body/conv1');
    expect(body?.axisY).toBe(layout.axisY);
    const top = Math.min(...(shortcut?.points ?? []).map(([, y]) => y));
    expect(top).toBeLessThan(body?.y ?? 0);
  });

  it('gives a branch of one convolution with its activation the name of the branch', () => {
    const graph = lower(
      define({
        mixed: branches('Concat', { '1x1': convRelu(8, 1), pool: maxPool(3, { stride: 1, padding: 1 }) }),
      }),
    );
    const layout = lay(graph, ['mixed']);
    expect(layout.boxes.map(({ id, layer }) => [id, layer.name])).toEqual([
      ['input', 'input'],
      ['mixed/1x1', '1x1'],
      ['mixed/pool/maxpool', 'pool'],
      ['mixed/concat', 'concat'],
    ]);
  });

  it('hangs a tap below the line, which passes it by', () => {
    const graph = lower(
      define({
        conv1: convRelu(8, 3),
        aux: tap({ pool: averagePool(5, { stride: 3 }), conv: convRelu(4, 1), flatten: flatten() }),
        conv2: convRelu(8, 3),
        pool: globalAveragePool(),
      }),
    );
    const layout = lay(graph, ['aux']);
    const below = layout.boxes.filter(({ id }) => id.startsWith('aux/'));
    expect(below).toHaveLength(3);
    for (const box of below) expect(box.axisY).toBeGreaterThan(layout.axisY);
    expect(layout.edges.filter(({ from }) => from === 'conv1').map(({ to, kind }) => [to, kind])).toEqual([
      ['aux/pool', 'tap'],
      ['conv2', 'series'],
    ]);
  });

  it('marks the layer that does not fit and those behind it', () => {
    const layout = lay(lower(architectures.get('zfnet-lecture') as Architecture));
    expect(layout.broken).toBe('fc6');
    const status = Object.fromEntries(layout.boxes.map(({ id, layer }) => [id, layer.status]));
    expect(status).toMatchObject({ flatten: 'sound', fc6: 'broken', fc7: 'unreached', softmax: 'unreached' });
  });

  it('marks the stage in which a layer does not fit, and draws an input that cannot be as broken', () => {
    const vgg = architectures.get('vgg16') as Architecture;
    const small = lower(vgg, [3, 16, 16]);
    expect(lay(small).broken).toBe('stage5');
    expect(lay(small, ['stage5']).broken).toBe('stage5/pool');
    expect(lay(lower(vgg, [3, 0, 0])).broken).toBe('input');
  });

  it('finds the box of any layer, shown or folded', () => {
    const graph = lower(architectures.get('vgg16') as Architecture);
    const folded = lay(graph);
    expect(findBox(folded, graph, 'stage2/conv1/relu')?.id).toBe('stage2');
    expect(findBox(folded, graph, 'stage2')?.id).toBe('stage2');
    const open = lay(graph, ['stage2']);
    expect(findBox(open, graph, 'stage2/conv1/relu')?.id).toBe('stage2/conv1');
    expect(findBox(open, graph, 'stage2')?.id).toBe('stage2/conv1');
    expect(findBox(open, graph, 'nothing')).toBeNull();
    const broken = lower(architectures.get('zfnet-lecture') as Architecture);
    expect(findBox(lay(broken), broken, 'fc7/relu')?.id).toBe('fc7');
  });

  it('opens stages at first only while the figure stays short', () => {
    const vgg = lower(architectures.get('vgg16') as Architecture);
    expect([...initialOpenGroups(vgg, 12)]).toEqual([]);
    expect([...initialOpenGroups(vgg, 40)]).toEqual(['stage1', 'stage2', 'stage3', 'stage4', 'stage5']);
  });
});
