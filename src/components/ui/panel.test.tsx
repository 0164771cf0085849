import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Panel, type PanelMessages } from './panel.tsx';

const messages: PanelMessages = {
  panelFailed: (title) => `“${title}” stopped working.`,
  tryAgain: 'Try again',
};

let broken = true;

const Fragile = () => {
  if (broken) throw new Error('the chart has no scale');
  return <p>a chart</p>;
};

describe('a panel', () => {
  beforeEach(() => {
    broken = true;
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => {
    cleanup();
    vi.restoreAllMocks();
  });

  it('is a region named by its title', () => {
    broken = false;
    render(
      <Panel title="Costs" messages={messages}>
        <Fragile />
      </Panel>,
    );
    expect(screen.getByRole('region', { name: 'Costs' }).textContent).toContain('a chart');
  });

  it('keeps a failure inside itself, says so, and tries again when asked', async () => {
    const onError = vi.fn();
    render(
      <>
        <Panel title="Costs" messages={messages} onError={onError}>
          <Fragile />
        </Panel>
        <Panel title="Layers" titleHidden messages={messages}>
          <p>a table</p>
        </Panel>
      </>,
    );
    expect(screen.getByRole('alert').textContent).toContain('“Costs” stopped working.');
    expect(screen.getByRole('alert').textContent).toContain('the chart has no scale');
    expect(screen.getByRole('region', { name: 'Layers' }).textContent).toContain('a table');
    expect(onError).toHaveBeenCalledOnce();

    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(screen.getByRole('alert')).toBeDefined();

    broken = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(screen.getByText('a chart')).toBeDefined();
  });

  it('forgets a failure when what it shows changes', () => {
    const panel = (resetKey: string) => (
      <Panel title="Costs" messages={messages} resetKey={resetKey}>
        <Fragile />
      </Panel>
    );
    const { rerender } = render(panel('vgg16'));
    expect(screen.getByRole('alert')).toBeDefined();
    broken = false;
    rerender(panel('lenet5'));
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
