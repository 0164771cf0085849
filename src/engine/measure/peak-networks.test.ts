import { describe, expect, it } from 'vitest';
import { computeCosts } from '../cost/costs.ts';
import { bytesMoved } from '../cost/roofline.ts';
import { arithmeticGraph, MEMORY_LAYERS, memoryGraph } from './peak-networks.ts';

const traffic = { dtype: 'fp32', batch: 1 } as const;

describe('the networks that measure a device’s limits', () => {
  it('are arithmetic alone, some hundreds of FLOPs a byte', () => {
    const graph = arithmeticGraph();
    const costs = computeCosts(graph);
    expect(graph.problem).toBeNull();
    expect(costs.total.macs).toBe(3 * 256 * 256 * 9 * 28 * 28);
    const bytes = graph.nodes.reduce(
      (sum, node) => sum + bytesMoved(node, costs.byNode.get(node.id) ?? costs.total, traffic),
      0,
    );
    expect(costs.total.flops / bytes).toBeGreaterThan(100);
  });

  it('and memory alone: every layer reads and writes all of its values', () => {
    const graph = memoryGraph();
    expect(graph.nodes).toHaveLength(MEMORY_LAYERS);
    for (const node of graph.nodes) expect(node.shape).toEqual([64, 256, 256]);
  });
});
