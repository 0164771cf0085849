import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { diagrams as words } from '../../app/i18n/en/diagrams.ts';
import { BottleneckDiagram } from './bottleneck-diagram.tsx';
import { DenseDiagram } from './dense-diagram.tsx';
import { GroupedDiagram } from './grouped-diagram.tsx';
import { InceptionDiagram } from './inception-diagram.tsx';
import { measure } from './measure.ts';
import { OneByOneDiagram } from './one-by-one-diagram.tsx';
import { ResidualDiagram } from './residual-diagram.tsx';
import { ThreeThreesDiagram } from './three-threes-diagram.tsx';

const { common } = words;

/** What stands behind a label in a list of bars. */
const bar = (list: string, label: string): string => {
  const row = within(screen.getByRole('list', { name: list }))
    .getAllByRole('listitem')
    .find((item) => item.textContent?.startsWith(label));
  return row?.textContent?.slice(label.length).trim() ?? '';
};

/** Moves a slider by keys: one step an arrow. */
async function move(label: string, keys: string): Promise<void> {
  screen.getByRole('slider', { name: label }).focus();
  await userEvent.keyboard(keys);
}

describe('the small diagrams', () => {
  afterEach(cleanup);

  it('give the paper’s arithmetic of the bottleneck, and follow the channels', async () => {
    render(<BottleneckDiagram words={words.bottleneck} common={common} />);
    expect(bar('Parameters', words.bottleneck.bottleneck)).toBe('69,632');
    expect(bar('Parameters', '3×3, 256→256')).toBe('589,824');
    expect(screen.getByText(/8\.5 times as many/)).toBeDefined();
    await move('Channels', '{ArrowLeft}');
    expect(bar('Parameters', '3×3, 192→192')).toBe('331,776');
  });

  it('show that three 3×3 take 27 parameters where one 7×7 takes 49', async () => {
    render(<ThreeThreesDiagram words={words.threeThrees} common={common} />);
    expect(bar('Parameters', 'three 3×3')).toBe('1.77 M');
    expect(bar('Parameters', 'one 7×7')).toBe('3.21 M');
    expect(screen.getByText(/the same view of 7×7/)).toBeDefined();
    await move('Channels', '{End}');
    expect(screen.getByText(/With 512 channels/).textContent).toContain('55 % of the parameters');
  });

  it('count the lecture’s inception module both ways', async () => {
    render(<InceptionDiagram words={words.inception} common={common} />);
    expect(bar('MACs', 'naive')).toBe('854 M');
    expect(bar('MACs', 'with 1×1')).toBe('271 M');
    expect(screen.getByText(/854 M MACs and 672 channels/).textContent).toContain('480');
    await userEvent.click(screen.getByRole('button', { name: 'naive' }));
    expect(bar('MACs', '5×5')).toBe('482 M');
    expect(screen.queryByRole('slider')).toBeNull();
  });

  it('let a dense block grow by k a layer', async () => {
    render(<DenseDiagram words={words.dense} common={common} />);
    expect(screen.getByText(/24 \+ 6·12 = 96 channels, 21 direct connections/)).toBeDefined();
    await move('Layers', '{ArrowRight}');
    expect(screen.getByText(/24 \+ 7·12 = 108 channels, 28 direct connections/)).toBeDefined();
    await move('Growth rate k', '{ArrowRight}');
    expect(screen.getByText(/32 \+ 7·16 = 144 channels/)).toBeDefined();
  });

  it('count a 1×1 convolution as the fully connected layer that it is', async () => {
    render(<OneByOneDiagram words={words.oneByOne} common={common} />);
    expect(screen.getByText(/3,088 parameters; .* 3,088, the same ones/)).toBeDefined();
    expect(screen.getByText(/9\.7 times less/)).toBeDefined();
    await move(words.oneByOne.width, '{End}');
    expect(screen.getByText(/nothing is saved/)).toBeDefined();
    await userEvent.click(screen.getByRole('button', { name: words.oneByOne.uses.resnet }));
    expect(bar('MACs', 'together')).toBe('13.6 M');
    expect(screen.getByText(/8\.5 times less/)).toBeDefined();
  });

  it('divide parameters by the groups', async () => {
    render(<GroupedDiagram words={words.grouped} common={common} start={2} />);
    expect(bar('Parameters', 'full')).toBe('147,456');
    expect(bar('Parameters', 'in groups')).toBe('73,728');
    await move('Groups', '{ArrowRight}{ArrowRight}{ArrowRight}{ArrowRight}');
    expect(bar('Parameters', 'in groups')).toBe('4,608');
    await move('Groups', '{Home}');
    expect(screen.getByText(/One group: every filter reads all 128/)).toBeDefined();
  });

  it('show a shortcut without parameters, and the identity where F is zero', async () => {
    render(<ResidualDiagram words={words.residual} common={common} />);
    expect(bar('Parameters', 'body F')).toBe('73,984');
    expect(bar('Parameters', 'shortcut')).toBe('0');
    await move(words.residual.scale, '{Home}');
    expect(screen.getByText(/passes x on unchanged/)).toBeDefined();
  });

  it('refuse layers that do not fit', () => {
    expect(() =>
      measure(
        {
          fc: {
            $: 'operator',
            op: 'MaxPool',
            attributes: { kernel: [3, 3], stride: [1, 1], padding: [0, 0, 0, 0], rounding: 'floor' },
          },
        },
        [1, 1, 1],
      ),
    ).toThrow(RangeError);
  });
});
