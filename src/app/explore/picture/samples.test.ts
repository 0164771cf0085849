import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sniffPicture } from '../../../engine/runtime/preprocess/sniff-picture.ts';
import { origins, samples } from './samples.ts';

const folder = 'public/pictures';
const classes = ['airplane', 'automobile', 'bird', 'cat', 'deer', 'dog', 'frog', 'horse', 'ship', 'truck'];

describe('the gallery', () => {
  it('has a picture of every class of CIFAR-10, in the classes’ order', () => {
    expect([...new Set(samples.map(({ shows }) => shows))]).toEqual(classes);
    expect(new Set(samples.map(({ id }) => id)).size).toBe(samples.length);
  });

  it('is credited in full: every file has its line, and every line its file', () => {
    const files = readdirSync(folder).filter((name) => name !== 'CREDITS.md');
    expect(files.sort()).toEqual(samples.map(({ id }) => `${id}.webp`).sort());
    const credits = readFileSync(`${folder}/CREDITS.md`, 'utf8');
    for (const { id, title, author, from } of samples) {
      const { licence, source } = origins[from];
      expect(credits).toContain(`| \`${id}.webp\` | ${title} | ${author} | ${licence} | ${source} |`);
    }
  });

  it('is small: 400 kB at most, no picture above 16 kB, all as high as the script draws them', () => {
    const sizes = samples.map(({ id }) => statSync(`${folder}/${id}.webp`).size);
    expect(Math.max(...sizes)).toBeLessThan(16_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(400_000);
    for (const { id } of samples) {
      expect(sniffPicture(readFileSync(`${folder}/${id}.webp`))).toMatchObject({
        type: 'webp',
        height: 192,
        truncated: false,
      });
    }
  });
});
