import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantities, scaleKinds } from '../chart/quantities.ts';
import { chartParameters, comparedIn, hrefWith } from './chart-url.ts';
import { readState, writeState } from './query-state.ts';

const value = fc.integer({ min: 1, max: 10 ** 12 }).map((whole) => whole / 1000);
const span = fc.tuple(value, value).filter(([from, to]) => from < to);
const state = fc.record({
  x: fc.constantFrom(...quantities),
  y: fc.constantFrom(...quantities),
  size: fc.constantFrom(...quantities),
  xs: fc.option(fc.constantFrom(...scaleKinds), { nil: null }),
  ys: fc.option(fc.constantFrom(...scaleKinds), { nil: null }),
  bx: fc.option(span, { nil: null }),
  by: fc.option(span, { nil: null }),
  weights: fc.option(value, { nil: null }),
  macs: fc.option(value, { nil: null }),
  memory: fc.option(value, { nil: null }),
  time: fc.option(value, { nil: null }),
  accuracy: fc.option(value, { nil: null }),
});

describe('the address of the chart', () => {
  it('gives back what was written into it, and leaves other parameters as they are', () => {
    fc.assert(
      fc.property(state, (chosen) => {
        const search = writeState(chartParameters, chosen, '?n=vgg16&n=resnet50&lang=zh');
        expect(readState(chartParameters, search)).toEqual(chosen);
        expect(comparedIn(search)).toEqual(['vgg16', 'resnet50']);
        expect(new URLSearchParams(search).get('lang')).toBe('zh');
      }),
    );
  });

  it('holds nothing at its defaults', () => {
    expect(writeState(chartParameters, readState(chartParameters, ''))).toBe('');
  });

  it('counts what cannot be read as left out', () => {
    const search = '?x=price&ys=cubic&bx=5-2&by=70&weights=-3&macs=0&accuracy=seventy';
    expect(readState(chartParameters, search)).toEqual(readState(chartParameters, ''));
  });
});

describe('the way to compare one network more', () => {
  it('adds it to the others and keeps the rest of the address', () => {
    expect(hrefWith('vgg16', '?x=parameters&n=resnet50')).toBe('/compare?x=parameters&n=resnet50&n=vgg16');
    expect(hrefWith('vgg16', '')).toBe('/compare?n=vgg16');
  });

  it('is closed for one that is compared already, and for a fifth', () => {
    expect(hrefWith('vgg16', '?n=vgg16')).toBeNull();
    expect(hrefWith('e', '?n=a&n=b&n=c&n=d')).toBeNull();
    expect(hrefWith('d', '?n=a&n=b&n=b&n=c')).toBe('/compare?n=a&n=b&n=c&n=d');
  });
});
