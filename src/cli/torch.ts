import { parseArgs } from 'node:util';
import { lower } from '../engine/graph/lower.ts';
import { describePlacedProblem } from '../engine/graph/problem.ts';
import { torchCode } from '../engine/torch/code.ts';
import { findArchitecture, parseInput, runCommand, UsageError, withValues } from './command.ts';

const help = `Prints a network as a PyTorch module.

  npm run -s torch -- <architecture-id> [--input 3x224x224] [--values depth=20,filters=8] [--logits]

  --input    channels, height and width instead of the network's own
  --values   numbers of the network's family instead of its own
  --logits   without the softmax at the end, for training with cross entropy`;

await runCommand(() => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      input: { type: 'string' },
      values: { type: 'string' },
      logits: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const [id] = positionals;
  if (id === undefined || positionals.length > 1) throw new UsageError(help);
  const architecture = withValues(findArchitecture(id), values.values ?? '');
  const input =
    values.input === undefined ? architecture.input : parseInput(values.input, architecture.input);
  const graph = lower(architecture, input);
  if (graph.problem) {
    console.error(describePlacedProblem(graph.problem));
    return 1;
  }
  process.stdout.write(torchCode(graph, { softmax: !values.logits }));
  return 0;
});
