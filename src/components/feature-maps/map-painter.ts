import { type ColourScale, largestMagnitude, paintPixels } from './colour-scale.ts';
import { type MapGrid, tileOf } from './map-grid.ts';

/** Where the value at each row-major index of a tensor stands in its picture, which holds the tiles edge to edge. */
function placesOf(grid: MapGrid): Uint32Array {
  const { count, pixelRows, pixelColumns, columns, rows } = grid;
  const size = pixelRows * pixelColumns;
  const places = new Uint32Array(count * size);
  const pitch = columns * pixelColumns;
  for (let channel = 0; channel < count; channel += 1) {
    const [tileRow, tileColumn] =
      grid.kind === 'strip'
        ? [channel % rows, Math.floor(channel / rows)]
        : [Math.floor(channel / columns), channel % columns];
    for (let row = 0; row < pixelRows; row += 1) {
      const start = (tileRow * pixelRows + row) * pitch + tileColumn * pixelColumns;
      for (let column = 0; column < pixelColumns; column += 1) {
        places[channel * size + row * pixelColumns + column] = start + column;
      }
    }
  }
  return places;
}

/** Draws one tensor's channels; keeps its picture and tables between runs, so that a redraw allocates nothing. */
export class MapPainter {
  readonly grid: MapGrid;
  readonly #places: Uint32Array;
  readonly #canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D | null;
  readonly #image: ImageData | null;
  readonly #pixels: Uint32Array;

  /** @param grid how the tensor's channels are set out */
  constructor(grid: MapGrid) {
    this.grid = grid;
    this.#places = placesOf(grid);
    this.#canvas = document.createElement('canvas');
    this.#canvas.width = grid.columns * grid.pixelColumns;
    this.#canvas.height = grid.rows * grid.pixelRows;
    this.#context = this.#canvas.getContext('2d');
    this.#image = this.#context?.createImageData(this.#canvas.width, this.#canvas.height) ?? null;
    this.#pixels = new Uint32Array(this.#image?.data.buffer ?? new ArrayBuffer(0));
  }

  /**
   * Draws the tensor with its upper left corner at (x, y) of the context's units.
   *
   * @param values row-major, or null before anything has run
   * @param density device pixels per unit: tiles finer than that are smoothed
   */
  draw(
    target: CanvasRenderingContext2D,
    x: number,
    y: number,
    values: ArrayLike<number> | null,
    scale: ColourScale,
    line: string,
    density: number,
  ): void {
    const { grid } = this;
    target.strokeStyle = line;
    target.lineWidth = 1 / density;
    if (!values || !this.#context || !this.#image) {
      target.fillStyle = scale.zero;
      this.#outline(target, x, y, true);
      return;
    }
    paintPixels(this.#pixels, values, largestMagnitude(values), scale, this.#places);
    this.#context.putImageData(this.#image, 0, 0);
    const { pixelRows, pixelColumns } = grid;
    if (grid.kind === 'strip') {
      target.imageSmoothingEnabled = grid.tileHeight * density < 1;
      target.drawImage(this.#canvas, x, y, grid.width, grid.height);
    } else {
      target.imageSmoothingEnabled = grid.tileHeight * density < pixelRows;
      for (let channel = 0; channel < grid.count; channel += 1) {
        const at = tileOf(grid, channel);
        target.drawImage(
          this.#canvas,
          (channel % grid.columns) * pixelColumns,
          Math.floor(channel / grid.columns) * pixelRows,
          pixelColumns,
          pixelRows,
          x + at.x,
          y + at.y,
          grid.tileWidth,
          grid.tileHeight,
        );
      }
    }
    this.#outline(target, x, y, false);
  }

  #outline(target: CanvasRenderingContext2D, x: number, y: number, isFilled: boolean): void {
    const { grid } = this;
    target.beginPath();
    if (grid.kind === 'strip') {
      target.rect(x, y, grid.width, grid.height);
      // Cells tall enough to be told apart are ruled off.
      if (grid.columns === 1 && grid.tileHeight >= 8) {
        for (let cell = 1; cell < grid.rows; cell += 1) {
          target.moveTo(x, y + cell * grid.tileHeight);
          target.lineTo(x + grid.width, y + cell * grid.tileHeight);
        }
      }
    } else if (grid.tileHeight >= 8) {
      for (let channel = 0; channel < grid.count; channel += 1) {
        const at = tileOf(grid, channel);
        target.rect(x + at.x, y + at.y, grid.tileWidth, grid.tileHeight);
      }
    } else {
      target.rect(x, y, grid.width, grid.height);
    }
    if (isFilled) target.fill();
    target.stroke();
  }
}
