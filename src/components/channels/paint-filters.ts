/**
 * The filters of a layer that reads red, green and blue, as pictures: mid-grey is a weight of 0, and one scale holds for
 * all of them.
 *
 * @param weights `[filters, 3, height, width]`
 * @returns red, green, blue and alpha of each filter in turn, row by row
 */
export function paintColourFilters(
  weights: Float32Array,
  size: number,
): readonly Uint8ClampedArray<ArrayBuffer>[] {
  let peak = 0;
  for (const weight of weights) peak = Math.max(peak, Math.abs(weight));
  const factor = peak > 0 ? 127.5 / peak : 0;
  return Array.from({ length: weights.length / (3 * size) }, (_, filter) => {
    const pixels = new Uint8ClampedArray(4 * size).fill(255);
    for (let channel = 0; channel < 3; channel += 1) {
      for (let at = 0; at < size; at += 1) {
        pixels[4 * at + channel] = 127.5 + factor * (weights[(filter * 3 + channel) * size + at] ?? 0);
      }
    }
    return pixels;
  });
}
