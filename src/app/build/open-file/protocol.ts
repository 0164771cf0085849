import type { ImportedModel, ImportOptions } from '../../../engine/onnx/import.ts';
import type { ImportProblem } from '../../../engine/onnx/import-problem.ts';

/** What the worker is told: the file, and how it is to be read. */
export interface OpenRequest {
  readonly file: Blob;
  readonly options: ImportOptions;
}

/** What the worker says: how far it is in the file, from 0 to 1; the network and the file's fingerprint; why there is none; that it broke down. */
export type OpenReply =
  | { readonly kind: 'progress'; readonly share: number }
  | { readonly kind: 'opened'; readonly model: ImportedModel; readonly fingerprint: string }
  | { readonly kind: 'refused'; readonly problem: ImportProblem }
  | { readonly kind: 'failed'; readonly reason: string };
