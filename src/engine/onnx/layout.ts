import { contextOf, type Graph } from '../graph/types.ts';

/**
 * Whether a graph must run with `preferredLayout: 'NCHW'` under onnxruntime's native WebGPU.
 *
 * In the default NHWC layout its convolution loads input channels three at a time where their number is a multiple of 3
 * but not of 4, and reads the wrong ones (onnxruntime issue #29651, open in 1.30). Hit are ungrouped convolutions with
 * more than 3 input channels of that kind and a number of filters that is a multiple of 4: LeNet-5's 6 → 16, for one.
 * Convolutions in groups came out wrong in that layout as well: the 5×5 of 2 groups in our AlexNet for 32×32 by as much
 * as its values; in NCHW it is right to 3e-6. Those with a group for each channel take another path.
 */
export const needsNchw = (graph: Graph): boolean =>
  graph.nodes.some((node) => {
    if (node.op !== 'Conv') return false;
    const [channels = 0] = contextOf(node).inputs[0] ?? [];
    const { groups } = node.attributes;
    if (groups > 1) return groups < channels;
    return channels > 3 && channels % 3 === 0 && channels % 4 !== 0 && node.attributes.channels % 4 === 0;
  });
