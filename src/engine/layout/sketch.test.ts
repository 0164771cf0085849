import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../graph/lower.ts';
import type { Graph } from '../graph/types.ts';
import type { Architecture } from '../spec/types.ts';
import { layoutFigure } from './layout-figure.ts';
import { type Sketch, sketchOf } from './sketch.ts';

const glyph = () => ({ width: 20, height: 20, labelWidth: 40 });
const graphOf = (id: string): Graph => lower(architectures.get(id) as Architecture);

/** The sketch of a folded layer, by its id, with the given groups open. */
function sketchIn(graph: Graph, id: string, open: readonly string[] = []): Sketch | null {
  const box = layoutFigure(graph, { open: new Set(open), glyph }).boxes.find((each) => each.id === id);
  if (!box) throw new Error(`no box ${id}`);
  return sketchOf(graph, box.layer);
}

const opsOf = (sketch: Sketch | null) => sketch?.boxes.map(({ layer }) => layer.op) ?? [];
const kindsOf = (sketch: Sketch | null) => (sketch?.edges ?? []).map(({ kind }) => kind);

describe('the sketch of a folded layer', () => {
  it('is none for a plain series', () => {
    expect(sketchIn(graphOf('vgg16'), 'stage1')).toBeNull();
  });

  it('shows in a stage the projection of the first block and the identity of the others, with ×N', () => {
    const sketch = sketchIn(graphOf('resnet50'), 'conv3_x');
    expect(opsOf(sketch)).toEqual(['Conv', 'Conv', 'Conv', 'Conv', 'Add', 'Conv', 'Conv', 'Conv', 'Add']);
    expect(sketch?.frames.map(({ name, count }) => [name, count])).toEqual([['block2', 3]]);
    // Into the projection, out of it, and around the body of the others.
    expect(kindsOf(sketch).filter((kind) => kind === 'shortcut')).toHaveLength(3);
  });

  it('shows a shortcut wherever one is folded away, in every network', () => {
    for (const architecture of architectures.values()) {
      const graph = lower(architecture);
      for (const { layer } of layoutFigure(graph, { open: new Set(), glyph }).boxes) {
        if (layer.hasShortcut) expect(kindsOf(sketchOf(graph, layer)), layer.id).toContain('shortcut');
      }
    }
  }, 60_000);

  it('draws blocks that differ in their numbers alone once where they are many', () => {
    const sketch = sketchIn(graphOf('stochastic-depth-110'), 'conv2_x');
    expect(sketch?.frames.map(({ count }) => count)).toEqual([18]);
    const modules = sketchIn(graphOf('googlenet'), 'inception4');
    expect(opsOf(modules).filter((op) => op === 'Concat')).toHaveLength(5);
  });

  it('gives each of an inception module’s four branches a lane in its own place’s colour', () => {
    const sketch = sketchIn(graphOf('inception-3a'), 'inception');
    const lanes = new Set(sketch?.boxes.slice(0, -1).map(({ axisY }) => axisY));
    expect(lanes.size).toBe(4);
    expect([...new Set(sketch?.edges.map(({ place }) => place))].sort()).toEqual([0, 1, 2, 3]);
    // At its end the volume itself stands.
    expect(sketch?.boxes.at(-1)).toMatchObject({ width: 0, layer: { op: 'Concat' } });
  });

  it('draws a dense block as one growing stack of its layers', () => {
    const sketch = sketchIn(graphOf('densenet121'), 'block3');
    expect(sketch?.boxes.map(({ layer }) => layer.dense)).toEqual([24]);
    const layer = sketchIn(graphOf('densenet121'), 'block1/layer2', ['block1']);
    expect(kindsOf(layer)).toContain('through');
  });

  it('aligns the columns of a fractal block', () => {
    const sketch = sketchIn(graphOf('fractalnet40'), 'stage1');
    const columns = new Map<number, number>();
    for (const { axisY, layer } of sketch?.boxes ?? []) {
      if (layer.op === 'Conv') columns.set(axisY, (columns.get(axisY) ?? 0) + 1);
    }
    expect([...columns].sort(([a], [b]) => a - b).map(([, convolutions]) => convolutions)).toEqual([
      1, 2, 4, 8,
    ]);
  });
});
