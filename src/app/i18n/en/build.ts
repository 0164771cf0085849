import type { RunObstacle } from '../../build/file-source.ts';
import type { OpenProblem } from '../../build/opened-store.ts';
import type { LabelSet, ValueRange } from '../../build/picture-choices.ts';
import { plural } from '../plural.ts';
import { memoryRefusal } from './models.ts';
import { onnxImport } from './onnx-import.ts';

const problemOf = (problem: OpenProblem): string => {
  switch (problem.code) {
    case 'import':
      return onnxImport.problem(problem.problem);
    case 'nothing-given':
      return 'There was no file in what you gave.';
    case 'no-model':
      return 'None of these files is named .onnx: give the model together with the files that hold its weights.';
    case 'several-models':
      return `These are several models (${problem.names.join(', ')}): give one at a time.`;
    case 'broke-down':
      return `Reading the file broke down${problem.reason ? ` (${problem.reason})` : ''}; perhaps this device has too little memory for it.`;
  }
};

const obstacles: Readonly<Record<Exclude<RunObstacle, 'weights'>, string>> = {
  'other-inputs':
    'It is not run here: it has other inputs beside the picture, and the page can give it a picture alone.',
  'unknown-shapes': 'It is not run here: the shapes behind one of its operators are not known.',
  'no-picture':
    'It is not run here: its input is no picture of one or three channels, nor a list of as many numbers as a square one has.',
  type: 'It is not run here: its input is of a type of numbers that no picture can be turned into.',
  float64:
    'It is not run here: its convolutions are in float64, and the runtime has them in float32 and float16 alone. Converted to float32 it runs.',
  output: 'It is not run here: its output is no tensor that the runtime can return.',
};

const ranges: Readonly<Record<ValueRange, string>> = {
  unit: '0 … 1',
  imagenet: 'ImageNet mean and spread',
  byte: '0 … 255',
  signed: '−1 … 1',
  caffe: '0 … 255 less ImageNet mean',
  own: 'Numbers of your own',
};

const labelSets: Readonly<Record<LabelSet, string>> = {
  imagenet: 'ImageNet',
  cifar10: 'CIFAR-10',
  digits: 'Digits 0–9',
  none: 'Numbers alone',
};

/** The page of one's own network: an ONNX file opened. */
export const build = {
  title: 'Your own network',
  lede: 'Open an ONNX file and see it as any network of the atlas: drawn, measured layer by layer, and run on a picture.',
  open: 'Open an ONNX file',
  drop: 'or drop it anywhere on this page. Weights in files of their own belong with it: choose them all at once.',
  takes: [
    'From any exporter: PyTorch, TensorFlow, Keras, PaddlePaddle … in float32, float16 or int8 (QDQ and QOperator).',
    'Operators that are not known here are listed and left uncounted, never counted as zero.',
  ],
  privacy:
    'Nothing leaves this device: the file is read in this browser, and is forgotten when you reload the page.',
  compare: 'Compare it with networks of the atlas',
  another: 'Drop another file anywhere, or choose one.',
  reading: (name: string) => `Reading ${name}`,
  cancel: 'Cancel',
  problem: (name: string, problem: OpenProblem) =>
    name === '' ? problemOf(problem) : `${name}: ${problemOf(problem)}`,
  question: (name: string) =>
    `${name} leaves the height and width of its input open. At which size is it to be measured?`,
  questionSize: 'Height × width',
  questionOpen: 'Open at this size',
  subtitle: (file: string, size: string, opset: number, producer: string) =>
    `${file}, ${size}, opset ${opset}${producer === '' ? '' : `, written by ${producer}`}`,
  notices: 'What was read from the file',
  uncountedTitle: (count: number) =>
    `${count} ${plural(count, 'operator is', 'operators are')} left uncounted, so the totals are at least what they say`,
  unmeasuredTitle: (count: number) =>
    `${count} ${plural(count, 'operator', 'operators')} cannot be measured, so the network has no totals`,
  uncountedMore: (count: number) => `and ${count} more`,
  reasons: onnxImport.reasons,
  notes: onnxImport.notes,
  /** What follows the subtitle: how the weights are stored, with the bytes of each type where there are several. */
  weights: (size: string, types: readonly (readonly [type: string, size: string])[]) =>
    types.length === 0
      ? ''
      : types.length === 1
        ? `; weights in ${types[0]?.[0]}, ${size}`
        : `; weights in ${types.map(([type, own]) => `${type} (${own})`).join(', ')}`,
  memory: (runtime: string, most: string) =>
    `Memory for a run: ${runtime} for weights and activations, ${most} of the whole tab at most.`,
  memoryRefusal,
  weightsMissing: (sentence: string) =>
    `${sentence} The network is drawn and measured without them; to run it, give them too.`,
  weightsProblem: onnxImport.problem,
  otherInputs: (names: readonly string[]) => `Other inputs: ${names.join(', ')}.`,
  outputs: (count: number, answer: string) => `It has ${count} outputs; the answer is read from ${answer}.`,
  fixedInput: (size: string) =>
    `It is not run at this size: the file fixes its input at ${size}. Go back to that size to run it.`,
  passing: (count: number) =>
    `${count} ${plural(count, 'connection is', 'connections are')} not drawn: the wiring is no nesting of rows and parallel ways, so the figure shows the operators in the order in which they run. All figures count every connection.`,
  batch: (count: number) =>
    `The file fixes a batch of ${count}: figures are for one image, and a run repeats it.`,
  obstacles,
  quantised: 'Whole-number operators run on WebAssembly, whatever is chosen below.',
  run: {
    unsaid: 'The file does not say how its pictures were prepared. Choose what its makers did.',
    range: 'Values',
    ranges,
    own: {
      scale: 'Values 0 … 1 times',
      mean: 'less',
      std: 'divided by',
      one: 'One number.',
      bad: 'One number, or three for red, green and blue; nothing is divided by 0.',
    },
    source: 'Input from',
    sources: { pad: 'Drawing pad', picture: 'Picture' },
    framing: 'Size of a drawing',
    framings: {
      fitted: 'MNIST’s: 20 of 28 px, centred',
      padded: 'LeNet-5’s: 20 of 32 px, centred',
      drawn: 'As drawn',
    },
    order: 'Channel order',
    pixels: 'Order of the values',
    pixelOrders: {
      planes: 'All red, all green, all blue',
      interleaved: 'Pixel by pixel',
    },
    ink: 'Ink',
    inks: { asIs: 'Dark on light, as it is', inverted: 'Light on dark: inverted' },
    kinds: {
      probabilities: 'The network gives probabilities: its numbers sum to 1.',
      rounded: 'The network gives probabilities in whole numbers; the page scales them to sum to 1.',
      independent: 'The network judges each class by itself, so the numbers need not sum to 1.',
      binary: 'The network gives one number: the probability of yes. Which class that is, its makers know.',
      logits: 'The network gives logits; the page takes their softmax.',
    },
    noClasses: (shape: string) => `The output is ${shape}, not one number a class: look at it in the figure.`,
    binary: ['No', 'Yes'],
    oneNumber: 'The output is one number.',
    number: (value: string) => `The output is one number: ${value}.`,
    answer: 'Answer read from',
    labels: 'Names of the classes',
    labelSets,
    verdicts: {
      sure: (label: string) => label,
      likely: (label: string, other: string) => `Perhaps ${label} (or ${other})`,
      unsure: (label: string, other: string) => `Hard to tell: ${label}, or ${other}?`,
    },
  },
};
