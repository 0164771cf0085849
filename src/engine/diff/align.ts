/** Two positions that go together, or one alone: −1 stands for the missing side. */
export type Step = readonly [before: number, after: number];

const SAME = 0;
const BEFORE = 1;
const AFTER = 2;

/**
 * Aligns two sequences so that the sum of the worths of the pairs is largest (Needleman and Wunsch, without a price for
 * gaps). Among equals it pairs as early as it can, and lists what is gone ahead of what is new.
 *
 * Time and one byte of memory for each pair of positions.
 *
 * @param worth above 0 where two positions may be paired, else 0
 */
export function align(
  before: number,
  after: number,
  worth: (before: number, after: number) => number,
): readonly Step[] {
  const columns = after + 1;
  const choice = new Uint8Array((before + 1) * columns);
  let above = new Float64Array(columns);
  let row = new Float64Array(columns);
  for (let j = 1; j < columns; j += 1) choice[j] = AFTER;
  for (let i = 1; i <= before; i += 1) {
    const start = i * columns;
    choice[start] = BEFORE;
    row[0] = 0;
    let left = 0;
    let corner = 0;
    for (let j = 1; j < columns; j += 1) {
      const up = above[j] as number;
      let best = left;
      let chosen = AFTER;
      if (up > best) {
        best = up;
        chosen = BEFORE;
      }
      const pair = worth(i - 1, j - 1);
      if (pair > 0 && corner + pair > best) {
        best = corner + pair;
        chosen = SAME;
      }
      choice[start + j] = chosen;
      row[j] = best;
      left = best;
      corner = up;
    }
    [above, row] = [row, above];
  }
  const steps: Step[] = [];
  let i = before;
  let j = after;
  while (i > 0 || j > 0) {
    const chosen = choice[i * columns + j];
    if (chosen === SAME) {
      i -= 1;
      j -= 1;
      steps.push([i, j]);
    } else if (chosen === BEFORE) {
      i -= 1;
      steps.push([i, -1]);
    } else {
      j -= 1;
      steps.push([-1, j]);
    }
  }
  return steps.reverse();
}
