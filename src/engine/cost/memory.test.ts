import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateGraph, ownTensors } from '../evaluate/evaluate-graph.ts';
import { lower } from '../graph/lower.ts';
import { contextOf, type Graph, INPUT, shapeOf } from '../graph/types.ts';
import { operatorOf } from '../ops/index.ts';
import { sizeOf } from '../ops/window.ts';
import { arbitraryArchitecture } from '../spec/arbitrary.testing.ts';
import { conv, image, relu, residual, tap } from '../spec/layers.ts';
import type { Architecture, Series } from '../spec/types.ts';
import { seededInput, seededTensors } from '../weights/seeded.ts';
import { bytesOf, peakMemory } from './memory.ts';

/** Runs a graph with an allocator that counts readers, and notes what is held while each node runs. */
function simulate(graph: Graph): number[] {
  const readersLeft = new Map<string, number>();
  const keep = new Set(graph.outputs);
  for (const { inputs } of graph.nodes) {
    for (const id of inputs) readersLeft.set(id, (readersLeft.get(id) ?? 0) + 1);
  }
  // Blocks of memory, each with the tensors that lie in it and are still wanted.
  let blocks = [{ size: sizeOf(graph.input), wanted: new Set([INPUT]) }];
  return graph.nodes.map((node) => {
    const size = sizeOf(shapeOf(graph, node.id));
    const [source = INPUT] = node.inputs;
    for (const id of node.inputs) readersLeft.set(id, (readersLeft.get(id) ?? 0) - 1);
    const isLastReader = readersLeft.get(source) === 0 && !keep.has(source);
    const own = blocks.find(({ wanted }) => wanted.has(source));
    if (operatorOf(node.op).inPlace && isLastReader && own?.wanted.size === 1) {
      own.wanted = new Set([source, node.id]);
    } else {
      blocks.push({ size, wanted: new Set([node.id]) });
    }
    const held = blocks.reduce((sum, block) => sum + block.size, 0);
    const isWanted = (id: string) => keep.has(id) || (readersLeft.get(id) ?? 0) > 0;
    for (const block of blocks) block.wanted = new Set([...block.wanted].filter(isWanted));
    blocks = blocks.filter(({ wanted }) => wanted.size > 0);
    return held;
  });
}

/**
 * Computes a graph in real memory, freed as soon as nothing further on reads it, and spoilt when freed, so that a buffer
 * given back too early would show in the answer. Notes what is held while each node runs.
 */
function runInBuffers(graph: Graph) {
  const tensors = seededTensors(graph, 3);
  const input = Float64Array.from(seededInput(sizeOf(graph.input), 4));
  const memory = new Map<string, Float64Array>([[INPUT, input.slice()]]);
  const isReadAfter = (id: string, index: number) =>
    graph.outputs.includes(id) || graph.nodes.some((node) => node.index > index && node.inputs.includes(id));
  const held = graph.nodes.map((node) => {
    const sources = node.inputs.map((id) => memory.get(id) as Float64Array);
    const [source] = sources;
    // Everyone who can still see the memory of the first input, under whatever name.
    const sharers = [...memory].filter(([, buffer]) => buffer === source).map(([id]) => id);
    const isFree = operatorOf(node.op).inPlace && !sharers.some((id) => isReadAfter(id, node.index));
    const output = isFree && source ? source : new Float64Array(sizeOf(node.shape));
    operatorOf(node.op).evaluate(contextOf(node), sources, ownTensors(node, tensors), output);
    memory.set(node.id, output);
    const total = [...new Set(memory.values())].reduce((sum, buffer) => sum + buffer.length, 0);
    for (const [id] of [...memory]) if (!isReadAfter(id, node.index)) memory.delete(id);
    const stillHeld = new Set(memory.values());
    for (const buffer of [...sources, output]) if (!stillHeld.has(buffer)) buffer.fill(Number.NaN);
    return total;
  });
  const expected = evaluateGraph(graph, tensors, input);
  return { held, memory, expected };
}

const network = (layers: Series): Architecture => ({
  id: 'test',
  title: 'Test',
  source: { paper: 'none', where: 'made up', year: 2000, authors: 'nobody' },
  input: image(2, 10),
  layers,
});

describe('peak activation memory', () => {
  it('equals what an allocator that counts readers holds, for networks of any structure', () => {
    fc.assert(
      fc.property(arbitraryArchitecture, (architecture) => {
        const graph = lower(architecture);
        const held = simulate(graph);
        const peak = peakMemory(graph);
        expect(peak.along).toEqual(held);
        expect(peak.values).toBe(held.length > 0 ? Math.max(...held) : sizeOf(graph.input));
        const at = graph.nodeById.get(peak.node)?.index;
        if (at !== undefined) expect(held[at]).toBe(peak.values);
        const alive = peak.alive.reduce((sum, id) => sum + sizeOf(shapeOf(graph, id)), 0);
        expect(alive).toBe(peak.values);
      }),
      { numRuns: 300 },
    );
  });

  it('is enough, and what is really held, when a network of any structure runs in memory given back at once', () => {
    fc.assert(
      fc.property(arbitraryArchitecture, (architecture) => {
        const graph = lower({ ...architecture, input: [3, 12, 11] });
        const { held, memory, expected } = runInBuffers(graph);
        expect(peakMemory(graph).along).toEqual(held);
        for (const id of graph.outputs) expect(memory.get(id)).toEqual(expected.get(id));
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('of a chain is its largest input and output together, activations in place', () => {
    const graph = lower(network({ conv1: conv(6, 3), relu1: relu(), conv2: conv(8, 3), relu2: relu() }));
    expect(peakMemory(graph)).toEqual({
      values: 6 * 64 + 8 * 36,
      node: 'conv2',
      alive: ['conv1', 'conv2'],
      along: [200 + 384, 384, 384 + 288, 288],
    });
  });

  it('holds what a shortcut keeps alive', () => {
    const graph = lower(
      network({
        block: residual({
          body: { a: conv(2, 3, { padding: 1 }), relu: relu(), b: conv(2, 3, { padding: 1 }) },
        }),
      }),
    );
    expect(peakMemory(graph).along).toEqual([400, 400, 600, 600]);
  });

  it('holds a tap to the end', () => {
    const graph = lower(network({ side: tap({ conv: conv(1, 1) }), a: conv(2, 1), b: conv(2, 1) }));
    expect(peakMemory(graph).along).toEqual([300, 500, 500]);
  });

  it('in bytes follows the number format and the batch', () => {
    expect([bytesOf(10, 'fp32'), bytesOf(10, 'fp16', 8), bytesOf(10, 'int8', 3)]).toEqual([40, 160, 30]);
  });
});
