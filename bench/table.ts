/** One measurement beside what it should be. */
export interface Measurement {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'kB' | 'MB' | '%' | 'elements';
  /** The largest value that meets the budget; absent for a figure without one. */
  readonly target?: number;
  /** What the value is the median of, or anything else worth saying. */
  readonly note: string;
}

/** Median of numbers; NaN of none. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? Number.NaN;
  const lower = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

const show = (value: number): string => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** Measurements as a table: what, measured, target, met, of what. */
export function formatTable(measurements: readonly Measurement[]): string {
  const rows = [
    ['what', 'measured', 'target', 'met', 'of'],
    ...measurements.map(({ what, value, unit, target, note }) => [
      what,
      `${show(value)} ${unit}`,
      target === undefined ? '' : `≤ ${show(target)} ${unit}`,
      target === undefined ? '' : value <= target ? 'yes' : 'NO',
      note,
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((text, column) =>
        column === 1 ? text.padStart(widths[1] ?? 0) : text.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd();
  return [
    line(rows[0] ?? []),
    widths.map((width) => '─'.repeat(width)).join('  '),
    ...rows.slice(1).map(line),
  ].join('\n');
}
