import { contextOf, type Graph } from '../graph/types.ts';

/**
 * Whether a graph must run with `preferredLayout: 'NCHW'` under onnxruntime's native WebGPU.
 *
 * In the default NHWC layout its convolution loads input channels three at a time where their number is a multiple of 3
 * but not of 4, and reads the wrong ones (onnxruntime issue #29651, open in 1.30). Hit are ungrouped convolutions with
 * more than 3 input channels of that kind and a number of filters that is a multiple of 4: LeNet-5's 6 → 16, for one.
 */
export const needsNchw = (graph: Graph): boolean =>
  graph.nodes.some((node) => {
    if (node.op !== 'Conv' || node.attributes.groups !== 1) return false;
    const [channels = 0] = contextOf(node).inputs[0] ?? [];
    return channels > 3 && channels % 3 === 0 && channels % 4 !== 0 && node.attributes.channels % 4 === 0;
  });
