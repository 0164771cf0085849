import { beforeEach, describe, expect, it } from 'vitest';
import { measuredTimesStore, readTimes, recordTime } from './measured-times.ts';

const timeOf = (id: string) => measuredTimesStore.getState().times[id];

describe('times measured on this device', () => {
  beforeEach(() => measuredTimesStore.setState({ times: {} }));

  it('are kept once ten runs have made the median steady, and renewed every ten', () => {
    recordTime('lenet5', { ms: 9, backend: 'wasm', runs: 9 });
    expect(timeOf('lenet5')).toBeUndefined();
    recordTime('lenet5', { ms: 1.5, backend: 'wasm', runs: 10 });
    expect(timeOf('lenet5')).toMatchObject({ ms: 1.5, backend: 'wasm', runs: 10 });
    recordTime('lenet5', { ms: 7, backend: 'wasm', runs: 11 });
    expect(timeOf('lenet5')?.ms).toBe(1.5);
    recordTime('lenet5', { ms: 1.25, backend: 'webgpu', runs: 20 });
    expect(timeOf('lenet5')).toMatchObject({ ms: 1.25, backend: 'webgpu', runs: 20 });
  });

  it('hold no time that is none', () => {
    recordTime('lenet5', { ms: Number.NaN, backend: 'wasm', runs: 10 });
    recordTime('lenet5', { ms: 0, backend: 'wasm', runs: 10 });
    expect(timeOf('lenet5')).toBeUndefined();
  });

  it('are read back as far as what is stored can be used', () => {
    const good = { ms: 2, backend: 'wasm', runs: 10, when: 5 };
    const stored = {
      times: { good, slow: { ...good, ms: 'x' }, odd: { ...good, backend: 'cuda' }, gone: null },
    };
    expect(readTimes(stored)).toEqual({ good });
    for (const nothing of [null, undefined, 7, {}, { times: null }, { times: 'x' }])
      expect(readTimes(nothing)).toEqual({});
  });
});
