import { describe, expect, it } from 'vitest';
import { fingerprintOf, fingerprintPattern } from './fingerprint.ts';

const noise = (length: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, (_, index) => (index * 2654435761) >>> 24);

const of = (bytes: Uint8Array<ArrayBuffer>) => fingerprintOf(new Blob([bytes]));

describe('a file’s fingerprint', () => {
  it('is the same for the same bytes, and another for any other byte of a small file', async () => {
    const bytes = noise(200_000);
    const own = await of(bytes);
    expect(own).toMatch(fingerprintPattern);
    expect(await of(noise(200_000))).toBe(own);
    for (const at of [0, 65_535, 65_536, 131_071, 150_000, 199_999]) {
      const other = noise(200_000);
      other[at] = (other[at] ?? 0) ^ 1;
      expect(await of(other), String(at)).not.toBe(own);
    }
  });

  it('is another for another size, and reads no more than some pieces of a large file', async () => {
    expect(await of(new Uint8Array(0))).not.toBe(await of(new Uint8Array(1)));
    let read = 0;
    const size = 3 * 2 ** 30;
    await fingerprintOf({
      size,
      slice: (start, end) => {
        expect(end).toBeLessThanOrEqual(size);
        read += end - start;
        return { arrayBuffer: async () => new ArrayBuffer(end - start) };
      },
    });
    expect(read).toBe(64 * 64 * 1024);
  });
});
