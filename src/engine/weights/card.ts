import { vary } from '../spec/form.ts';
import type { Architecture, KnobValues, Shape } from '../spec/types.ts';
import { WeightsError } from './problem.ts';

/** How a picture becomes a network's input: `(value · scale − mean) / std`, after fitting and padding in pixels. */
export interface CardPreprocessing {
  /** Longer side of the ink. */
  readonly fit?: number;
  /** Side of the picture in which the ink's centre of mass is centred. */
  readonly centre?: number;
  /** Side after zero padding. */
  readonly pad?: number;
  readonly scale: number;
  readonly mean: number;
  readonly std: number;
}

/** What there was to train on. */
export type AimName = 'gpu' | 'cpu';

/** How a network was trained, as far as a reader wants to know it; the rest stands in the recipe's file. */
export interface CardRecipe {
  readonly summary: string;
  /** Path of the recipe in the repository. */
  readonly file?: string;
  /** Numbers of epochs for which the run was planned before it was given more; the learning rate rose again there. */
  readonly lengthenedFrom?: readonly number[];
  readonly optimiser?: string;
  readonly batch?: number;
  readonly learningRate?: number;
  readonly weightDecay?: number;
  readonly labelSmoothing?: number;
}

/** What is known about a weight file: the JSON that lies beside it in `public/models`. */
export interface ModelCard {
  readonly schema: 1;
  /** Id of the architecture that the weights are of. */
  readonly architecture: string;
  /** Numbers of the family in which the trained network differs from the published one: a slimmer one, say. */
  readonly values?: KnobValues;
  /** Name of the weight file, in the same folder. */
  readonly file: string;
  readonly bytes: number;
  /** Of the weight file, hexadecimal. */
  readonly sha256: string;
  readonly dtype: 'fp16' | 'fp32';
  readonly format: 'safetensors';
  /** What the network was trained to do: `mnist`, `cifar10`. */
  readonly task: string;
  /** Labels in the order of the outputs. */
  readonly classes: readonly string[];
  readonly input: { readonly shape: Shape; readonly preprocessing: CardPreprocessing };
  readonly origin: string;
  readonly licence: { readonly weights: string; readonly data: string };
  readonly recipe: CardRecipe;
  /** Machine on which it was trained. */
  readonly hardware?: string;
  readonly trainingSeconds?: number;
  readonly seed: number;
  readonly epochs: number;
  /** Day of training, ISO 8601. */
  readonly date: string;
  /** Share of the task's test images read right by the shipped file. */
  readonly accuracy: { readonly test: number; readonly of: string; readonly images: number };
  /** Accuracy by class, in the order of `classes`. */
  readonly perClass: readonly number[];
  /** Accuracies hoped for: with an accelerator to train on, and at least without one. */
  readonly aims?: Readonly<Record<AimName, number>>;
  /** How many of the test pictures with stored logits are read right. */
  readonly sample?: { readonly images: number; readonly right: number };
  /** Accuracy on other pictures, by what they are. */
  readonly further?: Readonly<Record<string, { readonly accuracy: number; readonly images: number }>>;
  /** Name of the file with one row an epoch, in the same folder. */
  readonly curve?: string;
  /** Name of the file with the accuracy of the network's parts, in the same folder. */
  readonly parts?: string;
}

type Fields = Readonly<Record<string, unknown>>;

/** A check of one field: what it has to be, in words, and the test. */
type Rule = readonly [expected: string, holds: (value: unknown) => boolean];

const text: Rule = ['text', (value) => typeof value === 'string' && value !== ''];
const number: Rule = ['a finite number', Number.isFinite];
const count: Rule = [
  'a whole number of at least 0',
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
];
const share: Rule = [
  'a number from 0 to 1',
  (value) => Number.isFinite(value) && +(value as number) >= 0 && +(value as number) <= 1,
];
const list = ([expected, holds]: Rule): Rule => [
  `a list, each entry ${expected}`,
  (value) => Array.isArray(value) && value.length > 0 && value.every(holds),
];
const oneOf = (...choices: readonly unknown[]): Rule => [
  choices.map(String).join(' or '),
  (value) => choices.includes(value),
];
const nothingOr = ([expected, holds]: Rule): Rule => [
  expected,
  (value) => value === undefined || holds(value),
];

