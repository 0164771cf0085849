import { formatBytes } from '../cost/format.ts';
import { describeProblem, type Problem } from '../graph/problem.ts';
import type { Shape } from '../spec/types.ts';

/** A node of a file, as an error names it. */
export interface PlacedNode {
  /** Its name in the file, or its first output's. */
  readonly node: string;
  /** As the file calls it: `Conv`, `com.microsoft.FusedConv`. */
  readonly operator: string;
}

/** Formats that are taken for ONNX files, recognised by their first bytes. */
export type OtherFormat =
  | 'png'
  | 'jpeg'
  | 'gif'
  | 'zip'
  | 'gzip'
  | 'hdf5'
  | 'pdf'
  | 'ort'
  | 'tflite'
  | 'safetensors';

/** Why a file gives no graph; the names and numbers are all that a sentence about it needs. */
export type ImportProblem =
  | { readonly code: 'empty' }
  /** Text; `pointer` is what Git LFS leaves in place of a file. */
  | { readonly code: 'text'; readonly kind: 'plain' | 'html' | 'pointer' }
  /** Neither text nor protobuf; the format where it is recognised. */
  | { readonly code: 'not-onnx'; readonly format: OtherFormat | null }
  /** The file ends within something whose length it states. Bytes. */
  | { readonly code: 'cut-short'; readonly size: number; readonly needed: number }
  /** Protobuf that contradicts itself, at a byte of the file. */
  | { readonly code: 'malformed'; readonly at: number }
  /** Bytes, and how many a protobuf file may have. */
  | { readonly code: 'too-big'; readonly size: number; readonly limit: number }
  | {
      readonly code: 'too-many';
      readonly what: 'nodes' | 'tensors' | 'values';
      readonly count: number;
      readonly limit: number;
    }
  | { readonly code: 'no-graph' }
  | { readonly code: 'no-input' }
  | { readonly code: 'no-output' }
  | { readonly code: 'opset'; readonly version: number; readonly newest: number }
  | { readonly code: 'input-type'; readonly input: string; readonly type: string }
  /** Extents of the input that the file leaves open have to be given: names for some, null for others. */
  | {
      readonly code: 'input-size';
      readonly input: string;
      readonly shape: readonly (number | string | null)[];
      /** Channels that the first convolution takes, where it says so. */
      readonly channels: number | null;
    }
  /** The input asked for has another number of axes than the file's. */
  | {
      readonly code: 'input-rank';
      readonly input: string;
      readonly asked: Shape;
      readonly shape: readonly (number | string | null)[];
    }
  | { readonly code: 'input-shape'; readonly problem: Problem }
  | { readonly code: 'cycle'; readonly nodes: readonly string[] }
  | ({ readonly code: 'missing-tensor'; readonly tensor: string } & PlacedNode)
  | { readonly code: 'missing-output'; readonly tensor: string }
  | { readonly code: 'duplicate'; readonly tensor: string }
  | ({ readonly code: 'wrong-type'; readonly tensor: string; readonly type: string } & PlacedNode)
  /** A tensor whose bytes are not as many as its shape and type say. */
  | {
      readonly code: 'tensor-size';
      readonly tensor: string;
      readonly shape: Shape;
      readonly type: string;
      readonly expected: number;
      readonly actual: number;
    }
  | { readonly code: 'tensor-type'; readonly tensor: string; readonly type: number }
  | ({ readonly code: 'attribute'; readonly attribute: string } & PlacedNode)
  | ({ readonly code: 'inputs'; readonly count: number } & PlacedNode)
  /** What one of the engine's own shape rules found. */
  | ({ readonly code: 'misfit'; readonly problem: Problem; readonly shapes: readonly Shape[] } & PlacedNode)
  /** Inputs of these shapes (batch axis first) do not go together. */
  | ({ readonly code: 'shapes'; readonly shapes: readonly Shape[] } & PlacedNode)
  /** A size that is worked out while the network runs, so that the shapes behind it are not known. */
  | ({ readonly code: 'dynamic-shape' } & PlacedNode)
  /** Images of a batch are mixed, and the file fixes their number. */
  | ({ readonly code: 'batch'; readonly batch: number } & PlacedNode)
  | { readonly code: 'external-missing'; readonly files: readonly string[] }
  | {
      readonly code: 'external-short';
      readonly file: string;
      readonly tensor: string;
      readonly size: number;
      readonly needed: number;
    };

