import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../graph/lower.ts';
import { type Graph, INPUT } from '../graph/types.ts';
import { arbitraryArchitecture } from '../spec/arbitrary.testing.ts';
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
import { canUnfold, foldableKeys, initialOpenGroups, isUnfolded } from './figure-layers.ts';
import { findBox, layoutFigure } from './layout-figure.ts';
import type { Box, Edge, FigureLayer, FigureLayout, GlyphSize, Point, Rectangle } from './types.ts';

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

/** The forms that the figure gives them: pills on parallel paths, signs and bars for merges, drawings before some. */
const formed = (layer: FigureLayer): GlyphSize => {
  const size = glyph(layer);
  const isOne = layer.kind === 'node' || layer.kind === 'unit';
  if (isOne && layer.op === 'Mean') return { ...size, width: 8, height: 22, form: 'bar' };
  if (isOne && layer.op === 'Add') {
    return layer.leaves
      ? { ...size, lead: { width: 32, up: 11, down: 11 }, sign: 22 }
      : { ...size, width: 22, height: 22, form: 'sign', sign: 22 };
  }
  if (isOne && layer.lane !== null && layer.op !== 'Concat') return { ...size, height: 22, form: 'pill' };
  return layer.kind === 'folded' ? { ...size, lead: { width: 40, up: 50, down: 20 } } : size;
};

