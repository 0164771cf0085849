import { contextOf, type GraphNode } from '../../engine/graph/types.ts';
import { operatorOf } from '../../engine/ops/index.ts';
import type { OnnxAttribute, OnnxNode } from '../../engine/ops/types.ts';

/** More text than this says less: tables of connections and codes are cut. */
const longest = 240;

const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest)} …` : text);

const attributeText = (attribute: OnnxAttribute): string =>
  attribute.kind === 'ints' ? `[${attribute.value.join(', ')}]` : String(attribute.value);

const onnxText = ({ opType, inputs, outputs, attributes }: OnnxNode): string => {
  const listed = Object.entries(attributes).map(([name, value]) => `${name}=${attributeText(value)}`);
  const call = `${opType}(${inputs.join(', ')})`;
  return `${outputs.join(', ')} = ${call}${listed.length > 0 ? ` {${listed.join(', ')}}` : ''}`;
};

/** A node in ONNX, one line an ONNX node: `fc3 = Gemm(fc2/tanh, fc3.weight, fc3.bias) {transB=1}`. */
export function onnxLines(node: GraphNode): readonly string[] {
  const own = (name: string): string => `${node.id}.${name}`;
  const { nodes } = operatorOf(node.op).toOnnx(contextOf(node), {
    inputs: node.inputs,
    output: node.id,
    tensor: own,
    local: own,
    forWebGpu: false,
  });
  return nodes.map((one) => cut(onnxText(one)));
}

/** A node in PyTorch: `nn.Linear(84, 10)`. */
export function torchLine(node: GraphNode): string {
  const form = operatorOf(node.op).toTorch(contextOf(node));
  return cut(form.kind === 'module' ? form.expression : form.expression(node.inputs));
}
