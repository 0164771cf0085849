import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { picture as words } from '../../app/i18n/en/picture.ts';
import {
  breakSteps,
  type Pixels,
  preparePicture,
  standardSteps,
} from '../../engine/runtime/preprocess/picture.ts';
import { showPlanes } from './display.ts';
import { PictureFrame } from './picture-frame.tsx';
import { PictureSteps } from './picture-steps.tsx';

const pixels: Pixels = {
  width: 80,
  height: 40,
  data: Uint8ClampedArray.from({ length: 4 * 80 * 40 }, (_, index) => [180, 90, 30, 255][index % 4] ?? 0),
};
const standard = standardSteps(
  { shape: [3, 32, 32], preprocessing: { scale: 1, mean: 0.4734, std: 0.2516 } },
  { x: 20, y: 0, side: 40 },
);
const colourOf = (shown: Uint8ClampedArray) => [...shown.subarray(0, 4)];

afterEach(cleanup);

describe('what is shown of a step', () => {
  it('is the picture itself for as long as every step is right', () => {
    const { stages } = preparePicture(pixels, standard);
    for (const [index, planes] of stages.entries()) {
      expect(colourOf(showPlanes(planes, standard, index))).toEqual([180, 90, 30, 255]);
    }
  });

  it('is what a network would take it for where a step is broken', () => {
    const seen = (fault: 'swapped' | 'raw' | 'unscaled') => {
      const { stages } = preparePicture(pixels, breakSteps(standard, new Set([fault]), pixels));
      const last = stages.at(-1);
      return last ? colourOf(showPlanes(last, standard, stages.length - 1)) : [];
    };
    expect(seen('swapped')).toEqual([30, 90, 180, 255]);
    expect(seen('unscaled')).toEqual([255, 255, 255, 255]);
    // 180 / 255 is taken for so many spreads above the mean.
    expect(seen('raw')[0]).toBe(Math.round(((180 / 255) * 0.2516 + 0.4734) * 255));
  });
});

describe('the cut over a picture', () => {
  it('is moved and scaled by keys, and says where it is', () => {
    const onCrop = vi.fn();
    render(
      <PictureFrame
        pixels={pixels}
        crop={{ x: 20, y: 0, side: 40 }}
        onCrop={onCrop}
        messages={words.frame}
      />,
    );
    const square = screen.getByRole('button', { name: 'Cut of 40 × 40 pixels at 20, 0' });
    fireEvent.keyDown(square, { key: 'ArrowRight' });
    expect(onCrop).toHaveBeenLastCalledWith({ x: 21, y: 0, side: 40 });
    fireEvent.keyDown(square, { key: 'ArrowLeft', shiftKey: true });
    expect(onCrop).toHaveBeenLastCalledWith({ x: 10, y: 0, side: 40 });
    fireEvent.keyDown(square, { key: '+' });
    expect(onCrop).toHaveBeenLastCalledWith({ x: 22, y: 2, side: 36 });
    fireEvent.keyDown(square, { key: 'a' });
    expect(onCrop).toHaveBeenCalledTimes(3);
  });

  it('is not there where the whole picture is squeezed', () => {
    render(<PictureFrame pixels={pixels} crop={null} onCrop={vi.fn()} messages={words.frame} />);
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('the steps', () => {
  const show = (faults: ReadonlySet<'swapped'>) => {
    const onFault = vi.fn();
    const onMend = vi.fn();
    render(
      <PictureSteps
        prepared={preparePicture(pixels, breakSteps(standard, faults, pixels))}
        standard={standard}
        faults={faults}
        onFault={onFault}
        onMend={onMend}
        messages={words.steps}
      />,
    );
    return { onFault, onMend };
  };

  it('stand in order with their numbers and the values that they leave', () => {
    show(new Set());
    const items = screen.getAllByRole('listitem').map((item) => item.textContent ?? '');
    expect(items).toHaveLength(5);
    expect(items[0]).toContain('40 × 40');
    expect(items[1]).toContain('32 × 32, triangle filter');
    expect(items[2]).toContain('÷ 255');
    expect(items[2]).toContain('0.12 … 0.71');
    expect(items[3]).toContain('− 0.4734, ÷ 0.2516');
    expect(items[4]).toContain('red, green, blue');
    expect(screen.queryByRole('button', { name: 'Mend all' })).toBeNull();
  });

  it('are broken and mended by their buttons', async () => {
    const { onFault, onMend } = show(new Set(['swapped']));
    await userEvent.click(screen.getByRole('button', { name: 'Swap to BGR', pressed: true }));
    expect(onFault).toHaveBeenLastCalledWith('swapped', false);
    await userEvent.click(screen.getByRole('button', { name: 'No mean', pressed: false }));
    expect(onFault).toHaveBeenLastCalledWith('raw', true);
    await userEvent.click(screen.getByRole('button', { name: 'Mend all' }));
    expect(onMend).toHaveBeenCalledOnce();
  });
});
