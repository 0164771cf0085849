import type { PictureExpectation } from '../../engine/runtime/preprocess/picture.ts';
import type { KnobValues } from '../../engine/spec/types.ts';

/** How a file's pictures were prepared: what {@link PictureExpectation} says of it, without the shape. */
type Preparation = Omit<PictureExpectation, 'shape'>;

/** Weights trained on ImageNet, in a file on a public host: fetched when a visitor asks for them, and never before. */
export interface ImageNetWeights {
  /** Of the file, and the word in the address. */
  readonly id: string;
  /** Ids of the networks on whose pages they are offered. */
  readonly networks: readonly string[];
  /** Numbers in which their network differs from the one that the page names. */
  readonly values?: KnobValues;
  /** `int8`: quantised after training, with whole-number operators. */
  readonly kind: 'fp32' | 'int8';
  /** Version of ONNX's operator set. */
  readonly opset: number;
  /** Name of the file, also on a mirror. */
  readonly file: string;
  /** Length of the file. */
  readonly bytes: number;
  /** Of the file, hexadecimal. */
  readonly sha256: string;
  /** The revision in the first address; null where it names the newest, which the hash then pins. */
  readonly revision: string | null;
  /** Where the file is to be had, the first choice first. */
  readonly urls: readonly [first: string, ...others: string[]];
  readonly input: {
    readonly name: string;
    readonly shape: readonly [channels: 3, height: number, width: number];
  };
  readonly preprocessing: Preparation;
  /** The output's name, null where the exporter numbered it, and whether its numbers are probabilities. */
  readonly output: { readonly name: string | null; readonly softmaxed: boolean };
  /** Per cent of ImageNet's 50,000 validation pictures, as the source states it: measured by its authors, not here. */
  readonly accuracy: {
    readonly top1: number;
    readonly top5: number | null;
    /** The table of ONNX's model zoo, or the metadata of torchvision 0.14. */
    readonly source: 'zoo' | 'torchvision';
    /** What torchvision calls the weights. */
    readonly of?: string;
  };
  /** As its sources state it. */
  readonly licence: string;
}

