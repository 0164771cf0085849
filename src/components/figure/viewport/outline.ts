import type { Box, Edge, EdgeKind, Frame } from '../../../engine/layout/types.ts';
import type { Category } from '../../../engine/ops/types.ts';

/** Many boxes as one path for each category of operator. */
export interface Outline {
  readonly boxes: readonly { readonly category: string; readonly path: string }[];
  readonly edges: readonly { readonly kind: EdgeKind; readonly path: string }[];
  readonly frames: readonly { readonly depth: 0 | 1; readonly path: string }[];
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** Adds to the text under a key. */
function append<Key>(texts: Map<Key, string[]>, key: Key, text: string): void {
  const before = texts.get(key);
  if (before) before.push(text);
  else texts.set(key, [text]);
}

/** The category of a box, by which boxes are drawn together unless something else is asked for. */
const categoryOf = ({ layer }: Box): Category | 'input' => layer.category ?? 'input';

/** The drawings of boxes as rectangles, edges as straight lines and frames, few paths in all. */
export function outlineOf(
  boxes: readonly Box[],
  edges: readonly Edge[],
  frames: readonly Frame[],
  keyOf: (box: Box) => string = categoryOf,
): Outline {
  const byCategory = new Map<string, string[]>();
  for (const box of boxes) {
    const { glyph } = box;
    append(
      byCategory,
      keyOf(box),
      `M${round(glyph.x)} ${round(glyph.y)}h${round(glyph.width)}v${round(glyph.height)}h${round(-glyph.width)}z`,
    );
  }
  const byKind = new Map<EdgeKind, string[]>();
  for (const { layer, x, width, glyph, axisY } of boxes) {
    // However small it is drawn, a fold does not hide a shortcut.
    if (layer.kind !== 'folded' || !layer.hasShortcut) continue;
    const top = round(Math.min(glyph.y, axisY - width / 4));
    append(byKind, 'shortcut', `M${round(x)} ${round(axisY)}V${top}H${round(x + width)}V${round(axisY)}`);
  }
  for (const { kind, points } of edges) {
    append(byKind, kind, `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}`);
  }
  const byDepth = new Map<0 | 1, string[]>();
  for (const { x, y, width, height, depth } of frames) {
    append(
      byDepth,
      depth % 2 === 0 ? 0 : 1,
      `M${round(x)} ${round(y)}h${round(width)}v${round(height)}h${round(-width)}z`,
    );
  }
  return {
    boxes: [...byCategory].map(([category, paths]) => ({ category, path: paths.join('') })),
    edges: [...byKind].map(([kind, paths]) => ({ kind, path: paths.join('') })),
    frames: [...byDepth].sort(([a], [b]) => a - b).map(([depth, paths]) => ({ depth, path: paths.join('') })),
  };
}
