import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { foldBatchNorm } from '../graph/fold-batch-norm.ts';
import { lower } from '../graph/lower.ts';
import type { Graph } from '../graph/types.ts';
import { operatorOf } from '../ops/index.ts';
import type { Shape } from '../spec/types.ts';
import { tensorsOf } from '../weights/graph-tensors.ts';
import { adoptFile } from './adopt-file.ts';
import { exportOnnx, modelBytes } from './export.ts';
import { importOnnx } from './import.ts';

const MODELS = '../shared/models';

function graphOf(id: string, input?: Shape): Graph {
  const architecture = architectures.get(id);
  if (!architecture) throw new RangeError(id);
  return lower(architecture, input);
}

/** A graph as a file, read again: with zeros for weights. */
function asFile(graph: Graph) {
  const tensors = new Map(tensorsOf(graph).map(({ name, size }) => [name, new Float32Array(size)]));
  return importOnnx(modelBytes(exportOnnx(graph, { tensors })));
}

/** Every node's shape follows from its inputs by its operator's own rule. */
function expectSound(graph: Graph): void {
  for (const node of graph.nodes) {
    const shape = operatorOf(node.op).inferShape(node.attributes as never, node.inputShapes);
    expect([node.id, shape]).toEqual([node.id, node.shape]);
  }
}

describe('a network of the catalogue, out of a file', () => {
  it.each([
    'lenet5',
    'nin-cifar10',
    'vgg11-cifar10',
    'inception-cifar10',
    'resnet20-cifar10',
    'preact-resnet20-cifar10',
    'wrn-16-2-cifar10',
    'densenet40-k12',
    'resnext29-mini-cifar10',
    'squeezenet-cifar10',
  ])('has every layer of %s by its own id', (id) => {
    const own = graphOf(id);
    const adopted = adoptFile(own, asFile(own));
    expect(adopted?.answer).toBe('softmax');
    expect(adopted?.changed).toEqual([]);
    // Dropout is written as such, or left out by the import: it makes what it reads.
    expect(own.nodes.filter(({ id: node }) => !adopted?.tensors.has(node))).toEqual([]);
    // The names are those of the same nodes: a file written here calls a tensor by its node's id.
    for (const [node, tensor] of adopted?.tensors ?? []) {
      if (own.nodeById.get(node)?.op === 'Dropout') continue;
      expect(tensor).toBe(node);
    }
  });

  it('does without the batch norms that the file has folded, and without what went into them', () => {
    const own = graphOf('resnet20-cifar10');
    const adopted = adoptFile(own, asFile(foldBatchNorm(own)));
    const norms = own.nodes.filter(({ op }) => op === 'BatchNormalization');
    expect(adopted?.absorbed).toEqual(norms.map(({ id }) => id));
    expect(adopted?.tensors.get('conv1/bn')).toBe('conv1/conv');
    expect(adopted?.tensors.has('conv1/conv')).toBe(false);
    expect(adopted?.answer).toBe('softmax');
  });

  it('has the file’s sizes where they differ, and says where', () => {
    const own = graphOf('vgg11-cifar10');
    const adopted = adoptFile(own, asFile(graphOf('vgg11-cifar10', [3, 64, 64])));
    expect(adopted?.graph.input).toEqual([3, 64, 64]);
    expect(adopted?.graph.nodeById.get(own.nodes[0]?.id ?? '')?.shape.slice(1)).toEqual([64, 64]);
    expect(adopted?.changed).toEqual([]);
    const wide = adoptFile(graphOf('resnet20-cifar10'), asFile(graphOf('resnet32-cifar10')));
    expect(wide).toBeNull();
  });

  it('is told from another network', () => {
    expect(adoptFile(graphOf('lenet5'), asFile(graphOf('nin-cifar10')))).toBeNull();
    expect(adoptFile(graphOf('nin-cifar10'), asFile(graphOf('lenet5')))).toBeNull();
  });
});

describe('public files, where ../shared/models is at hand (else skipped)', () => {
  it.skipIf(!existsSync(MODELS)).each([
    ['alexnet', 'light/light_bvlc_alexnet.onnx', 'softmax', [3, 224, 224]],
    ['googlenet', 'light/light_inception_v1.onnx', 'softmax', [3, 224, 224]],
    ['resnet50', 'light/light_resnet50.onnx', 'softmax', [3, 224, 224]],
    ['squeezenet-1.1', 'squeezenet1.1-fp32.onnx', 'flatten', [3, 224, 224]],
    ['squeezenet-1.0', 'squeezenet1.0-dc-fp32.onnx', 'flatten', [3, 227, 227]],
  ] as const)('%s is what %s holds', (id, file, answer, input) => {
    const adopted = adoptFile(graphOf(id), importOnnx(readFileSync(`${MODELS}/${file}`)));
    expect(adopted?.answer).toBe(answer);
    expect(adopted?.graph.input).toEqual(input);
    if (adopted) expectSound(adopted.graph);
  });
});
