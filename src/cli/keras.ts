import { parseArgs } from 'node:util';
import { lower } from '../engine/graph/lower.ts';
import { describePlacedProblem } from '../engine/graph/problem.ts';
import { kerasCode } from '../engine/keras/code.ts';
import { findArchitecture, parseInput, runCommand, UsageError } from './command.ts';

const help = `Prints a network as a Keras 3 functional model.

  npm run -s keras -- <architecture-id> [--input 3x224x224]

  --input    channels, height and width instead of the network's own`;

await runCommand(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      input: { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const [id] = positionals;
  if (id === undefined || positionals.length > 1) throw new UsageError(help);
  const architecture = findArchitecture(id);
  const input =
    values.input === undefined ? architecture.input : parseInput(values.input, architecture.input);
  const graph = lower(architecture, input);
  if (graph.problem) {
    console.error(describePlacedProblem(graph.problem));
    return 1;
  }
  process.stdout.write(kerasCode(graph));
  return 0;
});
