import { inputProblem } from '../../engine/graph/lower.ts';
import type { Pair } from '../../engine/spec/types.ts';

/** What a text says about an input size. */
export type ParsedInputSize =
  | { readonly kind: 'size'; readonly size: Pair }
  /** Nothing written: the definition's own size. */
  | { readonly kind: 'empty' }
  /** Not one or two whole numbers. */
  | { readonly kind: 'not-a-size' }
  /** A height or width of 0. */
  | { readonly kind: 'zero' }
  /** More values than the engine takes. */
  | { readonly kind: 'too-large' };

/**
 * Reads `224` (square) or `256x192`, `256×192`, `256 * 192` (height by width) as an input size.
 *
 * @param channels channels of the input, for the limit on its values
 */
export function parseInputSize(text: string, channels: number): ParsedInputSize {
  const trimmed = text.normalize('NFKC').trim();
  if (trimmed === '') return { kind: 'empty' };
  const match = /^(\d+)(?:\s*[x×*]\s*(\d+))?$/i.exec(trimmed);
  if (!match) return { kind: 'not-a-size' };
  const height = Number(match[1]);
  const width = Number(match[2] ?? match[1]);
  if (height === 0 || width === 0) return { kind: 'zero' };
  if (inputProblem([channels, height, width])) return { kind: 'too-large' };
  return { kind: 'size', size: [height, width] };
}

/** An input size as the address writes it: `224`, or `256x192` for height and width that differ. */
export const inputSizeText = ([height, width]: Pair): string =>
  height === width ? String(height) : `${height}x${width}`;
