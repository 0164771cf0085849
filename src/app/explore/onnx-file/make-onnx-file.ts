import type { OnnxFileReply, OnnxFileRequest } from './protocol.ts';

/** What is told while a file is made. */
export interface OnnxFileListener {
  progress(bytes: number): void;
  done(file: Blob): void;
  failed(reason: string): void;
}

/** Makes an ONNX file with seeded weights in a worker; the function returned gives it up. */
export function makeOnnxFile(request: OnnxFileRequest, listener: OnnxFileListener): () => void {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    type: 'module',
    name: 'convatlas-onnx-file',
  });
  const end = () => worker.terminate();
  worker.onmessage = ({ data }: MessageEvent<OnnxFileReply>) => {
    switch (data.kind) {
      case 'progress':
        listener.progress(data.bytes);
        break;
      case 'file':
        end();
        listener.done(data.file);
        break;
      case 'failed':
        end();
        listener.failed(data.reason);
        break;
    }
  };
  worker.onerror = (event) => {
    end();
    listener.failed(event.message);
  };
  const { id, title, source, input, layers } = request.definition;
  worker.postMessage({ ...request, definition: { id, title, source, input, layers } });
  return end;
}
