import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { promisedType, sniffPicture } from './sniff-picture.ts';

const ascii = (text: string): readonly number[] => [...text].map((letter) => letter.charCodeAt(0));
const u32 = (value: number): readonly number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
const u32le = (value: number): readonly number[] => [...u32(value)].reverse();
const u16le = (value: number): readonly number[] => [value & 255, value >> 8];
const bytes = (...parts: readonly (readonly number[])[]): Uint8Array => Uint8Array.from(parts.flat());
const text = (source: string): Uint8Array => new TextEncoder().encode(source);

const chunk = (name: string, data: readonly number[]): readonly number[] => [
  ...u32(data.length),
  ...ascii(name),
  ...data,
  0,
  0,
  0,
  0,
];
const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const png = (width: number, height: number, depth = 8, extra: readonly number[] = []): Uint8Array =>
  bytes(
    pngSignature,
    chunk('IHDR', [...u32(width), ...u32(height), depth, 2, 0, 0, 0]),
    extra,
    chunk('IDAT', [1, 2, 3]),
    chunk('IEND', []),
  );
const jpeg = (components: number, end: readonly number[] = [0xff, 0xd9]): Uint8Array =>
  bytes(
    [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0],
    // A table whose marker stands among those of frames.
    [0xff, 0xc4, 0, 3, 0],
    [0xff, 0xc2, 0, 8, 8, 0x01, 0xe0, 0x02, 0x80, components, 0],
    [0xff, 0xda, 0, 2, 1, 2, 3],
    end,
  );
const gifFrame = [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 0x01, 0];
const gif = (frames: number, trailer: readonly number[] = [0x3b]): Uint8Array =>
  bytes(
    ascii('GIF89a'),
    u16le(300),
    u16le(200),
    [0x80, 0, 0, 0, 0, 0, 255, 255, 255],
    [0x21, 0xf9, 4, 0, 0, 0, 0, 0],
    Array.from({ length: frames }, () => gifFrame).flat(),
    trailer,
  );
const webp = (kind: string, data: readonly number[], missing = 0): Uint8Array =>
  bytes(
    ascii('RIFF'),
    u32le(12 + data.length + missing),
    ascii('WEBP'),
    ascii(kind),
    u32le(data.length),
    data,
  );
const isoMedia = (
  brand: string,
  others: readonly string[] = [],
  sizes: readonly (readonly [number, number])[] = [],
) =>
  bytes(
    u32(16 + 4 * others.length),
    ascii('ftyp'),
    ascii(brand),
    u32(0),
    others.flatMap(ascii),
    sizes.flatMap(([width, height]) => [
      ...u32(20),
      ...ascii('ispe'),
      ...u32(0),
      ...u32(width),
      ...u32(height),
    ]),
    [0, 0],
  );

