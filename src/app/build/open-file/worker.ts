import { fingerprintOf } from '../../../engine/onnx/fingerprint.ts';
import { type FileLike, importOnnxFile } from '../../../engine/onnx/import.ts';
import { ImportError } from '../../../engine/onnx/import-problem.ts';
import type { OpenReply, OpenRequest } from './protocol.ts';

const reply = (message: OpenReply): void => self.postMessage(message);

/** Milliseconds between two reports. */
const REPORTED_MS = 50;

/** A file that says how far it has been read. */
function told(file: Blob): FileLike {
  let last = performance.now();
  return {
    size: file.size,
    slice: (start, end) => {
      if (performance.now() - last > REPORTED_MS) {
        last = performance.now();
        reply({ kind: 'progress', share: end / file.size });
      }
      return file.slice(start, end);
    },
  };
}

self.onmessage = async ({ data }: MessageEvent<OpenRequest>) => {
  try {
    const model = await importOnnxFile(told(data.file), data.options);
    reply({ kind: 'opened', model, fingerprint: await fingerprintOf(data.file) });
  } catch (error) {
    if (error instanceof ImportError) reply({ kind: 'refused', problem: error.problem });
    else reply({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
  }
};
