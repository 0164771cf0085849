import { WeightsError } from './problem.ts';

/** One epoch of a training run; a figure that was not measured is NaN. */
export interface EpochRow {
  readonly epoch: number;
  readonly learningRate: number;
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  readonly seconds: number;
}

const columns = ['epoch', 'learningRate', 'trainLoss', 'trainAccuracy', 'testAccuracy', 'seconds'] as const;

/** The rows of a training curve, a CSV with a line of names. @throws WeightsError `bad-card` where a column is missing */
export function parseCurve(csv: string): readonly EpochRow[] {
  const [head = '', ...lines] = csv.trim().split(/\r?\n/);
  const names = head.split(',');
  const missing = columns.find((column) => !names.includes(column));
  if (missing) throw new WeightsError({ code: 'bad-card', field: `curve.${missing}`, expected: 'a column' });
  return lines.map((line) => {
    const cells = line.split(',');
    const value = (column: string): number => Number.parseFloat(cells[names.indexOf(column)] ?? '');
    return Object.fromEntries(columns.map((column) => [column, value(column)])) as unknown as EpochRow;
  });
}

/** How a network's parts fare: without each block, or each column alone. */
export interface PartsRecord {
  /** SHA-256 of the weight file that was measured. */
  readonly sha256: string;
  readonly kind: 'without' | 'alone';
  readonly command: string;
  readonly images: number;
  /** Accuracy of the whole network. */
  readonly whole: number;
  readonly parts: readonly { readonly id: string; readonly accuracy: number }[];
}

/** Reads the accuracy of a network's parts. @throws WeightsError `bad-card` */
export function parseParts(source: string): PartsRecord {
  const wrong = (field: string, expected: string) =>
    new WeightsError({ code: 'bad-card', field: `parts.${field}`, expected });
  let json: Partial<PartsRecord> | null;
  try {
    json = JSON.parse(source) as Partial<PartsRecord> | null;
  } catch {
    throw wrong('content', 'JSON');
  }
  const isShare = (value: unknown): boolean => typeof value === 'number' && value >= 0 && value <= 1;
  if (json?.kind !== 'without' && json?.kind !== 'alone') throw wrong('kind', 'without or alone');
  if (!isShare(json.whole)) throw wrong('whole', 'a number from 0 to 1');
  const isPart = (part: unknown): boolean =>
    typeof part === 'object' &&
    part !== null &&
    typeof (part as { id?: unknown }).id === 'string' &&
    isShare((part as { accuracy?: unknown }).accuracy);
  if (!Array.isArray(json.parts) || json.parts.length === 0 || !json.parts.every(isPart)) {
    throw wrong('parts', 'a list of ids and accuracies');
  }
  return json as PartsRecord;
}
