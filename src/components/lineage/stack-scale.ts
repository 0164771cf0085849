import type { StackBar } from './stack-bars.ts';

/** Pixels that stand for a stack's numbers: one scale for every stack on a page, so that they can be compared. */
export interface StackScale {
  /** Pixels a √cell of height. */
  readonly height: number;
  /** Pixels a log₂ of channels. */
  readonly thickness: number;
  readonly gap: number;
  /** Pixels a parameter. */
  readonly parameters: number;
}

/** Where a layer's bar stands, in pixels; heights grow up from the line, parameters down. */
export interface PlacedBar {
  readonly bar: StackBar;
  readonly x: number;
  readonly thickness: number;
  readonly height: number;
  readonly depth: number;
}

/** A stack laid out along its line. */
export interface PlacedStack {
  readonly bars: readonly PlacedBar[];
  readonly width: number;
  readonly height: number;
  readonly depth: number;
}

/** Thickness of a layer in units of the scale: log₂(channels + 1), so that one channel has one unit. */
export const thicknessOf = (channels: number): number => Math.log2(channels + 1);

/** Lays a stack out from left to right at a scale, in pixels. */
export function placeStack(bars: readonly StackBar[], scale: StackScale): PlacedStack {
  const placed: PlacedBar[] = [];
  let x = 0;
  for (const bar of bars) {
    const thickness = thicknessOf(bar.channels) * scale.thickness;
    placed.push({
      bar,
      x,
      thickness,
      height: Math.sqrt(bar.height) * scale.height,
      depth: bar.parameters * scale.parameters,
    });
    x += thickness + scale.gap;
  }
  const largest = (values: readonly number[]): number =>
    values.reduce((most, value) => Math.max(most, value), 0);
  return {
    bars: placed,
    width: Math.max(0, x - scale.gap),
    height: largest(placed.map(({ height }) => height)),
    depth: largest(placed.map(({ depth }) => depth)),
  };
}

/**
 * The scale at which every one of several stacks fits into a width, a height and a depth, in pixels: the tallest
 * layer of all takes the height, the layer with most parameters the depth, and the longest stack the width, unless that would make its layers
 * thicker than they are readable.
 */
export function commonScale(
  stacks: readonly (readonly StackBar[])[],
  { width, height, depth }: { readonly width: number; readonly height: number; readonly depth: number },
): StackScale {
  const all = stacks.flat();
  const tallest = all.reduce((most, bar) => Math.max(most, Math.sqrt(bar.height)), 1);
  const heaviest = all.reduce((most, bar) => Math.max(most, bar.parameters), 1);
  const natural: StackScale = {
    height: height / tallest,
    thickness: 2.4,
    gap: 2.4,
    parameters: depth / heaviest,
  };
  const widest = stacks.reduce((most, stack) => Math.max(most, placeStack(stack, natural).width), 1);
  const shrink = Math.min(1, width / widest);
  return { ...natural, thickness: natural.thickness * shrink, gap: natural.gap * shrink };
}
