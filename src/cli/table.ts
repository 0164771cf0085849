import { parseArgs } from 'node:util';
import { lower } from '../engine/graph/lower.ts';
import { describePlacedProblem } from '../engine/graph/problem.ts';
import { layerTable } from '../engine/table/layer-table.ts';
import { type TableFormat, tableFormats, writeTable } from '../engine/table/write-table.ts';
import { findArchitecture, parseInput, runCommand, UsageError } from './command.ts';

const help = `Prints every layer of a network with its figures, and their sums.

  npm run -s table -- <architecture-id> [--input 3x224x224] [--format ${tableFormats.join('|')}]

  --input    channels, height and width instead of the network's own
  --format   csv unless told otherwise`;

const isFormat = (text: string): text is TableFormat => (tableFormats as readonly string[]).includes(text);

await runCommand(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      input: { type: 'string' },
      format: { type: 'string', default: 'csv' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const [id] = positionals;
  if (id === undefined || positionals.length > 1) throw new UsageError(help);
  if (!isFormat(values.format)) {
    throw new UsageError(`there is no format "${values.format}", but ${tableFormats.join(', ')}`);
  }
  const architecture = findArchitecture(id);
  const input =
    values.input === undefined ? architecture.input : parseInput(values.input, architecture.input);
  const graph = lower(architecture, input);
  if (graph.problem) {
    console.error(describePlacedProblem(graph.problem));
    return 1;
  }
  process.stdout.write(writeTable(layerTable(graph), values.format));
  return 0;
});
