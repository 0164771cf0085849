/** The words of the figure's viewport: its buttons, its minimap, and the files it saves. */
export interface ViewportMessages {
  /** The name of the group of zoom buttons. */
  readonly zoom: string;
  readonly zoomIn: string;
  readonly zoomOut: string;
  readonly fit: string;
  readonly actualSize: string;
  /** The scale as it stands, of a rounded percentage. */
  readonly scale: (percent: string) => string;
  /** The name of the minimap's slider. */
  readonly minimap: string;
  /** What of the figure's width is in view, in percent. */
  readonly seen: (from: number, to: number) => string;
  /** The name of the group of buttons that save the figure. */
  readonly save: string;
  readonly saveSvg: string;
  readonly savePng: string;
  readonly saving: string;
  readonly saveFailed: string;
  /** That a PNG has only so many pixels, and so many percent of the usual resolution. */
  readonly saveReduced: (width: string, height: string, percent: number) => string;
  /** The description inside a saved file. */
  readonly description: (title: string, input: string, layers: number) => string;
}
