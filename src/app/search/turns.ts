/** Milliseconds after which a turn ends: what a keystroke or a frame may wait for. */
const TURN_MS = 8;

/**
 * Does tasks one after the other in short turns, so that input and paint come between them; then `done`. The first turn
 * begins after the present one. Waiting for idleness instead would starve on a busy device.
 */
export function doInTurns(tasks: readonly (() => void)[], done: () => void): void {
  let next = 0;
  const turn = (): void => {
    const until = performance.now() + TURN_MS;
    while (next < tasks.length && performance.now() < until) {
      tasks[next]?.();
      next += 1;
    }
    if (next < tasks.length) setTimeout(turn, 0);
    else done();
  };
  setTimeout(turn, 0);
}

/** A value that is made in turns when it is first asked for; null until then. */
export interface MadeInTurns<Value> {
  readonly subscribe: (listener: () => void) => () => void;
  readonly current: () => Value | null;
}

/** Makes a value in turns from the first subscription on: `tasks` do the work, `collect` gathers what they left. */
export function madeInTurns<Value>(
  tasks: () => readonly (() => void)[],
  collect: () => Value,
): MadeInTurns<Value> {
  let value: Value | null = null;
  let started = false;
  const listeners = new Set<() => void>();
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      if (!started) {
        started = true;
        doInTurns(tasks(), () => {
          value = collect();
          for (const one of listeners) one();
        });
      }
      return () => listeners.delete(listener);
    },
    current: () => value,
  };
}
