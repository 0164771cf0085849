/**
 * Prints the 32×32 pictures that a network receives for stored pen strokes, by the atlas's own preprocessing.
 *
 * `npx tsx training/prepare-strokes.ts FILE` reads `[{ label, style, width, strokes: [[[x, y], …], …] }, …]` on
 * the 280×280 pad and prints `[{ label, style, pixels }, …]`, pixels 0..1 row by row, null where there is no ink.
 */
import { readFileSync } from 'node:fs';
import { prepareDrawing } from '../src/engine/runtime/preprocess/digit.ts';

interface StoredDigit {
  readonly label: number;
  readonly style: string;
  readonly width: number;
  readonly strokes: readonly (readonly (readonly [number, number])[])[];
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: tsx training/prepare-strokes.ts FILE');
const digits = JSON.parse(readFileSync(file, 'utf8')) as readonly StoredDigit[];
const prepared = digits.map(({ label, style, width, strokes }) => {
  const drawing = prepareDrawing(
    strokes.map((points) => ({ width, points: points.map(([x, y]) => ({ x, y })) })),
  );
  return { label, style, pixels: drawing.status === 'ok' ? Array.from(drawing.padded.data) : null };
});
process.stdout.write(JSON.stringify(prepared));
