import type { Category } from '../../engine/ops/types.ts';

/** The words of the architecture figure, its cost strips and its legend. */
export interface FigureMessages {
  /** The accessible name of the figure. */
  readonly figure: string;
  /** The name under which the input stands in the figure. */
  readonly input: string;
  /** How the keyboard works here. */
  readonly help: string;
  /** The accessible name of a box, first what is written on it: `conv1 6×28×28, Conv 5×5 · tanh`. */
  readonly box: (name: string, operator: string, shape: string) => string;
  /** Said of a box that stands for several equal blocks or layers. */
  readonly repeated: (count: number) => string;
  readonly broken: string;
  readonly unreached: string;
  readonly unfold: (name: string) => string;
  readonly fold: (name: string) => string;
  /** How an overlay spreads over its colours, and which layers it leaves plain. */
  readonly overlayScale: Readonly<Record<'linear' | 'log', string>>;
  readonly overlayPlain: string;
  /** The name of the legend. */
  readonly legend: string;
  readonly categories: Readonly<Record<Category, string>>;
  /** To what scale volumes are drawn. */
  readonly volumeScale: string;
  /** To what scale the columns of feature lists are drawn; shown where there is one. */
  readonly columnScale: string;
  /** What the slices of a concatenation are; shown where there is one. */
  readonly parts: string;
  /** What the sign of a sum and the arcs mean, and the sign of a mean; each shown where there is one. */
  readonly adds: string;
  readonly averages: string;
  /** That the small drawings in folded groups are not to scale; shown where there is one. */
  readonly sketches: string;
  /** To what scale maps are drawn and coloured. */
  readonly mapScale: string;
  readonly negative: string;
  readonly positive: string;
  /** The cell pointed at; channels, rows and columns are counted from 1. */
  readonly cell: (layer: string, channel: number, row: number, column: number) => string;
  readonly feature: (layer: string, index: number) => string;
  /** Invites to point at a map. */
  readonly pointAtCell: string;
  /** Invites to point at a layer, where there are no maps. */
  readonly pointAtLayer: string;
}
