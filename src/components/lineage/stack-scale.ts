/** Thickness of a layer in units of a scale: log₂(channels + 1), so that one channel has one unit. */
export const thicknessOf = (channels: number): number => Math.log2(channels + 1);