const list = (shape: readonly (number | string | null)[]): string =>
  shape.map((extent) => extent ?? '?').join('×');

const at = ({ node, operator }: PlacedNode): string => `${node} (${operator})`;

const counted = { nodes: 'nodes', tensors: 'tensors', values: 'values in one list' } as const;

/** The problem in one English sentence without its full stop. */
export function describeImportProblem(problem: ImportProblem): string {
  switch (problem.code) {
    case 'empty':
      return 'the file is empty';
    case 'text':
      return {
        plain: 'the file is text, not an ONNX model',
        html: 'the file is a web page, not an ONNX model',
        pointer: 'the file is a Git LFS pointer: the model itself has not been downloaded',
      }[problem.kind];
    case 'not-onnx':
      return problem.format === null
        ? 'the file is not an ONNX model'
        : `the file is not an ONNX model but looks like ${problem.format}`;
    case 'cut-short':
      return `the file is cut short: it has ${problem.size} bytes, and at least ${problem.needed} are needed`;
    case 'malformed':
      return `the file is damaged: what stands at byte ${problem.at} cannot be read`;
    case 'too-big':
      return `the file has ${formatBytes(problem.size)}; an ONNX file has at most ${formatBytes(problem.limit)}`;
    case 'too-many':
      return `the file has ${problem.count} ${counted[problem.what]}, more than the ${problem.limit} that can be shown`;
    case 'no-graph':
      return 'the file holds no network';
    case 'no-input':
      return 'the network has no input';
    case 'no-output':
      return 'the network has no output';
    case 'opset':
      return `the file is written for version ${problem.version} of the ONNX operators; versions 1 to ${problem.newest} are known here`;
    case 'input-type':
      return `the input "${problem.input}" is of type ${problem.type}, not a tensor of numbers`;
    case 'input-size':
      return `the file leaves the size of its input "${problem.input}" open (${list(problem.shape)}): give one`;
    case 'input-rank':
      return `an input of ${list(problem.asked)} does not fit "${problem.input}", which is ${list(problem.shape)}`;
    case 'input-shape':
      return describeProblem(problem.problem);
    case 'cycle':
      return `the nodes ${problem.nodes.join(', ')} wait for one another: the network runs in a circle`;
    case 'missing-tensor':
      return `${at(problem)} reads "${problem.tensor}", which is neither in the file nor made by any node`;
    case 'missing-output':
      return `the output "${problem.tensor}" is made by no node`;
    case 'duplicate':
      return `"${problem.tensor}" is made twice`;
    case 'wrong-type':
      return `${at(problem)} cannot take "${problem.tensor}" of type ${problem.type}`;
    case 'tensor-size':
      return `the tensor "${problem.tensor}" (${list(problem.shape)} of ${problem.type}) should have ${problem.expected} bytes and has ${problem.actual}`;
    case 'tensor-type':
      return `the tensor "${problem.tensor}" is of a type that ONNX does not have (${problem.type})`;
    case 'attribute':
      return `the attribute "${problem.attribute}" of ${at(problem)} is missing or not what it has to be`;
    case 'inputs':
      return `${at(problem)} has ${problem.count} inputs, which is too few`;
    case 'misfit':
      return `${at(problem)}: ${describeProblem(problem.problem)}`;
    case 'shapes':
      return `${at(problem)} cannot work on ${problem.shapes.map(list).join(' and ')}`;
    case 'dynamic-shape':
      return `${at(problem)} works out its size while the network runs, so that nothing behind it can be measured`;
    case 'batch':
      return `${at(problem)} mixes the ${problem.batch} images of a batch`;
    case 'external-missing':
      return `the weights stand in other files, which are missing: ${problem.files.join(', ')}`;
    case 'external-short':
      return `"${problem.file}" has ${problem.size} bytes; the tensor "${problem.tensor}" needs ${problem.needed}`;
  }
}

/** Thrown where a file gives no graph: the only error of the import. */
export class ImportError extends Error {
  readonly problem: ImportProblem;

  /** @param problem what is wrong with the file, with its names and numbers */
  constructor(problem: ImportProblem) {
    super(describeImportProblem(problem));
    this.name = 'ImportError';
    this.problem = problem;
  }
}
