import { describe, expect, it } from 'vitest';
import { madeInTurns } from './turns.ts';

const spin = (milliseconds: number): void => {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
};

describe('a value made in turns', () => {
  it('lets others work between its turns, and is there at the end', async () => {
    let between = 0;
    let finished = 0;
    const made = madeInTurns(
      () =>
        Array.from({ length: 6 }, () => () => {
          spin(10);
          finished += 1;
        }),
      () => finished,
    );
    expect(made.current()).toBeNull();
    const ticking = setInterval(() => {
      between += 1;
    }, 1);
    await new Promise<void>((resolve) => {
      made.subscribe(resolve);
    });
    clearInterval(ticking);
    expect(made.current()).toBe(6);
    expect(between).toBeGreaterThan(2);
  });

  it('is made once, for whoever asks', async () => {
    let times = 0;
    const made = madeInTurns(
      () => [
        () => {
          times += 1;
        },
      ],
      () => times,
    );
    await Promise.all([1, 2].map(() => new Promise<void>((resolve) => made.subscribe(resolve))));
    expect(times).toBe(1);
  });
});
