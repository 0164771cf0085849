import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync('src/components/ui/tokens.css', 'utf8');

const declarations = (opening: string): Map<string, string> => {
  const from = css.indexOf(opening);
  const block = css.slice(from + opening.length, css.indexOf('}', from));
  return new Map(
    [...block.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
  );
};

const light = declarations(':root {');
const dark = declarations(':root[data-scheme="dark"] {');

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (a: string, b: string): number => {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
};

describe('the colour tokens', () => {
  it('are the same in number and name in both themes', () => {
    expect(dark.size).toBeGreaterThan(20);
    expect([...dark.keys()].sort()).toEqual([...light.keys()].sort());
  });

  for (const [theme, tokens] of [
    ['light', light],
    ['dark', dark],
  ] as const) {
    const colour = (name: string): string => tokens.get(name) ?? '';
    const words = [...tokens.keys()].filter((name) => name.endsWith('-text'));

    it(`give words a contrast of 4.5 : 1 in the ${theme} theme`, () => {
      expect(words).toHaveLength(14);
      for (const name of ['--ink', '--soft', '--faint', '--link', '--danger', ...words]) {
        for (const ground of ['--paper', '--panel', '--sunken']) {
          expect(contrast(colour(name), colour(ground)), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
        }
      }
      for (const name of ['--ink', '--soft', '--link']) {
        expect(contrast(colour(name), colour('--highlight')), `${name} lit`).toBeGreaterThanOrEqual(4.5);
      }
      expect(contrast(colour('--danger'), colour('--danger-paper'))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(colour('--pad-soft'), colour('--pad'))).toBeGreaterThanOrEqual(4.5);
    });

    it(`give lines that carry meaning a contrast of 3 : 1 in the ${theme} theme`, () => {
      for (const name of [
        '--convolution',
        '--linear',
        '--pooling',
        '--normalization',
        '--merge',
        '--focus',
        '--line-strong',
        ...[1, 2, 3, 4, 5, 6].map((hue) => `--origin-${hue}`),
      ]) {
        expect(contrast(colour(name), colour('--panel')), name).toBeGreaterThanOrEqual(3);
      }
    });
  }
});
