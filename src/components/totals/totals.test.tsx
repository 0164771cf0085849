import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { totals as messages } from '../../app/i18n/en/totals.ts';
import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import { peakMemory } from '../../engine/cost/memory.ts';
import { lower } from '../../engine/graph/lower.ts';
import { DoesNotFit } from './does-not-fit.tsx';
import { InputSize, type InputSizeProps } from './input-size.tsx';
import { inputSizeText, parseInputSize } from './parse-input-size.ts';
import { Totals, type TotalsProps } from './totals.tsx';

afterEach(cleanup);

function showTotals(id: string, props: Partial<TotalsProps> = {}) {
  const found = architectures.get(id);
  if (!found) throw new RangeError(id);
  const graph = lower(found);
  render(
    <Totals
      graph={graph}
      costs={computeCosts(graph)}
      peak={peakMemory(graph)}
      dtype="fp32"
      batch={1}
      units="macs"
      messages={messages}
      {...(found.published ? { published: found.published } : {})}
      {...props}
    />,
  );
}
const figure = (name: string) => document.querySelector(`[data-figure="${name}"] dd`)?.textContent;

describe('the totals', () => {
  it('are exact, and stand beside what was published', () => {
    showTotals('lenet5');
    expect(figure('parameters')).toBe('61,706');
    expect(figure('macs')).toBe('416,520');
    expect(figure('weights')).toBe('241 KiB fp32');
    expect(figure('peakActivations')).toBe('23.0 KiB at pool1');
  });

  it('shorten beyond a thousand million and keep the exact value in the title', () => {
    showTotals('vgg16');
    expect(figure('macs')).toMatch(/^15\.5 G/);
    expect(screen.getByTitle('15,470,264,320')).toBeTruthy();
    expect(figure('parameters')).toMatch(/^138,357,544/);
  });

  it('say what was published where it differs, or why', () => {
    showTotals('lenet5', { published: { parameters: 60_000, source: 'the paper' } });
    expect(figure('parameters')).toBe('61,706 the paper: 60,000');
    cleanup();
    showTotals('lenet5', { notes: { parameters: 'the paper’s own form: 60,000' } });
    expect(figure('parameters')).toBe('61,706 the paper’s own form: 60,000');
  });

  it('follow units, precision and batch', () => {
    showTotals('lenet5', { units: 'flops', dtype: 'int8', batch: 4 });
    const graph = lower(architectures.get('lenet5') as never);
    expect(figure('flops')).toBe(computeCosts(graph).total.flops.toLocaleString('en-US'));
    expect(figure('weights')).toBe('60.3 KiB int8');
    expect(figure('peakActivations')).toBe('23.0 KiB at pool1');
  });

  it('have no number for a network that does not fit', () => {
    showTotals('zfnet-lecture');
    for (const name of ['parameters', 'macs', 'peakActivations', 'activations'])
      expect(figure(name)).toBe('—');
  });

  it('take accuracy and the time of a run from outside', () => {
    showTotals('lenet5', {
      accuracy: { value: '99.3 %', note: 'MNIST' },
      run: { value: '0.34 ms', note: null },
    });
    expect(figure('accuracy')).toBe('99.3 % MNIST');
    expect(figure('run')).toBe('0.34 ms');
  });
});

function showInput(value: string, props: Partial<InputSizeProps> = {}) {
  const onChange = vi.fn();
  render(
    <InputSize
      value={value}
      own={[224, 224]}
      channels={3}
      presets={[
        [224, 224],
        [256, 192],
      ]}
      onChange={onChange}
      messages={messages.inputSize}
      {...props}
    />,
  );
  return {
    onChange,
    user: userEvent.setup(),
    field: screen.getByRole('textbox', { name: 'Input' }) as HTMLInputElement,
  };
}

describe('the input size', () => {
  it('is taken with Enter, and the definition’s own size is written as nothing', async () => {
    const { onChange, user, field } = showInput('');
    expect(field.value).toBe('224');
    await user.clear(field);
    await user.type(field, '256 × 192{Enter}');
    expect(onChange).toHaveBeenLastCalledWith('256x192');
    cleanup();
    const other = showInput('256x192');
    await other.user.clear(other.field);
    await other.user.type(other.field, '224{Enter}');
    expect(other.onChange).toHaveBeenLastCalledWith('');
  });

  it.each([
    ['0', /at least one row/],
    ['1000000000', /larger than any image/],
    ['cat', /“cat” is not a size/],
    ['-3', /“-3” is not a size/],
    ['12.5', /“12.5” is not a size/],
    ['10x', /“10x” is not a size/],
  ])('is refused beside the field for %s, and not taken', async (text, message) => {
    const { onChange, user, field } = showInput('');
    await user.clear(field);
    await user.type(field, `${text}{Enter}`);
    expect(screen.getByRole('alert').textContent).toMatch(message);
    expect(field.getAttribute('aria-invalid')).toBe('true');
    await user.tab();
    expect(onChange).not.toHaveBeenCalled();
    expect(field.value).toBe(text);
  });

  it('explains a bad address and offers the way back', async () => {
    const { onChange, user } = showInput('abc');
    expect(screen.getByRole('alert').textContent).toContain('“abc”');
    await user.click(screen.getByRole('button', { name: 'Back to 224' }));
    expect(onChange).toHaveBeenLastCalledWith('');
  });

  it('offers presets', async () => {
    const { onChange, user } = showInput('');
    expect(screen.getByRole('button', { name: '224', pressed: true })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: '256×192' }));
    expect(onChange).toHaveBeenLastCalledWith('256x192');
  });

  it('reads back every size it writes', () => {
    const side = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(side, side, (height, width) => {
        const size = [height, width] as const;
        expect(parseInputSize(inputSizeText(size), 3)).toEqual({ kind: 'size', size });
        expect(parseInputSize(` ${height} × ${width} `, 3)).toEqual({ kind: 'size', size });
      }),
    );
  });

  it('takes no text for a size that the engine refuses', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9x× .-]{1,14}$/)), (text) => {
        const parsed = parseInputSize(text, 3);
        if (parsed.kind !== 'size') return;
        const [height, width] = parsed.size;
        expect(Number.isSafeInteger(height) && height >= 1).toBe(true);
        expect(Number.isSafeInteger(width) && width >= 1).toBe(true);
        expect(3 * height * width).toBeLessThanOrEqual(2 ** 31);
      }),
    );
  });
});

describe('the notice on a network that does not fit', () => {
  it('says why and leads to the layer', async () => {
    const onSelect = vi.fn();
    render(
      <DoesNotFit problem="6400 are not 9216" layer="fc6/fc" onSelect={onSelect} messages={messages.misfit}>
        <p>Round up.</p>
      </DoesNotFit>,
    );
    expect(screen.getByRole('alert').textContent).toContain('6400 are not 9216');
    expect(screen.getByText('Round up.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Show fc6/fc' }));
    expect(onSelect).toHaveBeenCalledWith('fc6/fc');
  });
});
