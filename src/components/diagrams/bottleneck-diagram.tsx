import { useMemo, useState } from 'react';
import { formatCount, formatInteger } from '../../engine/cost/format.ts';
import { conv } from '../../engine/spec/layers.ts';
import { Slider } from '../ui/slider.tsx';
import styles from './diagram.module.css';
import { Arrow, Bars, type CommonDiagramWords, Diagram, Drawing, Knobs, Outcome } from './diagram.tsx';
import { measure } from './measure.ts';

/** Words of the bottleneck. */
export interface BottleneckWords {
  readonly title: string;
  readonly caption: string;
  readonly drawing: string;
  readonly bottleneck: string;
  readonly direct: string;
  readonly wide: string;
  outcome(figures: { readonly bottleneck: string; readonly direct: string; readonly times: string }): string;
}

const SIDE = 14;

/** Channels as a slab whose height is their number. */
const Slab = ({
  x,
  y,
  channels,
  most,
}: {
  readonly x: number;
  readonly y: number;
  readonly channels: number;
  readonly most: number;
}) => {
  const height = 8 + (62 * channels) / most;
  return (
    <g data-tone="convolution">
      <rect className={styles.faint} x={x - 9} y={y - height / 2} width={18} height={height} rx={2} />
      <text x={x} y={y + height / 2 + 12}>
        {channels}
      </text>
    </g>
  );
};

/** A 3×3 convolution between two 1×1s against one at full width. */
export function BottleneckDiagram({
  words,
  common,
}: {
  readonly words: BottleneckWords;
  readonly common: CommonDiagramWords;
}) {
  const [channels, setChannels] = useState(256);
  const narrow = channels / 4;
  const { thin, wide } = useMemo(
    () => ({
      thin: measure(
        {
          reduce: conv(channels / 4, 1, { bias: false }),
          work: conv(channels / 4, 3, { padding: 1, bias: false }),
          restore: conv(channels, 1, { bias: false }),
        },
        [channels, SIDE, SIDE],
      ),
      wide: measure({ work: conv(channels, 3, { padding: 1, bias: false }) }, [channels, SIDE, SIDE]),
    }),
    [channels],
  );
  const parameters = (id: string): number => thin.of(id).parameters;
  const xs = [30, 120, 210, 310];
  return (
    <Diagram title={words.title} caption={words.caption}>
      <Drawing label={words.drawing} height={188}>
        {[channels, narrow, narrow, channels].map((count, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two slabs may hold the same number.
          <Slab key={index} x={xs[index] ?? 0} y={44} channels={count} most={channels} />
        ))}
        {['1×1', '3×3', '1×1'].map((kernel, index) => {
          const from = (xs[index] ?? 0) + 12;
          const to = (xs[index + 1] ?? 0) - 12;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two of them have the same kernel.
            <g key={index}>
              <Arrow d={`M ${from} 44 H ${to}`} x={to} y={44} />
              <text x={(from + to) / 2} y={38}>
                {kernel}
              </text>
            </g>
          );
        })}
        <Slab x={30} y={138} channels={channels} most={channels} />
        <Arrow d="M 42 138 H 298" x={298} y={138} />
        <text x={170} y={132}>
          3×3
        </text>
        <Slab x={310} y={138} channels={channels} most={channels} />
      </Drawing>
      <Knobs>
        <Slider
          label={common.channels}
          value={channels}
          minimum={64}
          maximum={1024}
          step={64}
          onChange={setChannels}
        />
      </Knobs>
      <Bars
        label={common.parameters}
        bars={[
          {
            label: `1×1, ${channels}→${narrow}`,
            value: parameters('reduce'),
            text: formatInteger(parameters('reduce')),
          },
          {
            label: `3×3, ${narrow}→${narrow}`,
            value: parameters('work'),
            text: formatInteger(parameters('work')),
          },
          {
            label: `1×1, ${narrow}→${channels}`,
            value: parameters('restore'),
            text: formatInteger(parameters('restore')),
          },
          {
            label: words.bottleneck,
            value: thin.total.parameters,
            text: formatInteger(thin.total.parameters),
            strong: true,
          },
          {
            label: `3×3, ${channels}→${channels}`,
            value: wide.total.parameters,
            text: formatInteger(wide.total.parameters),
            tone: 'linear',
            strong: true,
          },
        ]}
      />
      <Outcome>
        {words.outcome({
          bottleneck: formatCount(thin.total.macs),
          direct: formatCount(wide.total.macs),
          times: (wide.total.macs / thin.total.macs).toFixed(1),
        })}
      </Outcome>
    </Diagram>
  );
}
