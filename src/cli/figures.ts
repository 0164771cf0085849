import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { architectures } from '../architectures/index.ts';
import { formatShape } from '../engine/cost/format.ts';
import { lower } from '../engine/graph/lower.ts';
import type { Graph } from '../engine/graph/types.ts';
import { importOnnx } from '../engine/onnx/import.ts';
import { ImportError } from '../engine/onnx/import-problem.ts';
import { findArchitecture, parseInput, runCommand, UsageError } from './command.ts';
import { alignColumns, figuresOf, figuresText, problemText } from './figures-report.ts';

const help = `Prints a network's totals and its figures node by node.

  npm run -s figures -- <architecture-id> [--input 3x224x224] [--json]
  npm run -s figures -- --onnx FILE [--input 3x224x224] [--json]
  npm run -s figures -- --list

  --input    channels, height and width instead of the network's own
  --onnx     a model file instead of a network of the catalogue; operators that are not known are left uncounted
  --json     { id, input, parameters, macs, flops, activations, peakActivationBytes, nodes }
  --list     the networks there are

A network that does not fit its input ends with exit code 1, and the reason on standard error.`;

const list = (): string =>
  alignColumns(
    [
      ['id', 'title', 'year', 'input'],
      ...[...architectures.values()].map(({ id, title, source, input }) => [
        id,
        title,
        String(source.year),
        formatShape(input),
      ]),
    ],
    new Set([3]),
  );

/** A network of the catalogue, at another size if one is given. */
function named(id: string, size: string | undefined): Graph {
  const architecture = findArchitecture(id);
  return lower(architecture, size === undefined ? architecture.input : parseInput(size, architecture.input));
}

/** The network in a model file. @throws UsageError where there is none to read */
function opened(path: string, size: string | undefined): Graph {
  try {
    const bytes = readFileSync(path);
    return importOnnx(bytes, {
      name: path,
      ...(size === undefined ? {} : { input: parseInput(size, [3, 224, 224]) }),
    }).graph;
  } catch (error) {
    if (error instanceof ImportError) throw new UsageError(`${path}: ${error.message}`);
    // The file system's own words: no such file, or a folder.
    if (error instanceof Error && 'syscall' in error) throw new UsageError(error.message);
    throw error;
  }
}

await runCommand(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      input: { type: 'string' },
      onnx: { type: 'string' },
      json: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  if (values.list && positionals.length === 0) {
    console.log(values.json ? JSON.stringify([...architectures.keys()]) : list());
    return 0;
  }
  const [id] = positionals;
  if (values.onnx !== undefined && (id !== undefined || values.list)) throw new UsageError(help);
  if (values.onnx === undefined && (id === undefined || positionals.length > 1 || values.list)) {
    throw new UsageError(help);
  }
  const graph = values.onnx === undefined ? named(id ?? '', values.input) : opened(values.onnx, values.input);
  process.stdout.write(values.json ? `${JSON.stringify(figuresOf(graph))}\n` : figuresText(graph));
  const problem = problemText(graph);
  if (problem === null) return 0;
  console.error(problem);
  return 1;
});
