import { describe, expect, it } from 'vitest';
import { medianOf, readLayerTimes } from './layer-times.ts';

const node = (name: string, dur: number): string =>
  `{"cat" : "Node","pid" :7,"tid" :1,"dur" :${dur},"ts" :9,"ph" : "X","name" :"${name}_kernel_time","args" : {"op_name" : "Conv"}},`;
const end = (dur: number): string =>
  `{"cat" : "Session","pid" :7,"tid" :1,"dur" :${dur},"ts" :9,"ph" : "X","name" :"model_run","args" : {}},`;

const profile = [
  '[',
  '{"cat" : "Session","pid" :7,"tid" :1,"dur" :900,"ts" :9,"ph" : "X","name" :"session_initialization","args" : {}},',
  ...[node('a', 9000), node('norm#square', 1), end(99_000)],
  ...[node('a', 100), node('norm#square', 20), node('norm#root', 30), node('reorder_7', 5), end(200)],
  ...[node('a', 300), node('norm#square', 20), node('norm#root', 40), node('reorder_7', 5), end(400)],
  ...[node('a', 110), node('norm#square', 20), node('norm#root', 31), node('reorder_7', 5), end(210)],
  ']',
];

/** Parts of a node bear its name. */
const whole = (name: string): string => name.split('#')[0] ?? '';

describe('a profile of the runtime', () => {
  it('gives each node’s median in milliseconds, without the runs that warm up', () => {
    const times = readLayerTimes(profile, ['a', 'norm', 'dropout'], whole, 1);
    expect(times.runs).toBe(3);
    expect(times.byNode).toEqual(
      new Map([
        ['a', 0.11],
        ['norm', 0.051],
      ]),
    );
    expect(times.layersMs).toBeCloseTo(0.11 + 0.051, 9);
  });

  it('counts as other what belongs to no node here', () => {
    // 200 − 150, 400 − 360, 210 − 161: of each 5 µs are the layout’s, the rest the runtime’s own.
    expect(readLayerTimes(profile, ['a', 'norm'], whole, 1).otherMs).toBeCloseTo(0.049, 9);
  });

  it('passes over what is no event, and has nothing to tell of an empty one', () => {
    expect(readLayerTimes(['hello', '{"cat": broken', ...profile], ['a'], whole, 1).runs).toBe(3);
    expect(readLayerTimes([], ['a'], whole, 1)).toEqual({
      byNode: new Map(),
      layersMs: 0,
      otherMs: 0,
      runs: 0,
    });
  });
});

describe('a median', () => {
  it('is the middle, or between the two in the middle', () => {
    expect(medianOf([3, 1, 2])).toBe(2);
    expect(medianOf([4, 1, 2, 3])).toBe(2.5);
    expect(medianOf([])).toBe(0);
  });
});
