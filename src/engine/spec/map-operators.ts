import type { Architecture, OperatorSpec, Series, Spec } from './types.ts';

/**
 * The same architecture with every operator replaced by what `change` makes of it, in authored order: a repair or a
 * variation said as a difference.
 */
export function mapOperators(
  architecture: Architecture,
  change: (operator: OperatorSpec, index: number) => OperatorSpec,
): Architecture {
  let index = 0;
  const mapAll = <T extends Readonly<Record<string, Spec>>>(parts: T): T =>
    Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, mapSpec(part)])) as T;
  const mapSpec = (spec: Spec): Spec => {
    if (spec.$ === undefined) return mapAll(spec as Readonly<Record<string, Spec>>) as Series;
    switch (spec.$) {
      case 'operator': {
        const changed = change(spec, index);
        index += 1;
        return changed;
      }
      case 'group':
      case 'tap':
        return { ...spec, layers: mapAll(spec.layers as Readonly<Record<string, Spec>>) as Series };
      case 'branches':
        return { ...spec, branches: mapAll(spec.branches) };
      case 'residual': {
        const body = mapSpec(spec.body);
        const shortcut = mapSpec(spec.shortcut);
        return { ...spec, body, shortcut, after: mapSpec(spec.after) as Series };
      }
    }
  };
  return { ...architecture, layers: mapSpec(architecture.layers) as Series };
}
