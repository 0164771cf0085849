import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shortenPath } from './shorten-path.ts';

describe('a path where there is little room', () => {
  it('keeps its ends, and as many names behind the first as fit', () => {
    expect(shortenPath('stage1/conv2/conv')).toBe('stage1/conv2/conv');
    expect(shortenPath('block1/layer6/new/conv1/conv')).toBe('block1/layer6/…/conv');
    expect(shortenPath('stage1/fractal/columns2to3/first/column3/second/conv')).toBe('stage1/fractal/…/conv');
    expect(shortenPath('aVeryLongNameOfASingleLayer')).toBe('aVeryLongNameOfASingleLayer');
  });

  it('is never longer than it was, and begins and ends as it did', () => {
    const name = fc.stringMatching(/^[a-z0-9_]{1,12}$/);
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 8 }), (names) => {
        const short = shortenPath(names.join('/'));
        expect(short.length).toBeLessThanOrEqual(names.join('/').length + 1);
        expect(short.split('/')[0]).toBe(names[0]);
        expect(short.split('/').at(-1)).toBe(names.at(-1));
      }),
    );
  });
});
