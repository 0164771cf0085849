/** Starts the worker in which onnxruntime-web runs; in a file of its own because the bundler reads this expression. */
export const createRuntimeWorker = (): Worker =>
  new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'convatlas-runtime' });
