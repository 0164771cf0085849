import type { ImportedModel } from '../../../engine/onnx/import.ts';
import type { ImportProblem } from '../../../engine/onnx/import-problem.ts';
import type { OpenReply, OpenRequest } from './protocol.ts';

/** What is told while a file is opened: once `opened`, `refused` or `failed`, and how far it is before. */
export interface OpenListener {
  /** @param share from 0 to 1 */
  progress(share: number): void;
  /** @param fingerprint of the file, as {@link fingerprintOf} makes it */
  opened(model: ImportedModel, fingerprint: string): void;
  refused(problem: ImportProblem): void;
  /** The worker broke down: memory ran out, or a mistake of ours. */
  failed(reason: string): void;
}

/** Reads an ONNX file in a worker, so that no file makes the page wait; the function returned gives it up. */
export function openOnnx(request: OpenRequest, listener: OpenListener): () => void {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    type: 'module',
    name: 'convatlas-open-file',
  });
  const end = () => worker.terminate();
  worker.onmessage = ({ data }: MessageEvent<OpenReply>) => {
    if (data.kind === 'progress') {
      listener.progress(data.share);
      return;
    }
    end();
    if (data.kind === 'opened') listener.opened(data.model, data.fingerprint);
    else if (data.kind === 'refused') listener.refused(data.problem);
    else listener.failed(data.reason);
  };
  worker.onerror = (event) => {
    end();
    listener.failed(event.message ?? '');
  };
  worker.onmessageerror = () => {
    end();
    listener.failed('');
  };
  worker.postMessage(request);
  return end;
}
