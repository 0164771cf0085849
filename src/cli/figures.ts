import { parseArgs } from 'node:util';
import { architectures } from '../architectures/index.ts';
import { formatShape } from '../engine/cost/format.ts';
import { lower } from '../engine/graph/lower.ts';
import { findArchitecture, parseInput, runCommand, UsageError } from './command.ts';
import { alignColumns, figuresOf, figuresText, problemText } from './figures-report.ts';

const help = `Prints a network's totals and its figures node by node.

  npm run -s figures -- <architecture-id> [--input 3x224x224] [--json]
  npm run -s figures -- --list

  --input    channels, height and width instead of the network's own
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

await runCommand(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      input: { type: 'string' },
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
  if (id === undefined || positionals.length > 1 || values.list) throw new UsageError(help);
  const architecture = findArchitecture(id);
  const input =
    values.input === undefined ? architecture.input : parseInput(values.input, architecture.input);
  const graph = lower(architecture, input);
  process.stdout.write(values.json ? `${JSON.stringify(figuresOf(graph))}\n` : figuresText(graph));
  const problem = problemText(graph);
  if (problem === null) return 0;
  console.error(problem);
  return 1;
});
