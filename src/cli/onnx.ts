import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { lower } from '../engine/graph/lower.ts';
import { describePlacedProblem } from '../engine/graph/problem.ts';
import { exportOnnx } from '../engine/onnx/export.ts';
import { seededTensors } from '../engine/weights/seeded.ts';
import { findArchitecture, runCommand, UsageError } from './command.ts';

const usage = `npm run -s onnx -- <network> --out FILE [--seed N] [--all-outputs]

Writes a network as one ONNX file with untrained weights.
  --seed N       seed of the weights, a whole number (0 unless given)
  --all-outputs  the model returns every node's output`;

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      out: { type: 'string' },
      seed: { type: 'string', default: '0' },
      'all-outputs': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const [id, ...others] = positionals;
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (id === undefined || others.length > 0 || values.out === undefined) throw new UsageError(usage);
  const architecture = findArchitecture(id);
  const seed = Number(values.seed);
  if (!Number.isInteger(seed) || Math.abs(seed) > 2 ** 32) {
    throw new UsageError(`the seed "${values.seed}" is not a whole number of 32 bits`);
  }
  const graph = lower(architecture);
  if (graph.problem) {
    console.error(describePlacedProblem(graph.problem));
    return 1;
  }
  const { parts } = exportOnnx(graph, {
    tensors: seededTensors(graph, seed),
    outputs: values['all-outputs'] ? 'all' : [],
  });
  // Half a file under the right name would be taken for a whole one.
  const part = `${values.out}.part`;
  try {
    await pipeline(Readable.from(parts), createWriteStream(part));
    await rename(part, values.out);
  } catch (error) {
    await rm(part, { force: true });
    throw new UsageError(`${values.out} cannot be written: ${(error as Error).message}`, { cause: error });
  }
  return 0;
});
