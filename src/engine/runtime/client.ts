import { RuntimeError, type RuntimeProblem } from './problem.ts';
import type { FromWorker, LoadRequest, Progress, RuntimePhase, SessionFacts, ToWorker } from './protocol.ts';

/** The part of a `Worker` that the client uses. */
export interface WorkerLike {
  postMessage(message: ToWorker, transfer: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  onmessageerror: ((event: MessageEvent) => void) | null;
}

/** What a run gave; a run that a newer one overtook while it waited gives nothing. */
export type RunOutcome =
  | {
      readonly status: 'done';
      /** Values by node id; of several images one behind the other. */
      readonly outputs: ReadonlyMap<string, Float32Array>;
      /** Time of the run itself, measured in the worker. */
      readonly runMs: number;
    }
  | { readonly status: 'superseded' };

/** How a client reaches its worker, and how long it waits for a sign of life. */
export interface RuntimeClientOptions {
  readonly createWorker: () => WorkerLike;
  /** Milliseconds without a message, in a run but the first, after which the worker counts as dead. */
  readonly runPatienceMs?: number;
  /** The same while loading. */
  readonly loadPatienceMs?: number;
}

interface Job {
  readonly run: number;
  readonly input: Float32Array;
  readonly images: number;
  readonly wanted: readonly string[];
  resolve(outcome: RunOutcome): void;
  reject(error: unknown): void;
}

interface Loading {
  readonly onProgress: (progress: Progress<RuntimePhase>) => void;
  resolve(facts: SessionFacts): void;
  reject(error: RuntimeError): void;
}

/** Deaths in a row after which the worker is not started again by itself. */
const MOST_DEATHS = 2;

/**
 * Runs one model in a worker. At most one run is in flight and one waits: the newest. Background runs go one by one while
 * nothing else waits. A worker that dies fails the run it was at and is started again with the same model; the runs that
 * wait are then done.
 */
export class RuntimeClient {
  readonly #options: Required<RuntimeClientOptions>;
  #worker: WorkerLike | null = null;
  #request: LoadRequest | null = null;
  #loading: Loading | null = null;
  #ready = false;
  /** Whether the worker has run the model: its first run compiles shaders and may take as long as loading. */
  #hasRun = false;
  /** Why nothing can run until the next `load`. */
  #closed: RuntimeProblem | null = { code: 'terminated' };
  #flying: Job | null = null;
  #waiting: Job | null = null;
  /** Runs that wait until nothing else does, in the order in which they came. */
  #background: Job[] = [];
  #runs = 0;
  #deaths = 0;
  #patience: ReturnType<typeof setTimeout> | undefined;

  /** @param options.createWorker called once a load, and once more after the worker died */
  constructor(options: RuntimeClientOptions) {
    this.#options = { runPatienceMs: 20_000, loadPatienceMs: 120_000, ...options };
  }

  /** Why nothing can run until the next `load`; null while a run would be taken. */
  get closed(): RuntimeProblem | null {
    return this.#closed;
  }

