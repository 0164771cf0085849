import { lower } from '../../../engine/graph/lower.ts';
import { onnxOutline } from '../../../engine/onnx/export.ts';
import { seededValues } from '../../../engine/weights/seeded.ts';
import type { OnnxFileReply, OnnxFileRequest } from './protocol.ts';

/** Values of one piece: 16 MiB. */
const PIECE = 2 ** 22;

const reply = (message: OnnxFileReply): void => self.postMessage(message);

/** A blob takes its own copy, which the browser may put on the disk: no more than one piece is held here at a time. */
function makeFile({ definition, input, seed }: OnnxFileRequest): Blob {
  const values = new Float32Array(PIECE);
  const parts: Blob[] = [];
  let bytes = 0;
  for (const part of onnxOutline(lower(definition, input))) {
    if (part instanceof Uint8Array) {
      parts.push(new Blob([Uint8Array.from(part)]));
      bytes += part.length;
      continue;
    }
    const fill = seededValues(part.tensor, seed);
    for (let left = part.tensor.size; left > 0; left -= PIECE) {
      const piece = values.subarray(0, Math.min(left, PIECE));
      fill(piece);
      parts.push(new Blob([piece]));
      bytes += piece.byteLength;
      reply({ kind: 'progress', bytes });
    }
  }
  return new Blob(parts, { type: 'application/octet-stream' });
}

self.onmessage = ({ data }: MessageEvent<OnnxFileRequest>) => {
  try {
    reply({ kind: 'file', file: makeFile(data) });
  } catch (error) {
    reply({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
};
