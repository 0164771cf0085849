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

/** What one of several parallel paths is: `through` hands its input on to a concatenation. */
export type LaneKind = 'branch' | 'body' | 'shortcut' | 'through';

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
  /** The operator that does the work inside, and gives the box its colour. */
  readonly op: OpName | 'Input';
  readonly category: Category | null;
  /** A folded layer's tensors in order, equal neighbours together; empty for others. */
  readonly stretches: readonly Stretch[];
  /** Blocks folded together, or equal layers in a row inside: the N of ×N. */
  readonly count: number;
  /** Whether a shortcut runs past the body of something folded inside. */
  readonly hasShortcut: boolean;
  /** On which of several parallel paths it stands; null on the line that runs through the network. */
  readonly lane: LaneKind | null;
  /** Whether it merges parallel paths and its tensor leaves the whole block: nothing after it shows that tensor. */
  readonly leaves: boolean;
  /** Place of its part in the concatenation that takes its tensor in; null on no such path. */
  readonly place: number | null;
  /** How many layers of a dense block are folded in it; 0 for all else. */
  readonly dense: number;
  /** Of a layer of a dense block the place of the channels that it appends; null for all else. */
  readonly appends: number | null;
  /** The key that opens this box in the set of open groups; null where there is nothing to open. */
  readonly toggle: string | null;
}

/**
 * How a box is drawn: a `column` with words above and below its drawing, a `pill` with words in it, the round `sign` of
 * a merge, or a `bar` across the parallel paths that it merges.
 */
export type BoxForm = 'column' | 'pill' | 'sign' | 'bar';

/** What the drawing of a layer needs, in figure units. */
export interface GlyphSize {
  readonly width: number;
  readonly height: number;
  /** Room for the words above and below; the column is as wide as the wider of the two. */
  readonly labelWidth: number;
  /** A column unless said otherwise. */
  readonly form?: BoxForm;
  /** What stands before the drawing on the same line, and how far it reaches above and below. */
  readonly lead?: { readonly width: number; readonly up: number; readonly down: number };
  /** Diameter of the round sign at the very left, into which a shortcut runs from above. */
  readonly sign?: number;
}

/** A layer with its place. The rectangle is all that belongs to it: of a column the words above and below too. */
export interface Box extends Rectangle {
  readonly id: string;
  readonly layer: FigureLayer;
  readonly form: BoxForm;
  /** Where the layer's tensor is drawn; what leads stands between the box's left side and here. */
  readonly glyph: Rectangle;
  /** The line on which it hangs. */
  readonly axisY: number;
}

/** What a connection is to the reader; `through` is what a concatenation takes over unchanged. */
export type EdgeKind = 'series' | 'branch' | 'shortcut' | 'through' | 'tap';

/** A tensor's way from the box that makes it to one that reads it. */
export interface Edge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** Place of its part in the concatenation to which it leads: its colour; null where it leads to none. */
  readonly place: number | null;
  /** Points of the way; neighbours at one height or one above the other are joined by a line, others by a curve. */
  readonly points: readonly Point[];
  /** From here to the end the way is its own; before, the line it shares with another is left to that one. */
  readonly own: number;
}

/** That a layer of a dense block also reads an earlier one's output: an arc below the block. */
export interface Reuse {
  readonly id: string;
  /** Place of the earlier layer's channels in the concatenations: the arcs' colour; null for the block's input. */
  readonly place: number | null;
  /** Where the arcs start, and where each ends. */
  readonly from: Point;
  readonly to: readonly Point[];
  /** The room below for the arcs, and the length of the widest in the block, which takes all of it. */
  readonly depth: number;
  readonly span: number;
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
  /** In a folded drawing: so many equal blocks stand in a row here. */
  readonly count: number;
}

/** How a figure's words are set: one that is shown small keeps them legible. */
export interface Wording {
  /** How much larger than usual they are, at least 1. */
  readonly size: number;
  /** Whether each layer's shape is written under it. */
  readonly hasShapes: boolean;
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
  readonly reuses: readonly Reuse[];
  /** Id of the box that holds the layer that does not fit. */
  readonly broken: string | null;
  /** How its words are set. */
  readonly words: Wording;
}