  /**
   * Makes a model ready, in a fresh worker; a model loaded before is given up. The request is kept, for a restart.
   *
   * @throws RuntimeError, or the signal's reason once it is aborted
   */
  load(
    request: LoadRequest,
    {
      signal,
      onProgress = () => {},
    }: {
      readonly signal?: AbortSignal;
      readonly onProgress?: (progress: Progress<RuntimePhase>) => void;
    } = {},
  ): Promise<SessionFacts> {
    this.terminate();
    if (signal?.aborted) return Promise.reject(signal.reason);
    this.#closed = null;
    this.#request = request;
    this.#deaths = 0;
    const facts = this.#start(request, onProgress);
    if (!signal) return facts;
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        if (this.#request === request) this.terminate();
        reject(signal.reason);
      };
      signal.addEventListener('abort', abort);
      facts.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    });
  }

  /**
   * Runs an image, or several at once, and returns the outputs of the wanted nodes. While another run is in flight it waits; if a newer one
   * comes first, it is superseded. A background run supersedes none and is superseded by none: it goes when nothing else
   * waits.
   *
   * @param input copied, so that the caller may go on drawing into it
   * @param options.images one behind the other in the input: no more than the model takes at once
   * @throws RuntimeError, or the signal's reason once it is aborted
   */
  run(
    input: Float32Array,
    wanted: readonly string[],
    {
      signal,
      inBackground = false,
      images = 1,
    }: { readonly signal?: AbortSignal; readonly inBackground?: boolean; readonly images?: number } = {},
  ): Promise<RunOutcome> {
    if (this.#closed) return Promise.reject(new RuntimeError(this.#closed));
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      this.#runs += 1;
      const job: Job = { run: this.#runs, input: input.slice(), images, wanted, resolve, reject };
      signal?.addEventListener(
        'abort',
        () => {
          if (this.#waiting === job) this.#waiting = null;
          this.#background = this.#background.filter((other) => other !== job);
          reject(signal.reason);
        },
        { once: true },
      );
      if (inBackground) {
        this.#background.push(job);
      } else {
        this.#waiting?.resolve({ status: 'superseded' });
        this.#waiting = job;
      }
      this.#next();
    });
  }

  /** Ends the worker, which is the only way to give its memory back; runs under way fail as `terminated`. */
  terminate(): void {
    this.#close({ code: 'terminated' });
    this.#request = null;
  }

  #start(
    request: LoadRequest,
    onProgress: (progress: Progress<RuntimePhase>) => void,
  ): Promise<SessionFacts> {
    return new Promise((resolve, reject) => {
      const worker = this.#options.createWorker();
      this.#worker = worker;
      this.#loading = { resolve, reject, onProgress };
      // A worker given up may still have messages on their way.
      const current = (): boolean => this.#worker === worker;
      worker.onmessage = ({ data }) => {
        if (current()) this.#receive(data);
      };
      worker.onerror = (event) => {
        if (current()) this.#died(false, event.message ?? '');
      };
      worker.onmessageerror = () => {
        if (current()) this.#died(false, 'a message could not be read');
      };
      this.#wait(this.#options.loadPatienceMs);
      worker.postMessage({ type: 'load', request }, []);
    });
  }

  #receive(message: FromWorker): void {
    switch (message.type) {
      case 'progress':
        this.#wait(this.#options.loadPatienceMs);
        this.#loading?.onProgress(message.progress);
        return;
      case 'loaded': {
        const loading = this.#loading;
        this.#loading = null;
        this.#ready = true;
        this.#hasRun = message.facts.firstRunMs !== null;
        this.#rest();
        loading?.resolve(message.facts);
        this.#next();
        return;
      }
      case 'load-failed':
        this.#close(message.problem);
        return;
      case 'ran': {
        const job = this.#land(message.run);
        this.#deaths = 0;
        this.#hasRun = true;
        job?.resolve({ status: 'done', outputs: new Map(message.outputs), runMs: message.runMs });
        this.#next();
        return;
      }
      case 'timed':
      case 'layers-timed':
        // Of workers that time layers alone.
        return;
      case 'run-failed': {
        const job = this.#land(message.run);
        job?.reject(new RuntimeError(message.problem));
        // A full heap does not empty again, and a failed kernel may leave the session unsound.
        this.#restart();
      }
    }
  }

  /** The run in flight has ended. */
  #land(run: number): Job | null {
    const job = this.#flying;
    if (job?.run !== run) return null;
    this.#flying = null;
    this.#rest();
    return job;
  }

  #next(): void {
    if (!this.#ready || this.#flying || !this.#worker) return;
    const job = this.#waiting ?? this.#background.shift();
    if (!job) return;
    if (job === this.#waiting) this.#waiting = null;
    this.#flying = job;
    this.#wait(this.#hasRun ? this.#options.runPatienceMs : this.#options.loadPatienceMs);
    const { run, input, images, wanted } = job;
    this.#worker.postMessage({ type: 'run', run, input, images, wanted }, [input.buffer as ArrayBuffer]);
  }

  #died(silent: boolean, detail: string): void {
    const problem: RuntimeProblem = { code: 'worker-died', silent, detail };
    if (this.#loading) {
      this.#close(problem);
      return;
    }
    const job = this.#flying;
    this.#flying = null;
    job?.reject(new RuntimeError(problem));
    this.#restart(problem);
  }

  /** Gives the worker up and starts another with the same model, unless that has just been tried in vain. */
  #restart(problem: RuntimeProblem = { code: 'worker-died', silent: false, detail: 'a run failed' }): void {
    const request = this.#request;
    this.#deaths += 1;
    if (!request || this.#deaths >= MOST_DEATHS) {
      this.#close(problem);
      return;
    }
    this.#endWorker();
    // Its failure has closed the client and failed the run that waits; nobody else waits for it.
    this.#start(request, () => {}).catch(() => {});
  }

  /** Nothing runs any more: whatever is under way fails with the problem. */
  #close(problem: RuntimeProblem): void {
    const underWay = [this.#loading, this.#flying, this.#waiting, ...this.#background];
    this.#endWorker();
    this.#loading = null;
    this.#flying = null;
    this.#waiting = null;
    this.#background = [];
    this.#closed = problem;
    for (const part of underWay) part?.reject(new RuntimeError(problem));
  }

  #endWorker(): void {
    this.#rest();
    this.#worker?.terminate();
    this.#worker = null;
    this.#ready = false;
  }

  #wait(milliseconds: number): void {
    this.#rest();
    this.#patience = setTimeout(() => this.#died(true, ''), milliseconds);
  }

  #rest(): void {
    clearTimeout(this.#patience);
  }
}
