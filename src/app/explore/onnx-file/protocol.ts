import type { Architecture, Shape } from '../../../engine/spec/types.ts';

/** What the worker is told: the definition without its functions, the input's shape, and the seed of the weights. */
export interface OnnxFileRequest {
  readonly definition: Pick<Architecture, 'id' | 'title' | 'source' | 'input' | 'layers'>;
  readonly input: Shape;
  readonly seed: number;
}

/** What the worker says: bytes made so far, the file, or why there is none. */
export type OnnxFileReply =
  | { readonly kind: 'progress'; readonly bytes: number }
  | { readonly kind: 'file'; readonly file: Blob }
  | { readonly kind: 'failed'; readonly reason: string };
