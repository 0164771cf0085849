import type { ChartPoint } from './points.ts';
import type { Quantity } from './quantities.ts';

/** What may be limited, in the order in which limits are asked. */
export const limitIds = ['weights', 'macs', 'memory', 'time', 'accuracy'] as const;

/** {@link limitIds} as a type. */
export type LimitId = (typeof limitIds)[number];

/** Limits in the units of the quantities: at most, and at least for accuracy; null is none. */
export type Limits = Readonly<Record<LimitId, number | null>>;

/** A network that fell: at which limit first, and its value there; null where it is not known. */
export interface Fallen {
  readonly point: ChartPoint;
  readonly limit: LimitId;
  readonly value: number | null;
}

/** What limits leave of some networks. */
export interface Choice {
  /** The most accurate first. */
  readonly remaining: readonly ChartPoint[];
  /** Those that came closest first, within each limit. */
  readonly fallen: readonly Fallen[];
}

/** Whether any limit is set. */
export const hasLimits = (limits: Limits): boolean => limitIds.some((id) => limits[id] !== null);

/** The networks of the catalogue among some points: of each the first comparable one. */
export function candidatesOf(points: readonly ChartPoint[]): readonly ChartPoint[] {
  const seen = new Set<string>();
  return points.filter(({ network, incomparable }) => {
    if (network === null || incomparable !== null || seen.has(network)) return false;
    seen.add(network);
    return true;
  });
}

/** How far over a limit a value is, as a ratio for costs and in points for accuracy; null where it is not known. */
export const excessOf = ({ limit, value }: Fallen, limits: Limits): number | null => {
  const bound = limits[limit];
  if (value === null || bound === null) return null;
  return limit === 'accuracy' ? bound - value : value / bound;
};

/** Which networks stay within all limits, and why each other one does not; a value that is not known keeps none. */
export function chooseNetworks(
  candidates: readonly ChartPoint[],
  limits: Limits,
  accuracy: Extract<Quantity, 'top1' | 'cifar10'>,
): Choice {
  const valueIn = (point: ChartPoint, limit: LimitId): number | null =>
    point.values[limit === 'accuracy' ? accuracy : limit];
  const remaining: ChartPoint[] = [];
  const fallen: Fallen[] = [];
  for (const point of candidates) {
    const broken = limitIds.find((limit) => {
      const bound = limits[limit];
      if (bound === null) return false;
      const value = valueIn(point, limit);
      return value === null || (limit === 'accuracy' ? value < bound : value > bound);
    });
    if (broken === undefined) remaining.push(point);
    else fallen.push({ point, limit: broken, value: valueIn(point, broken) });
  }
  const last = Number.POSITIVE_INFINITY;
  return {
    remaining: remaining.sort((a, b) => (b.values[accuracy] ?? 0) - (a.values[accuracy] ?? 0)),
    fallen: fallen.sort(
      (a, b) =>
        limitIds.indexOf(a.limit) - limitIds.indexOf(b.limit) ||
        (excessOf(a, limits) ?? last) - (excessOf(b, limits) ?? last),
    ),
  };
}
