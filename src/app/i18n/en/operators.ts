import type { Category } from '../../../engine/ops/types.ts';
import type { OpName } from '../../../engine/spec/types.ts';

/** A word and what it means, in one sentence. */
export interface Term {
  readonly name: string;
  readonly explanation: string;
}

const byOperator: Readonly<Record<OpName, Term>> = {
  Conv: {
    name: 'Convolution',
    explanation:
      'Slides small filters over the image; each output is the weighted sum of one window, plus a bias.',
  },
  MaxPool: {
    name: 'Max pooling',
    explanation: 'Keeps the largest value of each window, channel by channel.',
  },
  AveragePool: { name: 'Average pooling', explanation: 'Takes the mean of each window, channel by channel.' },
  GlobalAveragePool: {
    name: 'Global average pooling',
    explanation: 'Reduces each feature map to its mean: one number a channel.',
  },
  AdaptiveAveragePool: {
    name: 'Average pooling to a size',
    explanation:
      'Takes the mean of as many windows as the next layer needs, as equal as whole cells allow; of a smaller image, cells are used more than once.',
  },
  Gemm: {
    name: 'Fully connected',
    explanation: 'Every output is a weighted sum of all inputs, plus a bias: a matrix product.',
  },
  BatchNormalization: {
    name: 'Batch normalization',
    explanation:
      'Shifts and scales each channel to mean 0 and variance 1 by the statistics of training, then by two learned numbers.',
  },
  LRN: {
    name: 'Local response normalization',
    explanation: 'Divides each value by the strength of its neighbours in nearby channels.',
  },
  Relu: { name: 'ReLU', explanation: 'Keeps positive values and sets negative ones to zero.' },
  Tanh: { name: 'Tanh', explanation: 'Squashes each value smoothly between −1 and 1.' },
  Sigmoid: { name: 'Sigmoid', explanation: 'Squashes each value smoothly between 0 and 1.' },
  Softmax: {
    name: 'Softmax',
    explanation: 'Turns the logits into probabilities: positive, and one in sum.',
  },
  Dropout: {
    name: 'Dropout',
    explanation: 'In training, sets a random part of the activations to zero; in inference, does nothing.',
  },
  Flatten: { name: 'Flatten', explanation: 'Writes all feature maps one after the other as a single list.' },
  Pad: {
    name: 'Pad',
    explanation:
      'Adds a border of constants around each feature map, or whole channels of zeros: ResNet’s shortcut without parameters.',
  },
  Identity: { name: 'Identity', explanation: 'Passes its input on unchanged.' },
  Add: { name: 'Add', explanation: 'Adds tensors of one shape, value by value.' },
  Concat: { name: 'Concatenate', explanation: 'Stacks the channels of several tensors behind one another.' },
  Mean: {
    name: 'Mean',
    explanation:
      'Averages tensors of one shape, value by value: the join at which FractalNet’s columns meet.',
  },
  StochasticDepth: {
    name: 'Stochastic depth',
    explanation:
      'In training, leaves the whole residual body out at random; in inference, multiplies it by the probability with which it was kept.',
  },
  Subsample: {
    name: 'Trainable subsampling',
    explanation:
      'Adds up each window, multiplies by one learned coefficient a channel and adds a learned bias (LeNet-5, 1998).',
  },
  Rbf: {
    name: 'RBF units',
    explanation:
      'The squared distance between the features and a fixed code of each class: the smallest wins.',
  },
  Opaque: {
    name: 'Other operator',
    explanation:
      'An operator of the opened file without rules of its own here: its shape and tensors are read off the file.',
  },
};

const byCategory: Readonly<Record<Category, Term>> = {
  convolution: { name: 'Convolution', explanation: 'Finds local patterns with shared weights.' },
  linear: { name: 'Fully connected', explanation: 'Combines all features at once.' },
  pooling: { name: 'Pooling', explanation: 'Summarises windows; the image gets smaller.' },
  normalization: { name: 'Normalization', explanation: 'Keeps values in a range that trains well.' },
  activation: { name: 'Activation', explanation: 'A non-linear function of each value.' },
  merge: { name: 'Merge', explanation: 'Brings several branches together.' },
  reshape: { name: 'Reshape', explanation: 'The same values in another arrangement.' },
  regularization: { name: 'Regularization', explanation: 'Acts in training only.' },
  other: {
    name: 'Other',
    explanation: 'Operators of an opened file that this site has no rules of its own for.',
  },
};

/** Names and one-line explanations of operators and their categories. */
export const operators = { byOperator, byCategory };
