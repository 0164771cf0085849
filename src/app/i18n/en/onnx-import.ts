import type { UncountedNode } from '../../../engine/onnx/import.ts';
import { describeImportProblem, type ImportProblem } from '../../../engine/onnx/import-problem.ts';
import type { NoteCode } from '../../../engine/onnx/map-operators.ts';

/** The engine's own text as a sentence; a name at its beginning stays as the file has it. */
const sentence = (problem: ImportProblem): string =>
  `${describeImportProblem(problem).replace(/^(the|an) /, (article) => article.charAt(0).toUpperCase() + article.slice(1))}.`;

const notes: Readonly<Record<NoteCode, string>> = {
  quantised: 'Operators on whole numbers are shown as the layers that they compute:',
  rewritten: 'Written as another operator with the same result:',
  'left-out': 'Left out, since they change nothing:',
  'shared-weights': 'Weights that several layers share are counted once:',
  unused: 'Left out, since they lead to no output:',
  'several-inputs': 'The network has other inputs beside the picture:',
  'input-transposed': 'Pixels come with their channels last; they are shown channels first:',
  'old-opset': 'The operators are of an old version, which may not run:',
};

const reasons: Readonly<Record<UncountedNode['reason'], string>> = {
  'unknown-operator': 'not an operator that is known here',
  subgraph: 'holds a network of its own, which may run any number of times',
  function: 'a function of the file’s own',
  definition: 'an operator whose operations are not worked out here',
  shape: 'its shape is not known',
};

/** What is said of an opened ONNX file. */
export const onnxImport = {
  problem: sentence,
  notes,
  reasons,
  uncounted: (count: number) =>
    count === 1 ? '1 operator is left uncounted' : `${count} operators are left uncounted`,
};
