/** Which of two values one would rather have. */
export type Better = 'more' | 'less';

/** A place in the plane of two quantities. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

const sign = (better: Better): number => (better === 'more' ? 1 : -1);

/** Whether a place is at least as good as another in both quantities, and better in one. */
export function dominates(one: Place, other: Place, x: Better, y: Better): boolean {
  const across = sign(x) * (one.x - other.x);
  const up = sign(y) * (one.y - other.y);
  return across >= 0 && up >= 0 && (across > 0 || up > 0);
}

/**
 * The places that no other dominates (Pareto's front), the best in x first; of places that coincide all are on it.
 */
export function paretoFront<P extends Place>(places: readonly P[], x: Better, y: Better): readonly P[] {
  const ordered = [...places].sort((a, b) => sign(x) * (b.x - a.x) || sign(y) * (b.y - a.y));
  const front: P[] = [];
  for (const place of ordered) {
    const last = front.at(-1);
    if (!last || sign(y) * (place.y - last.y) > 0 || (place.x === last.x && place.y === last.y)) {
      front.push(place);
    }
  }
  return front;
}
