import type { Point, Stroke } from '../../engine/runtime/preprocess/stroke.ts';

/** One way of writing a digit: its strokes in pad units. */
export type SampleDigit = readonly Stroke[];

const sampleWidth = 20;
const spacing = 6;

/**
 * Three ways or more of writing each digit. A string is one stroke: the points the pen passes through, `x,y` in
 * pad units, with `/` after a point where it turns a corner.
 */
const writtenDigits: readonly (readonly (readonly string[])[])[] = [
  [
    ['152,48 120,55 96,86 84,130 88,178 106,216 138,232 170,220 192,184 198,140 190,92 172,60 146,47'],
    ['170,72 140,58 106,70 82,106 78,150 96,192 132,210 170,202 198,170 204,126 190,88 162,70 146,72'],
    ['132,46 112,72 102,116 102,164 114,208 136,230 158,216 172,176 174,128 166,80 150,52 136,44'],
  ],
  [
    ['104,92 126,74 146,48 / 146,110 146,170 146,232'],
    ['154,46 148,110 141,172 134,234'],
    ['92,106 116,84 136,50 / 137,112 138,172 138,228', '98,230 138,229 184,228'],
    ['70,128 102,94 132,66 150,44 / 150,106 150,170 150,236'],
  ],
  [
    ['86,96 98,66 132,48 168,56 188,88 178,124 150,160 116,194 84,226 / 124,226 160,226 200,226'],
    [
      '90,84 112,58 148,48 178,64 182,98 158,140 124,184 94,222 70,220 66,200 84,188 112,196 142,216 172,226 202,210',
    ],
    ['80,70 112,54 150,50 182,64 186,90 160,126 124,172 88,226 / 128,224 164,227 196,224'],
  ],
  [
    ['90,74 120,52 158,54 180,82 170,112 142,132 120,136 / 154,140 184,160 188,194 164,222 126,232 88,214'],
    ['84,56 130,54 184,52 / 160,86 132,120 / 166,122 190,152 190,190 164,222 124,230 84,212'],
    ['96,66 128,46 164,60 172,94 148,124 124,130 152,136 180,158 184,194 160,224 122,230 92,206'],
  ],
  [
    ['114,52 104,100 92,150 / 140,150 200,148', '174,86 170,140 164,190 160,234'],
    ['168,46 136,90 106,130 74,172 / 122,172 164,170 208,168', '168,46 168,110 168,172 168,234'],
    ['104,56 94,96 92,128 110,148 144,146 176,130', '184,52 178,112 172,174 168,234'],
  ],
  [
    ['108,56 102,96 98,128 / 126,114 162,120 188,150 186,190 160,222 120,232 84,214', '108,56 146,54 188,52'],
    ['188,50 146,54 106,58 / 98,96 92,132 / 126,120 164,132 184,164 174,202 140,228 104,228 78,208'],
    [
      '112,62 108,96 106,120 / 136,110 168,124 184,158 174,198 146,224 112,230 84,216',
      '112,62 148,62 194,50',
    ],
  ],
  [
    ['174,52 140,70 110,108 92,154 92,198 116,228 152,230 182,206 184,172 160,150 128,154 102,180'],
    ['160,46 132,92 108,138 92,184 104,220 138,234 172,222 186,192 172,164 142,152 112,168 96,196'],
    ['186,72 160,50 126,62 100,104 88,156 96,206 128,232 166,222 188,190 176,156 144,148 110,164 94,192'],
  ],
  [
    ['80,60 134,58 196,54 / 172,104 150,156 126,234'],
    ['84,64 138,58 196,60 / 170,112 146,170 130,232', '104,148 142,144 182,142'],
    ['84,90 84,62 / 136,62 192,56 / 164,110 142,168 134,232'],
  ],
  [
    [
      '178,74 148,50 112,58 100,90 122,122 156,146 184,178 178,214 144,234 106,222 92,188 112,154 148,126 176,98 178,74',
    ],
    [
      '138,48 110,62 104,96 124,126 152,124 174,98 168,64 138,48',
      '138,130 104,148 92,186 112,224 148,230 180,208 182,168 160,136 138,130',
    ],
    [
      '140,138 108,112 102,76 128,50 160,54 178,84 166,114 136,138 102,168 92,202 116,230 154,232 182,206 176,168 140,138',
    ],
  ],
  [
    ['178,80 150,52 116,60 96,94 108,128 142,136 170,112 180,78 / 178,130 172,184 166,234'],
    ['182,84 154,52 118,58 98,92 112,130 148,132 174,104 182,80 184,132 172,188 144,224 112,228 90,206'],
    ['166,66 132,52 104,74 98,112 122,136 156,118 174,76 / 160,134 142,184 122,234'],
  ],
];

/** Points every six units or so along a curve through the given points (a Catmull–Rom spline). */
function traceCurve(knots: readonly Point[]): Point[] {
  const first = knots[0];
  const last = knots[knots.length - 1];
  if (first === undefined || last === undefined) return [];
  const traced: Point[] = [first];
  for (let i = 0; i + 1 < knots.length; i += 1) {
    const from = knots[i] ?? first;
    const to = knots[i + 1] ?? last;
    const before = knots[i - 1] ?? from;
    const after = knots[i + 2] ?? to;
    const steps = Math.max(Math.round(Math.hypot(to.x - from.x, to.y - from.y) / spacing), 1);
    const along = (t: number, p0: number, p1: number, p2: number, p3: number) =>
      p1 + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)));
    for (let step = 1; step <= steps; step += 1) {
      const t = step / steps;
      traced.push({
        x: along(t, before.x, from.x, to.x, after.x),
        y: along(t, before.y, from.y, to.y, after.y),
      });
    }
  }
  return traced;
}

function traceStroke(written: string): Stroke {
  const runs: Point[][] = [[]];
  for (const mark of written.split(' ')) {
    const run = runs[runs.length - 1];
    if (mark === '/') {
      runs.push(run?.slice(-1) ?? []);
      continue;
    }
    const [x, y] = mark.split(',').map(Number);
    if (x !== undefined && y !== undefined) run?.push({ x, y });
  }
  const points = runs.flatMap((run, i) => traceCurve(run).slice(i === 0 ? 0 : 1));
  return { points, width: sampleWidth };
}

/** How many ways of writing the digit there are; 0 for a number that is no digit. */
export function countSamples(digit: number): number {
  return writtenDigits[digit]?.length ?? 0;
}

/** The digit written in the given style (counted round: style 3 of three is style 0); empty if there is none. */
export function writeSample(digit: number, style: number): SampleDigit {
  const styles = writtenDigits[digit];
  if (!styles || !Number.isInteger(style)) return [];
  return (styles[((style % styles.length) + styles.length) % styles.length] ?? []).map(traceStroke);
}
