import { architectures } from '../architectures/index.ts';
import { vary } from '../engine/spec/form.ts';
import { nearestIds } from '../engine/spec/nearest-ids.ts';
import type { Architecture, KnobValues, Shape } from '../engine/spec/types.ts';

/** A mistake in how a command was called; its message is meant for the person who called it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Runs a command's body and ends the process: what it returns is the exit code; a {@link UsageError} is printed on
 * standard error with code 2.
 */
export async function runCommand(body: () => number | Promise<number>): Promise<void> {
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(0);
  });
  try {
    process.exitCode = await body();
  } catch (error) {
    if (!isUsageError(error)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}

/** Mistakes that `parseArgs` finds carry its own codes. */
const isUsageError = (error: unknown): error is Error =>
  error instanceof UsageError ||
  (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'));

/** An architecture by its id. @throws UsageError for an unknown id, with the nearest ones */
export function findArchitecture(id: string): Architecture {
  const architecture = architectures.get(id);
  if (architecture) return architecture;
  const near = nearestIds(id, [...architectures.keys()]);
  const hint = near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'see npm run -s figures -- --list';
  throw new UsageError(`no architecture ${JSON.stringify(id)}; ${hint}`);
}

/**
 * An input shape as it is typed: `3x224x224`, or `256x192` and `224` with the architecture's own channels.
 *
 * @throws UsageError for anything else
 */
export function parseInput(text: string, standard: Shape): Shape {
  const parts = text.trim().split(/[x×]/i);
  // 10 digits hold every extent that the engine accepts; longer ones would not be exact.
  if (parts.length > 3 || parts.some((part) => !/^\d{1,10}$/.test(part))) {
    throw new UsageError(
      `--input ${JSON.stringify(text)} is not an input size; write channels, height and width as 3x224x224, or height and width as 256x192, or one number for both`,
    );
  }
  const numbers = parts.map(Number);
  const [channels = 1] = standard;
  const [height = 0, width = height] = numbers;
  return numbers.length === 3 ? numbers : [channels, height, width];
}

/** A network with numbers of its family as they are typed, `depth=20,filters=8`. @throws UsageError */
export function withValues(architecture: Architecture, text: string): Architecture {
  const pairs = text === '' ? [] : text.split(',').map((pair) => pair.split('='));
  if (pairs.some(([name, value, ...more]) => !name || !value?.trim() || more.length > 0)) {
    throw new UsageError(
      `--values ${JSON.stringify(text)} is not a list of numbers such as depth=20,filters=8`,
    );
  }
  return withKnobs(
    architecture,
    Object.fromEntries(pairs.map(([name, value]) => [name, Number(value)])) as KnobValues,
  );
}

/** A network with numbers of its family. @throws UsageError where the family does not allow them */
export function withKnobs(architecture: Architecture, values: KnobValues): Architecture {
  const varied = vary(architecture, values);
  if (varied.problem) {
    const { id, value, reason } = varied.problem;
    throw new UsageError(`${architecture.id} cannot have ${id} = ${value} (${reason})`);
  }
  return varied.architecture;
}