const lay = (graph: Graph, open: Iterable<string> = [], size = glyph): FigureLayout =>
  layoutFigure(graph, { open: new Set(open), glyph: size });

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
  const holder = new Map<number, string>();
  for (const { id, layer } of boxes) {
    for (let index = layer.first; index < layer.end; index += 1) holder.set(index, id);
  }
  const boxOf = (id: string): string => {
    const index = graph.nodeById.get(id)?.index;
    return index === undefined ? INPUT : (holder.get(index) ?? 'nowhere');
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

/** Points along a connection as it is drawn: lines, level-ended curves, and arcs that leave and arrive upright. */
function pointsAlong({ kind, points, own }: Edge): Point[] {
  const along: Point[] = [];
  points.forEach(([x, y], index) => {
    const before = points[index - 1];
    if (!before) return;
    const isArc = index > own && (kind === 'shortcut' || kind === 'through');
    const isRising = kind === 'shortcut' ? y < before[1] : y > before[1];
    const corner: Point = isRising ? [before[0], y] : [x, before[1]];
    const middle = (before[0] + x) / 2;
    const [first, second]: [Point, Point] = isArc
      ? [corner, corner]
      : [
          [middle, before[1]],
          [middle, y],
        ];
    for (let step = 1; step < 12; step += 1) {
      const t = step / 12;
      const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
      along.push([
        a * before[0] + b * first[0] + c * second[0] + d * x,
        a * before[1] + b * first[1] + c * second[1] + d * y,
      ]);
    }
  });
  return along;
}

/** What is wrong with a layout; checks of all pairs are left to figures of a size that a person would read. */
function faultsOf(layout: FigureLayout): string[] {
  const { boxes, edges, frames } = layout;
  const faults: string[] = [];
  const sheet = { x: 0, y: 0, width: layout.width, height: layout.height };
  for (const box of boxes) {
    if (!contains(sheet, box)) faults.push(`${box.id} leaves the sheet`);
    if (!contains(box, box.glyph)) faults.push(`${box.id} does not hold its drawing`);
  }
  const fromLeft = [...boxes].sort((a, b) => a.x - b.x);
  fromLeft.forEach((box, index) => {
    for (let next = index + 1; next < fromLeft.length; next += 1) {
      const other = fromLeft[next];
      if (!other || other.x >= box.x + box.width) break;
      if (overlap(box, other)) faults.push(`${box.id} lies on ${other.id}`);
    }
  });
  if (boxes.length <= MOST_COMPARED) {
    for (const frame of frames) {
      for (const box of boxes) {
        const isInside = box.id.startsWith(`${frame.id}/`);
        if (isInside ? !contains(frame, box) : overlap(frame, box)) faults.push(`${box.id} and ${frame.id}`);
      }
    }
    for (const edge of edges) {
      for (const [x, y] of pointsAlong(edge)) {
        const hit = boxes.find(
          (box) =>
            box.id !== edge.from &&
            box.id !== edge.to &&
            contains(box, { x: x - 0.01, y: y - 0.01, width: 0.02, height: 0.02 }),
        );
        if (hit) faults.push(`${edge.id} runs through ${hit.id}`);
      }
    }
  }
  return faults;
}

const MOST_COMPARED = 300;

function expectSound(graph: Graph, layout: FigureLayout): void {
  const { boxes, edges } = layout;
  expect(faultsOf(layout)).toEqual([]);
  const held = boxes.flatMap(({ layer }) =>
    Array.from({ length: layer.end - layer.first }, (_, index) => layer.first + index),
  );
  expect(held.sort((a, b) => a - b)).toEqual(graph.nodes.map(({ index }) => index));
  expect(new Set(boxes.map(({ id }) => id)).size).toBe(boxes.length);
  expect(new Set(edges.map(({ id }) => id)).size).toBe(edges.length);
  const byId = new Map(boxes.map((box) => [box.id, box]));
  // The graph ends where it breaks; the ways drawn beyond that are the definition's.
  const known = edges.filter(({ to }) => byId.get(to)?.layer.status === 'sound');
  expect(new Set(known.map(({ from, to }) => `${from} → ${to}`))).toEqual(handedOn(graph, boxes));
  const astray = edges.filter(({ from, to, points, own }) => {
    const [start, end] = [byId.get(from), byId.get(to)];
    const [first, last] = [points[0], points.at(-1)];
    if (!start || !end || !first || !last) return true;
    const leaves = first[0] === start.glyph.x + start.glyph.width && isBeside(start, first[1]);
    const arrives = last[0] === end.x ? isBeside(end, last[1]) : last[0] < end.glyph.x + end.glyph.width;
    const goesOn = points.every(([x], index) => x >= (points[index - 1]?.[0] ?? 0));
    return !(leaves && arrives && goesOn && own >= 0 && own < points.length);
  });
  expect(astray).toEqual([]);
}

/** A bar is left and entered anywhere along it, all else on its line. */
const isBeside = ({ form, axisY, y, height }: Box, at: number): boolean =>
  form === 'bar' ? y <= at && at <= y + height : at === axisY;

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
      const all = graph.nodes.length <= 500 ? [foldableKeys(graph)] : [];
      for (const open of [[], initialOpenGroups(graph, 16), ...all]) {
        expectSound(graph, lay(graph, open, formed));
      }
    }
  }, 60_000);

  it('is sound for any definition with any groups open, in any forms', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          specs.series.map((layers) => define(layers)),
          arbitraryArchitecture,
        ),
        fc.infiniteStream(fc.boolean()),
        fc.constantFrom(glyph, formed),
        (architecture, coins, size) => {
          const graph = lower(architecture);
          const open = foldableKeys(graph).filter(() => coins.next().value === true);
          expectSound(graph, lay(graph, open, size));
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);

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

  it('lets a shortcut come down on the sign of its sum', () => {
    const graph = lower(define({ block1: residual({ body: convBn(8, 3), after: { relu: relu() } }) }));
    const layout = lay(graph, ['block1'], formed);
    const sum = layout.boxes.find(({ layer }) => layer.op === 'Add');
    expect(sum?.form).toBe('sign');
    const shortcut = layout.edges.find(({ kind }) => kind === 'shortcut');
    expect(shortcut?.points.at(-1)).toEqual([(sum?.x ?? 0) + 11, (sum?.axisY ?? 0) - 11]);
    // What it shares with the body's way, up to the fork, is not its own.
    expect(shortcut?.own).toBe(1);
  });

  it('colours the ways into a concatenation by the place of what they bring', () => {
    const graph = lower(
      define({ mixed: branches('Concat', { a: conv(8, 1), b: { c: conv(8, 1), d: conv(8, 1) } }) }),
    );
    const layout = lay(graph, ['mixed'], formed);
    expect(layout.edges.map(({ to, place }) => [to, place])).toEqual([
      ['mixed/a/conv', 0],
      ['mixed/b/c', 1],
      ['mixed/b/d', 1],
      ['mixed/concat', 0],
      ['mixed/concat', 1],
    ]);
  });

  it('draws a fractal block as columns side by side, each join a bar across those that it merges', () => {
    const graph = lower(architectures.get('fractalnet40') as Architecture);
    const layout = lay(graph, ['stage1', 'stage1/fractal'], formed);
    const inside = layout.boxes.filter(({ id }) => id.startsWith('stage1/fractal/'));
    const columns = [...new Set(inside.filter(({ layer }) => layer.op === 'Conv').map(({ axisY }) => axisY))];
    columns.sort((a, b) => a - b);
    const perColumn = columns.map((y) =>
      inside.filter(({ axisY, layer }) => axisY === y && layer.op === 'Conv'),
    );
    expect(perColumn.map(({ length }) => length)).toEqual([1, 2, 4, 8]);
    const joins = inside.filter(({ form }) => form === 'bar');
    expect(joins).toHaveLength(4);
    for (const join of joins) {
      const joined = layout.edges.filter(({ to }) => to === join.id).map(({ points }) => points.at(-1)?.[1]);
      expect(new Set(joined).size).toBe(joined.length);
      for (const y of joined) expect(columns).toContain(y);
    }
    // The last join is the block's: it takes in all four columns.
    expect(layout.edges.filter(({ to }) => to === 'stage1/fractal/mean')).toHaveLength(4);
    // The nested halves are no groups to fold.
    expect(layout.frames.map(({ id }) => id)).toEqual(['stage1', 'stage1/fractal']);
  });

  it('says what each layer of an open dense block reads again', () => {
    const graph = lower(architectures.get('densenet121') as Architecture);
    const { reuses, boxes, frames } = lay(graph, ['block1'], formed);
    expect(reuses.map(({ place, to }) => [place, to.length])).toEqual([
      [null, 5],
      [1, 4],
      [2, 3],
      [3, 2],
      [4, 1],
    ]);
    const bottom = Math.max(
      ...boxes.filter(({ id }) => id.startsWith('block1/')).map((box) => box.y + box.height),
    );
    const frame = frames[0];
    for (const { from, depth } of reuses) {
      expect(from[1]).toBeGreaterThanOrEqual(bottom - 1e-6);
      expect(from[1] + depth).toBeLessThanOrEqual((frame?.y ?? 0) + (frame?.height ?? 0));
    }
  });

  it('hangs the later of two taps higher, so that no way down meets another', () => {
    const head = () => tap(repeat('fc', 6, () => convRelu(4, 1)) as Series);
    const graph = lower(
      define({ conv1: conv(8, 1), aux1: head(), conv2: conv(8, 1), aux2: head(), conv3: conv(8, 1) }),
    );
    const layout = lay(graph, ['aux1', 'aux2']);
    const axis = (id: string) => layout.boxes.find((box) => box.id.startsWith(`${id}/`))?.axisY ?? 0;
    expect(axis('aux2')).toBeLessThan(axis('aux1'));
    expectSound(graph, layout);
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

  it('knows whether anything, and whether everything, is unfolded', () => {
    for (const id of ['lenet5', 'resnet20-cifar10', 'densenet40-k12', 'fractalnet20', 'googlenet-aux']) {
      const graph = lower(architectures.get(id) as Architecture);
      const keys = foldableKeys(graph);
      expect(canUnfold(graph), id).toBe(keys.length > 0);
      expect(isUnfolded(graph, new Set(keys)), id).toBe(true);
      for (const key of keys) {
        expect(isUnfolded(graph, new Set(keys.filter((other) => other !== key))), key).toBe(false);
      }
    }
  });

  it('opens stages at first only while the figure stays short', () => {
    const vgg = lower(architectures.get('vgg16') as Architecture);
    expect([...initialOpenGroups(vgg, 12)]).toEqual([]);
    expect([...initialOpenGroups(vgg, 40)]).toEqual(['stage1', 'stage2', 'stage3', 'stage4', 'stage5']);
  });
});
