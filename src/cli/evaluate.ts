import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runCommand, UsageError } from './command.ts';
import {
  CALIBRATED_ON,
  cardAgrees,
  evaluateModel,
  formatEvaluation,
  formatTable,
  trainedIds,
  writeAccuracy,
} from './evaluate-model.ts';

const usage = `npm run evaluate -- <network>|--all [--data PATH] [--check|--int8]

Runs the shipped weights of a network over its test images in onnxruntime-web and writes the accuracy into its card.
  --all        every network with weights, and a table of them; with --data those of CIFAR-10
  --data PATH  MNIST: the folder of the official files, instead of those of the installed package;
               CIFAR-10: the official archive or folder, or an archive of JPEG files (default: ../shared/data)
  --check      writes nothing; fails where the card says anything else than what is measured
  --int8       writes nothing; weights and activations of int8, calibrated on the first ${CALIBRATED_ON} test images`;

const root = fileURLToPath(new URL('../..', import.meta.url));
const models = `${root}public/models`;

await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      all: { type: 'boolean', default: false },
      data: { type: 'string' },
      check: { type: 'boolean' },
      int8: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  const [id, ...others] = positionals;
  if (values.help) {
    console.log(usage);
    return 0;
  }
  if (others.length > 0 || values.all === (id !== undefined) || (values.int8 && values.check))
    throw new UsageError(usage);
  const day = new Date().toISOString().slice(0, 10);
  const measured = [];
  let status = 0;
  for (const network of id === undefined ? trainedIds(models) : [id]) {
    // One path of data for all is CIFAR-10's; MNIST comes with the packages.
    const data = values.all ? { cifar10: values.data } : values.data;
    const precision = values.int8 ? 'int8' : 'fp32';
    const model = await evaluateModel(network, { root, models, data, precision });
    const { evaluation, card, cardText, cardPath } = model;
    if (!values.all) console.log(formatEvaluation(network, evaluation, card.classes));
    if (values.int8) {
      // The card is of float32.
    } else if (!values.check) {
      await writeAccuracy(cardPath, cardText, evaluation, day);
    } else if (!cardAgrees(card, evaluation)) {
      const { test, images } = card.accuracy;
      console.error(`\n${network}: the card says ${100 * test} % of ${images}, or differs by class`);
      status = 1;
    }
    measured.push(model);
  }
  if (values.all) console.log(formatTable(measured));
  return status;
});
