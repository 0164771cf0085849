import { spawnSync } from 'node:child_process';

/** The Pythons that a test may find: the one that `PYTHON` names, the system's, and whatever comes first in the path. */
export const pythons: readonly string[] = [process.env.PYTHON, '/usr/bin/python3', 'python3'].flatMap(
  (program) => (program ? [program] : []),
);

/** The first Python that can import these modules (`torch, torchvision`); undefined where none can. */
export const pythonWith = (modules: string): string | undefined =>
  pythons.find((program) => spawnSync(program, ['-c', `import ${modules}`]).status === 0);

/**
 * Runs a script that reads JSON and prints one line of JSON a result.
 *
 * @param python as {@link pythonWith} found it
 * @throws Error with what the script said, where it fails
 */
export function runPython<Result>(
  python: string | undefined,
  script: string,
  input: unknown,
): readonly Result[] {
  const done = spawnSync(python ?? '', ['-B', script], {
    input: JSON.stringify(input),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Result);
}
