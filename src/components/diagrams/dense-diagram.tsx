import { useMemo, useState } from 'react';
import { formatCount, formatInteger } from '../../engine/cost/format.ts';
import { batchNorm, branches, conv, relu, repeat } from '../../engine/spec/layers.ts';
import { Slider } from '../ui/slider.tsx';
import styles from './diagram.module.css';
import { type CommonDiagramWords, Diagram, Drawing, Knobs, Outcome, WIDTH } from './diagram.tsx';
import { measure } from './measure.ts';

/** Words of the growing dense block. */
export interface DenseWords {
  readonly title: string;
  readonly caption: string;
  drawing(input: string, output: string): string;
  readonly growth: string;
  readonly layers: string;
  readonly input: string;
  outcome(figures: {
    readonly start: string;
    readonly layers: string;
    readonly growth: string;
    readonly channels: string;
    readonly parameters: string;
    readonly connections: string;
  }): string;
}

const SIDE = 32;

/** Colours by which layer made a channel; what entered has none. */
const tones = ['convolution', 'pooling', 'activation', 'merge', 'linear'] as const;

/** A dense block: each layer reads all channels before it and adds k of its own. */
export function DenseDiagram({ words }: { readonly words: DenseWords; readonly common: CommonDiagramWords }) {
  const [growth, setGrowth] = useState(12);
  const [layers, setLayers] = useState(6);
  const start = 2 * growth;
  const block = useMemo(
    () =>
      measure(
        repeat('layer', layers, () =>
          branches('Concat', {
            through: {},
            layer: { bn: batchNorm(), relu: relu(), conv: conv(growth, 3, { padding: 1, bias: false }) },
          }),
        ),
        [2 * growth, SIDE, SIDE],
      ),
    [growth, layers],
  );
  const channels = block.graph.nodes.at(-1)?.shape[0] ?? start;
  const height = 132;
  const tall = (count: number): number => (height * count) / channels;
  const step = WIDTH / (layers + 1);
  const columnWidth = Math.min(22, step * 0.55);
  return (
    <Diagram title={words.title} caption={words.caption}>
      <Drawing label={words.drawing(String(start), String(channels))} height={height + 26}>
        {Array.from({ length: layers + 1 }, (_, column) => {
          const total = start + column * growth;
          const columnHeight = tall(total);
          const x = column * step + (step - columnWidth) / 2;
          const part = (count: number): number => (columnHeight * count) / total;
          const base = height + 4;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place.
            <g key={column}>
              <rect
                className={styles.fill}
                data-tone="plain"
                x={x}
                y={base - part(start)}
                width={columnWidth}
                height={part(start)}
              />
              {Array.from({ length: column }, (_, layer) => (
                <rect
                  // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its place.
                  key={layer}
                  className={styles.fill}
                  data-tone={tones[layer % tones.length]}
                  x={x}
                  y={base - part(start + (layer + 1) * growth)}
                  width={columnWidth}
                  height={Math.max(0.5, part(growth) - 0.75)}
                />
              ))}
              <text x={x + columnWidth / 2} y={base + 14} data-soft={layers > 8 || undefined}>
                {layers > 8 && column % 2 === 1 ? '' : total}
              </text>
            </g>
          );
        })}
      </Drawing>
      <Knobs>
        <Slider label={words.growth} value={growth} minimum={4} maximum={48} step={4} onChange={setGrowth} />
        <Slider label={words.layers} value={layers} minimum={1} maximum={12} onChange={setLayers} />
      </Knobs>
      <Outcome>
        {words.outcome({
          start: String(start),
          layers: String(layers),
          growth: String(growth),
          channels: formatInteger(channels),
          parameters: formatCount(block.total.parameters),
          connections: String((layers * (layers + 1)) / 2),
        })}
      </Outcome>
    </Diagram>
  );
}
