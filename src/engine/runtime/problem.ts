/** Why a network cannot be run, or one run failed. */
export type RuntimeProblem =
  /** The browser has no WebAssembly, or none with SIMD, which the runtime is compiled for. */
  | { readonly code: 'no-simd' }
  /** The browser has no WebGPU, or no graphics adapter for it. */
  | { readonly code: 'no-adapter' }
  /** The runtime's files could not be fetched; `status` is the server's answer, null where there was none. */
  | { readonly code: 'download'; readonly url: string; readonly status: number | null }
  | { readonly code: 'out-of-memory'; readonly detail: string }
  /** The runtime refuses the model. */
  | { readonly code: 'session-failed'; readonly detail: string }
  /** A known input gave other numbers than the reference: the first node that did, and its error relative to its largest value. */
  | { readonly code: 'wrong-numbers'; readonly node: string; readonly maxError: number }
  | { readonly code: 'run-failed'; readonly detail: string }
  /** The worker broke down, or (`silent`) answered nothing for too long. */
  | { readonly code: 'worker-died'; readonly silent: boolean; readonly detail: string }
  /** The client was closed, or loads something else. */
  | { readonly code: 'terminated' };

/** The problem in English, for logs. */
export function describeRuntimeProblem(problem: RuntimeProblem): string {
  switch (problem.code) {
    case 'no-simd':
      return 'this browser has no WebAssembly SIMD';
    case 'no-adapter':
      return 'this browser has no WebGPU adapter';
    case 'download':
      return `${problem.url} ${problem.status === null ? 'could not be fetched' : `answered with status ${problem.status}`}`;
    case 'out-of-memory':
      return `out of memory: ${problem.detail}`;
    case 'session-failed':
      return `the runtime refuses the model: ${problem.detail}`;
    case 'wrong-numbers':
      return `the self-check failed at ${problem.node}: relative error ${problem.maxError}`;
    case 'run-failed':
      return `the run failed: ${problem.detail}`;
    case 'worker-died':
      return problem.silent ? 'the worker does not answer' : `the worker broke down: ${problem.detail}`;
    case 'terminated':
      return 'the runtime was closed';
  }
}

/** Thrown where a network cannot be run. */
export class RuntimeError extends Error {
  readonly problem: RuntimeProblem;

  /** @param problem why, with its details */
  constructor(problem: RuntimeProblem) {
    super(describeRuntimeProblem(problem));
    this.name = 'RuntimeError';
    this.problem = problem;
  }
}

/** What a thrown value says, and whether it says that memory ran out. */
export function readFailure(thrown: unknown): { readonly detail: string; readonly outOfMemory: boolean } {
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  // Emscripten aborts throw plain numbers or short messages; these are the ones it has for a full heap.
  const outOfMemory = /out of memory|bad_alloc|allocation failed|memory access out of bounds|\bOOM\b/i.test(
    detail,
  );
  return { detail, outOfMemory };
}
