/** Where a value stands between the least and the most, from 0 to 1. */
export function shareOf(value: number, least: number, most: number, scale: 'linear' | 'log'): number {
  const [low, high, at] =
    scale === 'log' && least > 0
      ? [Math.log(least), Math.log(most), Math.log(Math.max(value, least))]
      : [least, most, value];
  return high > low ? Math.min(1, Math.max(0, (at - low) / (high - low))) : 1;
}