/** Red first, 0 to 1, by the mean and spread of ImageNet's training pictures (torchvision, GluonCV). */
const torchvision: Preparation = {
  order: 'RGB',
  preprocessing: { scale: 1, mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
};

/** Blue first, 0 to 255, less the mean of ImageNet's training pictures (Caffe). */
const caffe: Preparation = {
  order: 'BGR',
  preprocessing: { scale: 255, mean: [123.68, 116.779, 103.939], std: 1 },
};

/** As Caffe's, and times 0.017 (OpenVINO's model zoo, densenet-121). */
const densenetCaffe: Preparation = {
  order: 'BGR',
  preprocessing: { scale: 255, mean: [123.68, 116.78, 103.94], std: 1 / 0.017 },
};

/** Every file that is offered; the addresses and hashes are those of ONNX's model zoo (github.com/onnx/models). */
export const imagenetWeights: readonly ImageNetWeights[] = [
  {
    id: 'squeezenet1.0-12-int8',
    networks: ['squeezenet-1.0'],
    kind: 'int8',
    opset: 12,
    file: 'squeezenet1.0-12-int8.onnx',
    bytes: 1_293_388,
    sha256: '3da17dfad1b7ba23c93fac6dbf49f6db78cd42f7519e915a2e27d37c5c0a972b',
    revision: null,
    urls: [
      'https://huggingface.co/onnxmodelzoo/squeezenet1.0-12-int8/resolve/main/squeezenet1.0-12-int8.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/squeezenet/model/squeezenet1.0-12-int8.onnx',
    ],
    input: { name: 'data_0', shape: [3, 224, 224] },
    preprocessing: caffe,
    output: { name: 'softmaxout_1', softmaxed: true },
    accuracy: { top1: 56.48, top5: 79.76, source: 'zoo' },
    licence: 'Apache-2.0',
  },
  {
    id: 'squeezenet1.1-7',
    networks: ['squeezenet-1.1'],
    kind: 'fp32',
    opset: 7,
    file: 'squeezenet1.1-7.onnx',
    bytes: 4_956_208,
    sha256: '1eeff551a67ae8d565ca33b572fc4b66e3ef357b0eb2863bb9ff47a918cc4088',
    revision: '61e525224ad479521059f4586bcacf50ad3627ca',
    urls: [
      'https://huggingface.co/onnxmodelzoo/squeezenet1.1-7/resolve/61e525224ad479521059f4586bcacf50ad3627ca/squeezenet1.1-7.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/squeezenet/model/squeezenet1.1-7.onnx',
    ],
    input: { name: 'data', shape: [3, 224, 224] },
    preprocessing: torchvision,
    output: { name: 'squeezenet0_flatten0_reshape0', softmaxed: false },
    accuracy: { top1: 56.34, top5: 79.12, source: 'zoo' },
    licence: 'Apache-2.0',
  },
  {
    id: 'bvlcalexnet-12-int8',
    networks: ['alexnet'],
    kind: 'int8',
    opset: 12,
    file: 'bvlcalexnet-12-int8.onnx',
    bytes: 60_984_008,
    sha256: 'd53bbedf100be79277cf55d78c72bdcb67d88786988561bf5d530f038e443c7b',
    revision: '99a443a03ecc3576ebd2d94aae33f8f5522b969c',
    urls: [
      'https://huggingface.co/onnxmodelzoo/bvlcalexnet-12-int8/resolve/99a443a03ecc3576ebd2d94aae33f8f5522b969c/bvlcalexnet-12-int8.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/alexnet/model/bvlcalexnet-12-int8.onnx',
    ],
    input: { name: 'data_0', shape: [3, 224, 224] },
    preprocessing: caffe,
    output: { name: 'prob_1', softmaxed: true },
    accuracy: { top1: 54.68, top5: 78.23, source: 'zoo' },
    licence: 'model card BSD-3-Clause; HF metadata Apache-2.0 (conflict, both permissive)',
  },
  {
    id: 'zfnet512-12-int8',
    networks: ['zfnet'],
    kind: 'int8',
    opset: 12,
    file: 'zfnet512-12-int8.onnx',
    bytes: 87_274_426,
    sha256: 'df166c66ff5626538400506f7871cad4f721bd07bbb2ba2af6d2309c7250917c',
    revision: null,
    urls: [
      'https://huggingface.co/onnxmodelzoo/zfnet512-12-int8/resolve/main/zfnet512-12-int8.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/zfnet-512/model/zfnet512-12-int8.onnx',
    ],
    input: { name: 'gpu_0/data_0', shape: [3, 224, 224] },
    preprocessing: caffe,
    output: { name: 'gpu_0/softmax_1', softmaxed: true },
    accuracy: { top1: 55.84, top5: 79.33, source: 'zoo' },
    licence: 'model card MIT; HF metadata Apache-2.0 (conflict, both permissive)',
  },
  {
    id: 'googlenet-12-int8',
    networks: ['googlenet'],
    kind: 'int8',
    opset: 12,
    file: 'googlenet-12-int8.onnx',
    bytes: 7_122_858,
    sha256: '282290386d7055c1b1e9692680621907991a87f9839391892b5cbe4da2e9871f',
    revision: null,
    urls: [
      'https://huggingface.co/onnxmodelzoo/googlenet-12-int8/resolve/main/googlenet-12-int8.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/inception_and_googlenet/googlenet/model/googlenet-12-int8.onnx',
    ],
    input: { name: 'data_0', shape: [3, 224, 224] },
    preprocessing: caffe,
    output: { name: 'prob_1', softmaxed: true },
    accuracy: { top1: 67.73, top5: 88.32, source: 'zoo' },
    licence: 'model card BSD-3-Clause; HF metadata Apache-2.0 (conflict, both permissive)',
  },
  {
    id: 'vgg16-12-int8',
    networks: ['vgg16'],
    kind: 'int8',
    opset: 12,
    file: 'vgg16-12-int8.onnx',
    bytes: 138_407_238,
    sha256: '0d0a8e1d69f70404421e37dbad4f8bd21d42758e9f426bd5b39e9e4e9e1afa23',
    revision: null,
    urls: [
      'https://huggingface.co/onnxmodelzoo/vgg16-12-int8/resolve/main/vgg16-12-int8.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/vgg/model/vgg16-12-int8.onnx',
    ],
    input: { name: 'data', shape: [3, 224, 224] },
    preprocessing: torchvision,
    output: { name: 'vgg0_dense2_fwd', softmaxed: false },
    accuracy: { top1: 72.32, top5: 90.97, source: 'zoo' },
    licence: 'Apache-2.0',
  },
  {
    id: 'vgg16-bn-7',
    networks: ['vgg16-bn'],
    kind: 'fp32',
    opset: 7,
    file: 'vgg16-bn-7.onnx',
    bytes: 553_512_191,
    sha256: '4fdceabf1ef715c9ed3020fa2eac1cb2a448296c086b03633c80cf47e1c5afce',
    revision: null,
    urls: [
      'https://huggingface.co/onnxmodelzoo/vgg16-bn-7/resolve/main/vgg16-bn-7.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/vgg/model/vgg16-bn-7.onnx',
    ],
    input: { name: 'data', shape: [3, 224, 224] },
    preprocessing: torchvision,
    output: { name: 'vgg0_dense2_fwd', softmaxed: false },
    accuracy: { top1: 72.71, top5: 91.21, source: 'zoo' },
    licence: 'Apache-2.0',
  },
  {
    id: 'vgg19-7',
    networks: ['vgg19'],
    kind: 'fp32',
    opset: 7,
    file: 'vgg19-7.onnx',
    bytes: 574_677_321,
    sha256: '692f9f927f1df1b89033787a77a73eac59fd9b3344f9ecdf0b13221e41c2046f',
    revision: null,
    urls: [
      'https://huggingface.co/onnxmodelzoo/vgg19-7/resolve/main/vgg19-7.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/vgg/model/vgg19-7.onnx',
    ],
    input: { name: 'data', shape: [3, 224, 224] },
    preprocessing: torchvision,
    output: { name: 'vgg0_dense2_fwd', softmaxed: false },
    accuracy: { top1: 73.72, top5: 91.58, source: 'zoo' },
    licence: 'Apache-2.0',
  },
  {
    id: 'vgg19-bn-7',
    networks: ['vgg19-bn'],
    kind: 'fp32',
    opset: 7,
    file: 'vgg19-bn-7.onnx',
    bytes: 574_774_380,
    sha256: 'ce0987dfa6228ad29708013f38b7f73cbc14ca6066a05fc22ee49b35871c63ed',
    revision: null,
    urls: [
      'https://huggingface.co/onnxmodelzoo/vgg19-bn-7/resolve/main/vgg19-bn-7.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/vgg/model/vgg19-bn-7.onnx',
    ],
    input: { name: 'data', shape: [3, 224, 224] },
    preprocessing: torchvision,
    output: { name: 'vgg0_dense2_fwd', softmaxed: false },
    accuracy: { top1: 73.83, top5: 91.79, source: 'zoo' },
    licence: 'Apache-2.0',
  },
  {
    id: 'resnet18-v1-7',
    networks: ['resnet18'],
    kind: 'fp32',
    opset: 7,
    file: 'resnet18-v1-7.onnx',
    bytes: 46_820_737,
    sha256: '4e8f8653e7a2222b3904cc3fe8e304cd8b339ce1d05fd24688162f86fb6df52c',
    revision: 'e7cb849a949bdceba02356b8b923d53cc01108e1',
    urls: [
      'https://huggingface.co/onnxmodelzoo/resnet18-v1-7/resolve/e7cb849a949bdceba02356b8b923d53cc01108e1/resnet18-v1-7.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/resnet/model/resnet18-v1-7.onnx',
    ],
    input: { name: 'data', shape: [3, 224, 224] },
    preprocessing: torchvision,
    output: { name: 'resnetv15_dense0_fwd', softmaxed: false },
    accuracy: { top1: 69.93, top5: 89.29, source: 'zoo' },
    licence: 'Apache-2.0',
  },
  {
    id: 'resnet34-v1-7',
    networks: ['resnet34'],
    kind: 'fp32',
    opset: 7,
    file: 'resnet34-v1-7.onnx',
    bytes: 87_302_588,
    sha256: '883a41b2e30ddc2e422c108b091b5e70b92d37dc5c345a2c563dcae27971e2cc',
    revision: null,
    urls: [
      'https://huggingface.co/onnxmodelzoo/resnet34-v1-7/resolve/main/resnet34-v1-7.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/resnet/model/resnet34-v1-7.onnx',
    ],
    input: { name: 'data', shape: [3, 224, 224] },
    preprocessing: torchvision,
    output: { name: 'resnetv16_dense0_fwd', softmaxed: false },
    accuracy: { top1: 73.73, top5: 91.4, source: 'zoo' },
    licence: 'Apache-2.0',
  },
  {
    id: 'resnet50-v1-12-int8',
    networks: ['resnet50-v1', 'resnet50'],
    kind: 'int8',
    opset: 12,
    file: 'resnet50-v1-12-int8.onnx',
    bytes: 25_816_052,
    sha256: 'c234f30975989788b4405f25253275aae247ab6dbdd34aaa69ab0a59ff76f6d0',
    revision: 'd843735a7f2c4a254931a633f6dc5758d52f06ee',
    urls: [
      'https://huggingface.co/onnxmodelzoo/resnet50-v1-12-int8/resolve/d843735a7f2c4a254931a633f6dc5758d52f06ee/resnet50-v1-12-int8.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/resnet/model/resnet50-v1-12-int8.onnx',
    ],
    input: { name: 'data', shape: [3, 224, 224] },
    preprocessing: torchvision,
    output: { name: 'resnetv17_dense0_fwd', softmaxed: false },
    accuracy: { top1: 74.77, top5: 92.32, source: 'zoo' },
    licence: 'Apache-2.0',
  },
  {
    id: 'resnet50-v1-12',
    networks: ['resnet50-v1', 'resnet50'],
    kind: 'fp32',
    opset: 12,
    file: 'resnet50-v1-12.onnx',
    bytes: 102_576_593,
    sha256: '3f03fdef724b22947eed826f1eef1dc5c34151bb4c37d634f1db89dfa2dd1526',
    revision: null,
    urls: [
      'https://huggingface.co/onnxmodelzoo/resnet50-v1-12/resolve/main/resnet50-v1-12.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/resnet/model/resnet50-v1-12.onnx',
    ],
    input: { name: 'data', shape: [3, 224, 224] },
    preprocessing: torchvision,
    output: { name: 'resnetv17_dense0_fwd', softmaxed: false },
    accuracy: { top1: 74.97, top5: 92.33, source: 'zoo' },
    licence: 'Apache-2.0',
  },
  {
    id: 'resnet101-v1-7',
    networks: ['resnet101-v1', 'resnet101'],
    kind: 'fp32',
    opset: 7,
    file: 'resnet101-v1-7.onnx',
    bytes: 178_914_043,
    sha256: '760702f6ec0138f71ebac66f4e95d1c72dc9267a8544f4d4667a53075fd0497c',
    revision: null,
    urls: [
      'https://huggingface.co/onnxmodelzoo/resnet101-v1-7/resolve/main/resnet101-v1-7.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/resnet/model/resnet101-v1-7.onnx',
    ],
    input: { name: 'data', shape: [3, 224, 224] },
    preprocessing: torchvision,
    output: { name: 'resnetv18_dense0_fwd', softmaxed: false },
    accuracy: { top1: 76.48, top5: 93.2, source: 'zoo' },
    licence: 'Apache-2.0',
  },
  {
    id: 'resnet152-v1-7',
    networks: ['resnet152-v1', 'resnet152'],
    kind: 'fp32',
    opset: 7,
    file: 'resnet152-v1-7.onnx',
    bytes: 241_816_206,
    sha256: 'b0ec92437bf8c9d0739bf9bafdea9638e13f9e3c1e2fb766ad546cc182fd3f6d',
    revision: null,
    urls: [
      'https://huggingface.co/onnxmodelzoo/resnet152-v1-7/resolve/main/resnet152-v1-7.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/resnet/model/resnet152-v1-7.onnx',
    ],
    input: { name: 'data', shape: [3, 224, 224] },
    preprocessing: torchvision,
    output: { name: 'resnetv19_dense0_fwd', softmaxed: false },
    accuracy: { top1: 77.11, top5: 93.61, source: 'zoo' },
    licence: 'Apache-2.0',
  },
  {
    id: 'resnet50-v2-7',
    networks: ['preact-resnet200'],
    values: { depth: 50 },
    kind: 'fp32',
    opset: 7,
    file: 'resnet50-v2-7.onnx',
    bytes: 102_442_452,
    sha256: '79102261eb6e5fd7af5d27f41316293e388c5cb691e5d25bfb035c4f64fefe31',
    revision: null,
    urls: [
      'https://huggingface.co/onnxmodelzoo/resnet50-v2-7/resolve/main/resnet50-v2-7.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/resnet/model/resnet50-v2-7.onnx',
    ],
    input: { name: 'data', shape: [3, 224, 224] },
    preprocessing: torchvision,
    output: { name: 'resnetv24_dense0_fwd', softmaxed: false },
    accuracy: { top1: 75.81, top5: 92.82, source: 'zoo' },
    licence: 'Apache-2.0',
  },
  {
    id: 'resnet101-v2-7',
    networks: ['preact-resnet200'],
    values: { depth: 101 },
    kind: 'fp32',
    opset: 7,
    file: 'resnet101-v2-7.onnx',
    bytes: 178_682_301,
    sha256: '3a0a819ea0953fb4700b0d98e43540aeee253e5b4c503c552b0c7979fc67767d',
    revision: null,
    urls: [
      'https://huggingface.co/onnxmodelzoo/resnet101-v2-7/resolve/main/resnet101-v2-7.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/resnet/model/resnet101-v2-7.onnx',
    ],
    input: { name: 'data', shape: [3, 224, 224] },
    preprocessing: torchvision,
    output: { name: 'resnetv25_dense0_fwd', softmaxed: false },
    accuracy: { top1: 77.42, top5: 93.61, source: 'zoo' },
    licence: 'Apache-2.0',
  },
  {
    id: 'resnet152-v2-7',
    networks: ['preact-resnet200'],
    values: { depth: 152 },
    kind: 'fp32',
    opset: 7,
    file: 'resnet152-v2-7.onnx',
    bytes: 241_503_848,
    sha256: '40fb3f6dd313ba786a2c8077a0ef7d7b4afeda5d037365400d3a7fbc2b1bee64',
    revision: null,
    urls: [
      'https://huggingface.co/onnxmodelzoo/resnet152-v2-7/resolve/main/resnet152-v2-7.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/resnet/model/resnet152-v2-7.onnx',
    ],
    input: { name: 'data', shape: [3, 224, 224] },
    preprocessing: torchvision,
    output: { name: 'resnetv27_dense0_fwd', softmaxed: false },
    accuracy: { top1: 78.2, top5: 94.21, source: 'zoo' },
    licence: 'Apache-2.0',
  },
  {
    id: 'densenet-12-int8',
    networks: ['densenet121'],
    kind: 'int8',
    opset: 12,
    file: 'densenet-12-int8.onnx',
    bytes: 8_901_304,
    sha256: '22ab62382b43c2757d84832bf7db13569ab22073d2b1c086ab5669be46d89016',
    revision: null,
    urls: [
      'https://huggingface.co/onnxmodelzoo/densenet-12-int8/resolve/main/densenet-12-int8.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/validated/vision/classification/densenet-121/model/densenet-12-int8.onnx',
    ],
    input: { name: 'data_0', shape: [3, 224, 224] },
    preprocessing: densenetCaffe,
    output: { name: 'fc6_1', softmaxed: false },
    accuracy: { top1: 60.2, top5: null, source: 'zoo' },
    licence: 'model card MIT; HF metadata Apache-2.0 (conflict, both permissive)',
  },
  {
    id: 'wide_resnet50_2_Opset18_torch_hub',
    networks: ['wrn-50-2'],
    kind: 'fp32',
    opset: 18,
    file: 'wide_resnet50_2_Opset18_torch_hub.onnx',
    bytes: 275_421_011,
    sha256: '08f2adadd94dfb9e51c78365b0c49fa139c77b5e337a001a2e1a51f2e362cace',
    revision: null,
    urls: [
      'https://huggingface.co/onnxmodelzoo/wide_resnet50_2_Opset18_torch_hub/resolve/main/wide_resnet50_2_Opset18_torch_hub.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/Computer_Vision/wide_resnet50_2_Opset18_torch_hub/wide_resnet50_2_Opset18.onnx',
    ],
    input: { name: 'x', shape: [3, 224, 224] },
    preprocessing: torchvision,
    output: { name: null, softmaxed: false },
    accuracy: {
      top1: 81.602,
      top5: 95.758,
      source: 'torchvision',
      of: 'Wide_ResNet50_2_Weights.IMAGENET1K_V2',
    },
    licence: 'code BSD-3-Clause (torchvision); HF card Apache-2.0',
  },
  {
    id: 'resnext50_32x4d_Opset18_torch_hub',
    networks: ['resnext50-32x4d'],
    kind: 'fp32',
    opset: 18,
    file: 'resnext50_32x4d_Opset18_torch_hub.onnx',
    bytes: 100_003_624,
    sha256: 'f412ffb7f1295d1454dfec0220eaf72d2567e37e4b80dede54655d5745374cb1',
    revision: null,
    urls: [
      'https://huggingface.co/onnxmodelzoo/resnext50_32x4d_Opset18_torch_hub/resolve/main/resnext50_32x4d_Opset18_torch_hub.onnx',
      'https://media.githubusercontent.com/media/onnx/models/main/Computer_Vision/resnext50_32x4d_Opset18_torch_hub/resnext50_32x4d_Opset18.onnx',
    ],
    input: { name: 'x', shape: [3, 224, 224] },
    preprocessing: torchvision,
    output: { name: null, softmaxed: false },
    accuracy: {
      top1: 81.198,
      top5: 95.34,
      source: 'torchvision',
      of: 'ResNeXt50_32X4D_Weights.IMAGENET1K_V2',
    },
    licence: 'code BSD-3-Clause (torchvision); HF card Apache-2.0',
  },
];

/** What a network's page offers. */
export const weightsFor = (network: string): readonly ImageNetWeights[] =>
  imagenetWeights.filter(({ networks }) => networks.includes(network));

/** What a file's network expects of a picture. */
export const expectationFor = ({ input, preprocessing }: ImageNetWeights): PictureExpectation => ({
  shape: input.shape,
  ...preprocessing,
});
