import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from './command.ts';
import { cardAgrees, evaluateModel, formatEvaluation, writeAccuracy } from './evaluate-model.ts';

const usage = `npm run evaluate -- <network> [--data FOLDER] [--check]

Runs the shipped weights of a network over its test images in onnxruntime-web and writes the accuracy into its card.
  --data FOLDER  the official data files (gzipped or not) instead of those of the installed package
  --check        writes nothing; fails where the card says anything else than what is measured`;

const root = fileURLToPath(new URL('../..', import.meta.url));

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { data: { type: 'string' }, check: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  const [id, ...others] = positionals;
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (id === undefined || others.length > 0) throw new UsageError(usage);
  const measured = await evaluateModel(id, { root, models: `${root}public/models`, data: values.data });
  const { evaluation, card, cardText, cardPath } = measured;
  console.log(formatEvaluation(id, evaluation, card.classes));
  if (values.check) {
    if (cardAgrees(card, evaluation)) return 0;
    console.error(
      `\nthe card says ${100 * card.accuracy.test} % of ${card.accuracy.images}, or differs by class`,
    );
    return 1;
  }
  await writeAccuracy(cardPath, cardText, evaluation, new Date().toISOString().slice(0, 10));
  return 0;
});
