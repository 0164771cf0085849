/** Runs that the median is taken of. */
const RECENT = 31;

/** The median time of recent runs: one slow run (a collection, another tab) does not show. */
export class RunClock {
  readonly #recent: number[] = [];
  #next = 0;
  #runs = 0;

  /** Runs recorded in all. */
  get runs(): number {
    return this.#runs;
  }

  /** Median of the latest runs in milliseconds; null before the first. */
  get median(): number | null {
    const sorted = [...this.#recent].sort((a, b) => a - b);
    const upper = sorted[sorted.length >> 1];
    const lower = sorted[(sorted.length - 1) >> 1];
    return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
  }

  /** Records one run's milliseconds. */
  record(milliseconds: number): void {
    this.#recent[this.#next] = milliseconds;
    this.#next = (this.#next + 1) % RECENT;
    this.#runs += 1;
  }
}
