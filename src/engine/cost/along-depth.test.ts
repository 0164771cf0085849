import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lower } from '../graph/lower.ts';
import { receptiveFields } from '../graph/receptive-field.ts';
import { arbitraryArchitecture } from '../spec/arbitrary.testing.ts';
import { conv, fc as dense, flatten, image, relu } from '../spec/layers.ts';
import type { Architecture } from '../spec/types.ts';
import { alongDepth, depthIntensity, depthOver } from './along-depth.ts';
import { computeCosts } from './costs.ts';
import { peakMemory } from './memory.ts';
import { type Device, knownDevices, roofline, type Traffic } from './roofline.ts';

const small: Architecture = {
  id: 'test',
  title: 'Test',
  source: { paper: 'none', where: 'made up', year: 2000, authors: 'nobody' },
  input: image(2, 8),
  layers: { conv: conv(4, 3), relu: relu(), flatten: flatten(), fc: dense(10) },
};

const traffic: Traffic = { dtype: 'fp32', batch: 3 };

function read(architecture: Architecture, how: Traffic = traffic) {
  const graph = lower(architecture);
  const costs = computeCosts(graph);
  const peak = peakMemory(graph);
  return { graph, costs, peak, along: alongDepth(graph, costs, receptiveFields(graph), peak, how) };
}

describe('costs along depth', () => {
  it('move every input, parameter and output once', () => {
    const { along } = read(small);
    const weights = 4 * 2 * 9 + 4;
    expect(along.map(({ bytesMoved }) => bytesMoved)).toEqual([
      4 * (3 * (128 + 144) + weights),
      4 * 3 * (144 + 144),
      0,
      4 * (3 * (144 + 10) + 1450),
    ]);
    expect(depthIntensity(depthOver(along, 3, 4), 'macs', 3)).toBeCloseTo(
      (3 * 1440) / (4 * (462 + 1450)),
      12,
    );
    expect(depthIntensity(depthOver(along, 2, 3), 'flops', 3)).toBeNull();
  });

  it('of a run of nodes are sums, the most alive and the widest field', () => {
    const { along } = read(small);
    expect(depthOver(along, 0, 3)).toEqual({
      parameters: 76,
      macs: 36 * 4 * 18,
      flops: 36 * 4 * 18 * 2 + 144 + 144,
      activations: 3 * 144,
      alive: 272,
      receptiveField: 3,
      bytesMoved: 4 * (3 * (128 + 144) + 76) + 4 * 3 * 288,
    });
    expect(depthOver(along, 2, 2).parameters).toBe(0);
  });

  it('add up to the totals, and reach the peak, for networks of any structure', () => {
    fc.assert(
      fc.property(arbitraryArchitecture, (architecture) => {
        const { graph, costs, peak, along } = read(architecture);
        const { alive, ...sums } = depthOver(along, 0, graph.nodes.length);
        const { parameters, macs, flops, activations } = costs.total;
        expect(sums).toMatchObject({ parameters, macs, flops, activations });
        if (graph.nodes.length > 0) expect(alive).toBe(peak.values);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the roofline bound', () => {
  const device: Device = { peak: 1e9, bandwidth: 1e8 };

  it('adds up what each operator cannot beat', () => {
    const { graph, costs } = read(small);
    const bound = roofline(graph, costs, traffic, device);
    const convolution = Math.max((3 * (2 * 2592 + 144)) / 1e9, (4 * (816 + 76)) / 1e8);
    const relus = Math.max((3 * 144) / 1e9, (4 * 864) / 1e8);
    const connected = Math.max((3 * (2 * 1440 + 10)) / 1e9, (4 * (462 + 1450)) / 1e8);
    expect(bound.seconds).toBeCloseTo(convolution + relus + connected, 15);
    expect(bound.memoryBoundSeconds).toBeCloseTo(bound.seconds, 15);
    expect(bound.ridge).toBe(10);
  });

  it('lies between the longer of arithmetic and memory alone and their sum', () => {
    fc.assert(
      fc.property(
        arbitraryArchitecture,
        fc.double({ min: 1e6, max: 1e15, noNaN: true }),
        fc.double({ min: 1e6, max: 1e13, noNaN: true }),
        (architecture, peak, bandwidth) => {
          const { graph, costs } = read(architecture);
          const bound = roofline(graph, costs, traffic, { peak, bandwidth });
          const least = Math.max(bound.computeSeconds, bound.memorySeconds);
          expect(bound.seconds).toBeGreaterThanOrEqual(least * (1 - 1e-12));
          expect(bound.seconds).toBeLessThanOrEqual(
            (bound.computeSeconds + bound.memorySeconds) * (1 + 1e-12),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('knows devices by figures that follow from their makers’', () => {
    const [gtx580] = knownDevices;
    expect(gtx580?.peak.fp32).toBeCloseTo(1.581e12, -9);
    expect(gtx580?.bandwidth).toBeCloseTo(192.4e9, -8);
    for (const { peak, bandwidth } of knownDevices) expect((peak.fp32 ?? 0) / bandwidth).toBeGreaterThan(5);
  });
});