describe('what a file is', () => {
  it('is read from a PNG: size, depth, frames', () => {
    expect(sniffPicture(png(640, 480))).toMatchObject({
      type: 'png',
      width: 640,
      height: 480,
      depth: 8,
      animated: false,
    });
    expect(sniffPicture(png(30_000, 30_000, 16))).toMatchObject({ width: 30_000, height: 30_000, depth: 16 });
    expect(sniffPicture(png(4, 4, 8, chunk('acTL', [0, 0, 0, 2, 0, 0, 0, 0]))).animated).toBe(true);
  });

  it('is read from a JPEG: size, inks', () => {
    expect(sniffPicture(jpeg(3))).toMatchObject({
      type: 'jpeg',
      width: 640,
      height: 480,
      cmyk: false,
      truncated: false,
    });
    expect(sniffPicture(jpeg(4)).cmyk).toBe(true);
  });

  it('is read from a GIF: size, frames', () => {
    expect(sniffPicture(gif(1))).toMatchObject({
      type: 'gif',
      width: 300,
      height: 200,
      animated: false,
      truncated: false,
    });
    expect(sniffPicture(gif(3)).animated).toBe(true);
  });

  it('is read from all three kinds of WebP', () => {
    expect(sniffPicture(webp('VP8X', [2, 0, 0, 0, 0x3f, 1, 0, 0x2b, 1, 0]))).toMatchObject({
      type: 'webp',
      width: 320,
      height: 300,
      animated: true,
      truncated: false,
    });
    const packed = 319 | (299 << 14);
    expect(sniffPicture(webp('VP8L', [0x2f, ...u32le(packed)]))).toMatchObject({
      width: 320,
      height: 300,
      animated: false,
    });
    expect(sniffPicture(webp('VP8 ', [0, 0, 0, 0x9d, 1, 0x2a, 0x40, 1, 0x2c, 1]))).toMatchObject({
      width: 320,
      height: 300,
    });
  });

  it('is read from a BMP, rows from the bottom or from the top', () => {
    const bmp = (height: number) =>
      bytes(
        ascii('BM'),
        u32le(60),
        u32le(0),
        u32le(54),
        u32le(40),
        u32le(7),
        u32le(height),
        Array(40).fill(0),
      );
    expect(sniffPicture(bmp(5))).toMatchObject({ type: 'bmp', width: 7, height: 5, truncated: false });
    expect(sniffPicture(bmp(2 ** 32 - 5)).height).toBe(5);
  });

  it('is told apart among ISO media by brand: AV1 stills, HEVC stills, films', () => {
    expect(
      sniffPicture(
        isoMedia(
          'avif',
          ['mif1'],
          [
            [64, 64],
            [1920, 1080],
          ],
        ),
      ),
    ).toMatchObject({ type: 'avif', width: 1920, height: 1080 });
    expect(sniffPicture(isoMedia('mif1', ['heic'])).type).toBe('heic');
    expect(sniffPicture(isoMedia('mif1', ['avif'])).type).toBe('avif');
    expect(sniffPicture(isoMedia('isom', ['mp42'])).type).toBe('video');
    expect(sniffPicture(isoMedia('avis')).animated).toBe(true);
  });

  it('is read from a drawing: size by lengths or by view box, scripts', () => {
    const plain = sniffPicture(
      text('<?xml version="1.0"?>\n<!-- made by hand -->\n<svg width="2cm" height="96" />'),
    );
    expect(plain).toMatchObject({ type: 'svg', height: 96, scripted: false, truncated: false });
    expect(plain.width).toBeCloseTo(75.59, 2);
    expect(sniffPicture(text('<svg viewBox="0 0 40 30"></svg>'))).toMatchObject({ width: 40, height: 30 });
    expect(sniffPicture(text('<svg viewBox="0 0 40 30" width="80"></svg>'))).toMatchObject({
      width: 80,
      height: 60,
    });
    expect(sniffPicture(text('<svg><script>alert(1)</script></svg>')).scripted).toBe(true);
    expect(sniffPicture(text('<svg onload="alert(1)"></svg>')).scripted).toBe(true);
    expect(sniffPicture(text('<svg><rect width="5"')).truncated).toBe(true);
  });

  it('is told of files that are no pictures', () => {
    expect(sniffPicture(text('%PDF-1.7 …')).type).toBe('pdf');
    expect(sniffPicture(text('PK\u0003\u0004rest')).type).toBe('zip');
    expect(sniffPicture(text('hello, world\n')).type).toBe('text');
    expect(sniffPicture(text('<!DOCTYPE html><p>404')).type).toBe('html');
    expect(sniffPicture(bytes([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0])).type).toBe('tiff');
    expect(sniffPicture(bytes([0xff, 0x0a, 0, 0])).type).toBe('jxl');
    expect(sniffPicture(bytes([0x1a, 0x45, 0xdf, 0xa3])).type).toBe('video');
    expect(sniffPicture(bytes([0, 1, 2, 3, 4, 5, 6, 7])).type).toBe('unknown');
  });

  it('is seen to be cut short', () => {
    for (const whole of [png(8, 8), jpeg(3), gif(2), webp('VP8L', [0x2f, 1, 2, 3, 4, 5, 6])]) {
      expect(sniffPicture(whole).truncated).toBe(false);
      expect(sniffPicture(whole.subarray(0, whole.length - 3)).truncated).toBe(true);
    }
    expect(sniffPicture(jpeg(3, [])).truncated).toBe(true);
    // Cameras append to a file that is complete.
    expect(sniffPicture(bytes([...jpeg(3)], [1, 2, 3, 4])).truncated).toBe(false);
  });

  it('is said of the site’s own icon', () => {
    expect(sniffPicture(readFileSync('public/favicon.svg')).type).toBe('svg');
  });

  it('is said of anything at all without failing', () => {
    const heads = [
      png(9, 9),
      jpeg(3),
      gif(2),
      webp('VP8X', Array(10).fill(1)),
      isoMedia('avif', ['mif1'], [[3, 3]]),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...heads),
        fc.uint8Array({ maxLength: 40 }),
        fc.nat(60),
        (head, noise, at) => {
          const mutated = Uint8Array.from(head);
          mutated.set(noise.subarray(0, Math.max(0, mutated.length - at)), Math.min(at, mutated.length));
          const { width, height } = sniffPicture(mutated.subarray(0, mutated.length - (at % 7)));
          for (const side of [width, height]) expect(side === null || Number.isFinite(side)).toBe(true);
          expect(typeof sniffPicture(noise).type).toBe('string');
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('what a name promises', () => {
  it('is its ending’s type, in whatever case', () => {
    expect(promisedType('Holiday.JPG')).toBe('jpeg');
    expect(promisedType('a.b.png')).toBe('png');
    expect(promisedType('notes')).toBeNull();
    expect(promisedType('notes.docx')).toBeNull();
  });
});
