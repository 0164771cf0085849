import type { GroupKind } from '../graph/types.ts';
import type { Category } from '../ops/types.ts';
import type { OpName, Shape } from '../spec/types.ts';

/** A point in figure units, x to the right and y downwards. */
export type Point = readonly [x: number, y: number];

/** A rectangle in figure units. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Whether a layer has shapes, is the one that does not fit, or comes after it. */
export type LayerStatus = 'sound' | 'broken' | 'unreached';

/** A run of equal tensors inside a folded layer. */
export interface Stretch {
  readonly shape: Shape;
  readonly category: Category;
  /** Layers in a row whose outputs have this shape. */
  readonly count: number;
}

/** What one box of the figure stands for. */
export interface FigureLayer {
  /** The id of the node or group; `input` for the input; of identical blocks folded together the first one's. */
  readonly id: string;
  /** Last name of the path. */
  readonly name: string;
  readonly kind: 'input' | 'node' | 'unit' | 'folded';
  readonly status: LayerStatus;
  /** What the group is, for units and folded groups. */
  readonly groupKind: GroupKind | null;
  /** Index of the first node inside, in execution order; the box holds `graph.nodes` from here … */
  readonly first: number;
  /** … to before this one. */
  readonly end: number;
  /** Ids of the inner layers that stand for one another: identical blocks, or the layer alone. */
  readonly members: readonly string[];
  /** Id of the tensor that leaves it. */
  readonly output: string;
  /** Shape of that tensor; null where it is not known. */
  readonly shape: Shape | null;
  /** The first operator inside: it does the work and gives the box its colour. */
  readonly op: OpName | 'Input';
  readonly category: Category | null;
  /** A folded layer's tensors in order, equal neighbours together; empty for others. */
  readonly stretches: readonly Stretch[];
  /** Blocks folded together, or equal layers in a row inside: the N of ×N. */
  readonly count: number;
  /** Whether a shortcut runs past the body of something folded inside. */
  readonly hasShortcut: boolean;
  /** The key that opens this box in the set of open groups; null where there is nothing to open. */
  readonly toggle: string | null;
}

/** What the drawing of a layer needs, in figure units. */
export interface GlyphSize {
  readonly width: number;
  readonly height: number;
  /** Room for the words above and below; the column is as wide as the wider of the two. */
  readonly labelWidth: number;
}

/** A layer with its place. The rectangle is its whole column: words above, drawing, words below. */
export interface Box extends Rectangle {
  readonly id: string;
  readonly layer: FigureLayer;
  /** Where the layer's tensor is drawn. */
  readonly glyph: Rectangle;
  /** The line on which it hangs. */
  readonly axisY: number;
}

/** What a connection is to the reader. */
export type EdgeKind = 'series' | 'branch' | 'shortcut' | 'tap';

/** A tensor's way from the box that makes it to one that reads it. */
export interface Edge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** Points of the way; neighbours at one height are joined by a line, others by a curve level at both ends. */
  readonly points: readonly Point[];
}

/** An unfolded group: its name stands in its upper left corner. */
export interface Frame extends Rectangle {
  readonly id: string;
  readonly name: string;
  readonly kind: GroupKind;
  readonly status: LayerStatus;
  /** How many frames stand around it. */
  readonly depth: number;
  /** The key that folds it. */
  readonly toggle: string;
}

/** A laid-out figure in figure units; one unit is one CSS pixel at scale 1. */
export interface FigureLayout {
  readonly width: number;
  readonly height: number;
  /** The line on which the main path hangs. */
  readonly axisY: number;
  /** In execution order, the input first. */
  readonly boxes: readonly Box[];
  readonly edges: readonly Edge[];
  readonly frames: readonly Frame[];
  /** Id of the box that holds the layer that does not fit. */
  readonly broken: string | null;
}
