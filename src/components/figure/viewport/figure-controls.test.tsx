import { cleanup, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { viewport as messages } from '../../../app/i18n/en/viewport.ts';
import FigureControls, { type ReducedPicture } from './figure-controls.tsx';
import { pngDensity } from './paint-svg.ts';
import type { ViewportControl } from './use-viewport.ts';

afterEach(cleanup);

const control = { scroller: { current: null }, pane: { current: null } } as unknown as ViewportControl;

async function savedAs(outcome: () => Promise<ReducedPicture | null>): Promise<string | null> {
  render(<FigureControls control={control} scale={1} onSave={outcome} messages={messages} />);
  await userEvent.click(screen.getByRole('button', { name: messages.savePng }));
  const status = screen.getAllByRole('status').at(-1);
  await waitFor(() => expect(status?.textContent).not.toBe(messages.saving));
  return status?.textContent ?? null;
}

describe('saving a figure', () => {
  it('says nothing of a picture at its full size', async () => {
    expect(await savedAs(() => Promise.resolve(null))).toBe('');
  });

  it('says how far a picture was reduced, and what is sharp instead', async () => {
    const text = await savedAs(() => Promise.resolve({ width: 16_384, height: 171, percent: 26 }));
    expect(text).toContain('16,384 × 171 pixels, 26 % of the usual resolution');
    expect(text).toContain('SVG');
  });

  it('says that it failed', async () => {
    expect(await savedAs(() => Promise.reject(new Error('no canvas')))).toBe(messages.saveFailed);
  });

  it('reduces a picture only where it would be longer or larger than browsers paint', () => {
    expect(pngDensity(8192, 400)).toBe(2);
    expect(pngDensity(16_384, 400)).toBe(1);
    expect(pngDensity(8000, 8000)).toBeCloseTo(Math.sqrt(2 ** 27) / 8000);
  });
});
