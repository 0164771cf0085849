/** One number where all channels have it, else each channel's, with spaces between. */
export const sameOrAll = (values: readonly number[]): string => [...new Set(values)].join(' ');