const record = ([expected, holds]: Rule): Rule => [
  `an object, each entry ${expected}`,
  (value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(holds),
];
const fileName: Rule = [
  // A name, not a path: a card cannot reach out of its folder.
  'a file name',
  (value) => typeof value === 'string' && /^[\w.-]+$/.test(value),
];

const rules: Readonly<Record<string, Rule>> = {
  schema: oneOf(1),
  architecture: text,
  values: nothingOr(record(number)),
  file: fileName,
  bytes: count,
  sha256: ['64 hexadecimal digits', (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)],
  dtype: oneOf('fp16', 'fp32'),
  format: oneOf('safetensors'),
  task: text,
  classes: list(text),
  'input.shape': list(count),
  'input.preprocessing.fit': nothingOr(count),
  'input.preprocessing.centre': nothingOr(count),
  'input.preprocessing.pad': nothingOr(count),
  'input.preprocessing.scale': number,
  'input.preprocessing.mean': number,
  'input.preprocessing.std': [
    'a number above 0',
    (value) => Number.isFinite(value) && +(value as number) > 0,
  ],
  origin: text,
  'licence.weights': text,
  'licence.data': text,
  'recipe.summary': text,
  'recipe.file': nothingOr(text),
  'recipe.lengthenedFrom': nothingOr(list(count)),
  'recipe.optimiser': nothingOr(text),
  'recipe.batch': nothingOr(count),
  'recipe.learningRate': nothingOr(number),
  'recipe.weightDecay': nothingOr(number),
  'recipe.labelSmoothing': nothingOr(number),
  hardware: nothingOr(text),
  trainingSeconds: nothingOr(number),
  seed: count,
  epochs: count,
  date: text,
  'accuracy.test': share,
  'accuracy.of': text,
  'accuracy.images': count,
  perClass: list(share),
  'aims.gpu': nothingOr(share),
  'aims.cpu': nothingOr(share),
  'sample.images': nothingOr(count),
  'sample.right': nothingOr(count),
  further: nothingOr(
    record([
      'accuracy and images',
      (value) => share[1](fieldOf(value, 'accuracy')) && count[1](fieldOf(value, 'images')),
    ]),
  ),
  curve: nothingOr(fileName),
  parts: nothingOr(fileName),
};

const fieldOf = (card: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => (value as Fields | null | undefined)?.[key], card);

/** Checks that parsed JSON is a model card of this version. @throws WeightsError `bad-card` naming the first field that is wrong */
export function asModelCard(json: unknown): ModelCard {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new WeightsError({ code: 'bad-card', field: 'content', expected: 'an object' });
  }
  for (const [field, [expected, holds]] of Object.entries(rules)) {
    if (!holds(fieldOf(json, field))) throw new WeightsError({ code: 'bad-card', field, expected });
  }
  return json as ModelCard;
}

/** Reads a model card. @throws WeightsError `bad-card` */
export function parseModelCard(source: string): ModelCard {
  let json: unknown;
  try {
    json = JSON.parse(source);
  } catch {
    throw new WeightsError({ code: 'bad-card', field: 'content', expected: 'JSON' });
  }
  return asModelCard(json);
}

/**
 * The network that a card's weights are of: the published one with the card's numbers.
 *
 * @throws WeightsError `bad-card` where the family does not allow them
 */
export function trainedArchitecture(published: Architecture, { values = {} }: ModelCard): Architecture {
  const { architecture, problem } = vary(published, values);
  if (problem) {
    const { id, value } = problem;
    throw new WeightsError({
      code: 'bad-card',
      field: `values.${id} (${value})`,
      expected: `a number that ${published.id} allows`,
    });
  }
  return architecture;
}

/** The higher of a card's two aims that its accuracy reaches; null for none, or where there are none. */
export const aimMet = ({ aims, accuracy }: ModelCard): AimName | null =>
  (['gpu', 'cpu'] as const).find((name) => aims !== undefined && accuracy.test >= aims[name]) ?? null;
