/** IEEE 754 half-precision bit patterns as single-precision numbers, exactly. */
export function fromHalf(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const values = new Float32Array(halves.length);
  const bits = new Uint32Array(values.buffer);
  for (let index = 0; index < halves.length; index += 1) {
    const half = halves[index] as number;
    const sign = (half & 0x8000) << 16;
    const exponent = (half >> 10) & 31;
    const mantissa = half & 0x3ff;
    if (exponent === 0) {
      values[index] = (half & 0x8000 ? -mantissa : mantissa) * 2 ** -24;
    } else {
      // Exponents are rebased from 15 to 127; infinities and NaN keep the highest.
      bits[index] = sign | ((exponent === 31 ? 255 : exponent + 112) << 23) | (mantissa << 13);
    }
  }
  return values;
}

/** Single-precision numbers as half-precision bit patterns, rounded to nearest, ties to even; too large becomes infinite. */
export function toHalf(values: Float32Array): Uint16Array<ArrayBuffer> {
  const halves = new Uint16Array(values.length);
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let index = 0; index < values.length; index += 1) {
    const word = bits[index] as number;
    const sign = (word >>> 16) & 0x8000;
    const magnitude = word & 0x7fffffff;
    if (magnitude > 0x7f800000) {
      halves[index] = sign | 0x7e00;
    } else if (magnitude < 0x38800000) {
      // Below the smallest normal half, the unit is 2⁻²⁴ throughout.
      const scaled = Math.abs(values[index] as number) * 2 ** 24;
      const below = Math.floor(scaled);
      const rest = scaled - below;
      halves[index] = sign | (rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below);
    } else {
      const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
      halves[index] = sign | (rounded >= 0x47800000 ? 0x7c00 : (rounded - 0x38000000) >>> 13);
    }
  }
  return halves;
}
