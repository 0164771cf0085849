import type { WorkerLike } from './client.ts';
import type { LayerTimes } from './layer-times.ts';
import { RuntimeError } from './problem.ts';
import type { ToWorker } from './protocol.ts';

/** Milliseconds without a word from the worker after which it counts as dead. */
const PATIENCE_MS = 60_000;

/**
 * Times every layer of a model, in a worker of its own that is ended with it.
 *
 * @param options.onRun told how many runs have been timed
 * @throws RuntimeError, or the signal's reason once it is aborted
 */
export function timeLayers(
  createWorker: () => WorkerLike,
  job: Omit<Extract<ToWorker, { readonly type: 'time-layers' }>, 'type'>,
  { signal, onRun }: { readonly signal: AbortSignal; readonly onRun: (runs: number) => void },
): Promise<LayerTimes> {
  if (signal.aborted) return Promise.reject(signal.reason);
  const worker = createWorker();
  let patience: ReturnType<typeof setTimeout> | undefined;
  let handleAbort = () => {};
  const times = new Promise<LayerTimes>((resolve, reject) => {
    const died = (silent: boolean, detail: string) =>
      reject(new RuntimeError({ code: 'worker-died', silent, detail }));
    const wait = () => {
      clearTimeout(patience);
      patience = setTimeout(() => died(true, ''), PATIENCE_MS);
    };
    handleAbort = () => reject(signal.reason);
    signal.addEventListener('abort', handleAbort);
    worker.onerror = (event) => died(false, event.message ?? '');
    worker.onmessageerror = () => died(false, 'a message could not be read');
    worker.onmessage = ({ data }) => {
      wait();
      if (data.type === 'timed') onRun(data.runs);
      else if (data.type === 'layers-timed') resolve(data.times);
      else if (data.type === 'load-failed') reject(new RuntimeError(data.problem));
    };
    wait();
    worker.postMessage({ type: 'time-layers', ...job }, []);
  });
  return times.finally(() => {
    clearTimeout(patience);
    signal.removeEventListener('abort', handleAbort);
    worker.terminate();
  });
}
