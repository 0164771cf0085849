import { createStore } from 'zustand/vanilla';
import { lower } from '../../engine/graph/lower.ts';
import { type Graph, INPUT } from '../../engine/graph/types.ts';
import { type AdoptedFile, adoptFile } from '../../engine/onnx/adopt-file.ts';
import type { ImportedModel } from '../../engine/onnx/import.ts';
import type { ImportProblem } from '../../engine/onnx/import-problem.ts';
import { vary } from '../../engine/spec/form.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { openOnnx } from '../build/open-file/open-onnx.ts';
import { type ImageNetModel, runningStore, valuesKey } from '../state/running-model.ts';
import type { ImageNetWeights } from './imagenet-weights.ts';
import { weightStore } from './weights.ts';

/** Why a file that arrived whole is not run. */
export type OpenWeightsProblem =
  | { readonly code: 'import'; readonly problem: ImportProblem }
  | { readonly code: 'broke-down'; readonly reason: string }
  /** It is no longer where it was kept. */
  | { readonly code: 'gone' };

/** Which files are being read, by the ids of their weights, and what came of those that were not to be read. */
export const openingStore = createStore<{
  readonly opening: ReadonlySet<string>;
  readonly problems: Readonly<Record<string, OpenWeightsProblem>>;
}>()(() => ({ opening: new Set(), problems: {} }));

/** The network that a file is of: the page's, with the numbers that the table names. */
export const networkOf = (published: Architecture, { values }: ImageNetWeights): Architecture =>
  (values && vary(published, values).architecture) ?? published;

/** What is shown of a file whose network is built otherwise: its answer, and nothing in between. */
function answerAlone(
  own: Graph,
  { graph: file, tensors: names }: ImportedModel,
  isSoftmaxed: boolean,
): AdoptedFile {
  const output = own.outputs[0] ?? INPUT;
  const answer = isSoftmaxed ? output : (own.nodeById.get(output)?.inputs[0] ?? output);
  const name = names.get(file.outputs[0] ?? '') ?? '';
  const tensors = new Map([[answer, name]]);
  return { graph: own, tensors, parameters: new Map(), answer, changed: [], absorbed: [] };
}

const read = (weights: ImageNetWeights, file: Blob): Promise<ImportedModel | OpenWeightsProblem> =>
  new Promise((resolve) => {
    openOnnx(
      { file, options: { name: weights.file, input: weights.input.shape } },
      {
        progress: () => {},
        opened: resolve,
        refused: (problem) => resolve({ code: 'import', problem }),
        failed: (reason) => resolve({ code: 'broke-down', reason }),
      },
    );
  });

const told = (id: string, problem: OpenWeightsProblem | null): void =>
  openingStore.setState(({ opening, problems }) => {
    const { [id]: _, ...others } = problems;
    return {
      opening: new Set([...opening].filter((one) => one !== id)),
      problems: problem ? { ...others, [id]: problem } : others,
    };
  });

/**
 * Makes a file that is kept ready to run; whether it was, else the problem is in {@link openingStore}.
 *
 * @param take is given the model before the file counts as read: what asks for it would else ask again in between
 */
export async function readyWeights(
  published: Architecture,
  weights: ImageNetWeights,
  take: (model: ImageNetModel) => void,
): Promise<boolean> {
  openingStore.setState(({ opening }) => ({ opening: new Set([...opening, weights.id]) }));
  const file = await weightStore.getState().read(weights);
  const imported = file && (await read(weights, file));
  if (!file || !imported) {
    told(weights.id, { code: 'gone' });
    return false;
  }
  if ('code' in imported) {
    told(weights.id, imported);
    return false;
  }
  const network = networkOf(published, weights);
  const own = lower(network);
  const adopted = adoptFile(own, imported);
  take({
    kind: 'imagenet',
    network: published.id,
    model: weights.id,
    values: valuesKey(network),
    weights,
    file,
    imported,
    adopted: adopted ?? answerAlone(own, imported, weights.output.softmaxed),
    isSame: adopted !== null,
  });
  told(weights.id, null);
  return true;
}

let latest = 0;

/** Runs a file that is kept on its network's page; whether it does. The newest call wins. */
export async function openWeights(published: Architecture, weights: ImageNetWeights): Promise<boolean> {
  latest += 1;
  const call = latest;
  const isReady = await readyWeights(published, weights, (running) => {
    if (call === latest) runningStore.setState({ running });
  });
  return isReady && call === latest;
}
