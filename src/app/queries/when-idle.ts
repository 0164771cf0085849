/** Longest wait for the page to be idle, and the wait where idleness cannot be told. */
const IDLE_MS = 3000;

/** Calls back once the page is idle; returns what cancels it. */
export function whenIdle(callback: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(callback, { timeout: IDLE_MS });
    return () => cancelIdleCallback(handle);
  }
  const handle = setTimeout(callback, IDLE_MS);
  return () => clearTimeout(handle);
}
