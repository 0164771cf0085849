import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../cost/costs.ts';
import { vary } from '../spec/form.ts';
import type { Architecture } from '../spec/types.ts';
import { uniformGenerator } from '../weights/seeded.ts';
import {
  columnsOf,
  expectedDepth,
  sampleBlocks,
  samplePaths,
  survivingBlocks,
  whatTrainingDrops,
} from './drop-paths.ts';
import { lower } from './lower.ts';

const analysed = (id: string) => {
  const graph = lower(architectures.get(id) as Architecture);
  return { graph, costs: computeCosts(graph) };
};

describe('what training drops', () => {
  it('are blocks, paths, or nothing', () => {
    expect(whatTrainingDrops(analysed('stochastic-depth-110').graph)).toBe('blocks');
    expect(whatTrainingDrops(analysed('fractalnet20').graph)).toBe('paths');
    expect(whatTrainingDrops(analysed('resnet50').graph)).toBeNull();
  });
});

describe('stochastic depth', () => {
  // E(L) = (3L − 1) / 4 for p_L = 0.5; MACs recounted independently.
  it.each([
    ['stochastic-depth-110', 54, 40.25, 82.5, 188_618_709],
    ['stochastic-depth-1202', 600, 449.75, 901.5, 2_120_862_254],
    ['stochastic-depth-152', 50, 37.25, 113.75, 8_696_962_744],
  ])('%s has %d blocks, of which %d are expected', (id, count, expected, layers, macs) => {
    const { graph, costs } = analysed(id);
    const blocks = survivingBlocks(graph, costs);
    expect(blocks).toHaveLength(count);
    const mean = expectedDepth(graph, costs, blocks);
    expect(mean.blocks).toBeCloseTo(expected, 9);
    expect(mean.weightLayers).toBeCloseTo(layers, 9);
    expect(Math.round(mean.macs)).toBe(macs);
  });

  it('falls linearly to the last block', () => {
    const { graph, costs } = analysed('stochastic-depth-110');
    const survivals = survivingBlocks(graph, costs).map(({ survival }) => survival);
    expect(survivals.at(-1)).toBe(0.5);
    expect(survivals[0]).toBeCloseTo(1 - 0.5 / 54, 12);
  });

  it('keeps as many blocks on average as expected', () => {
    const { graph, costs } = analysed('stochastic-depth-110');
    const blocks = survivingBlocks(graph, costs);
    const random = uniformGenerator(7);
    let kept = 0;
    const rolls = 2000;
    for (let roll = 0; roll < rolls; roll += 1) kept += sampleBlocks(blocks, random).filter(Boolean).length;
    expect(kept / rolls).toBeCloseTo(40.25, 0);
  });

  it('is found in no other network', () => {
    const { graph, costs } = analysed('resnet18');
    expect(survivingBlocks(graph, costs)).toEqual([]);
  });
});

describe('drop-path', () => {
  it('leaves one column of a fractal network where it drops globally, with that column’s cost', () => {
    const published = architectures.get('fractalnet20') as Architecture;
    const { graph, costs } = analysed('fractalnet20');
    expect(columnsOf(graph)).toBe(3);
    for (const column of [1, 2, 3]) {
      const paths = samplePaths(graph, costs, 'global', () => (column - 0.5) / 3);
      expect(paths.column).toBe(column);
      const alone = lower(vary(published, { column }).architecture as Architecture);
      const convolutions = [...paths.active].filter((id) => graph.nodeById.get(id)?.op === 'Conv');
      expect(convolutions.sort()).toEqual(
        alone.nodes
          .filter(({ op }) => op === 'Conv')
          .map(({ id }) => id)
          .sort(),
      );
      expect(paths.macs).toBe(computeCosts(alone).total.macs);
    }
  });

  it('keeps at least one input of every join where it drops locally', () => {
    const { graph, costs } = analysed('fractalnet40');
    const random = uniformGenerator(3);
    for (let roll = 0; roll < 200; roll += 1) {
      const { kept, active } = samplePaths(graph, costs, 'local', random);
      for (const [join, inputs] of kept) {
        expect(inputs.length).toBeGreaterThan(0);
        if (active.has(join)) for (const id of inputs) expect(active.has(id)).toBe(true);
      }
      expect(active.has(graph.outputs[0] ?? '')).toBe(true);
    }
  });
});
