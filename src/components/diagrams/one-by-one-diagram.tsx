import { useMemo, useState } from 'react';
import { formatCount, formatInteger } from '../../engine/cost/format.ts';
import { conv, fc } from '../../engine/spec/layers.ts';
import { Segmented } from '../ui/segmented.tsx';
import { Slider } from '../ui/slider.tsx';
import styles from './diagram.module.css';
import { Bars, type CommonDiagramWords, Diagram, Drawing, Knobs, Outcome } from './diagram.tsx';
import { measure } from './measure.ts';

/** Words of the 1×1 convolution. */
export interface OneByOneWords {
  readonly title: string;
  readonly caption: string;
  readonly drawing: string;
  readonly pixel: string;
  readonly width: string;
  /** Which heir of the layer is shown. */
  readonly use: string;
  readonly uses: Readonly<Record<OneByOneUse, string>>;
  readonly without: string;
  readonly reduce: string;
  readonly after: string;
  readonly back: string;
  readonly together: string;
  /** That a 1×1 convolution has as many parameters as a fully connected layer for one pixel. */
  same(convolution: string, linear: string): string;
  outcome(figures: { readonly use: OneByOneUse; readonly times: string; readonly width: string }): string;
}

/** Heirs of NiN's layer. */
export type OneByOneUse = 'inception' | 'resnet';

/** The convolution that each heir makes cheaper: Inception 3a's 5×5, and the 3×3 of ResNet's conv4_x. */
const uses = {
  inception: { from: 192, to: 32, kernel: 5, side: 28, width: 16 },
  resnet: { from: 256, to: 256, kernel: 3, side: 14, width: 64 },
} as const;

const LEFT = 8;

/** NiN's 1×1: a fully connected layer at every pixel, and what it saves ahead of a larger convolution. */
export function OneByOneDiagram({
  words,
  common,
}: {
  readonly words: OneByOneWords;
  readonly common: CommonDiagramWords;
}) {
  const [use, setUse] = useState<OneByOneUse>('inception');
  const [width, setWidth] = useState<number>(uses.inception.width);
  const { from, to, kernel } = uses[use];
  const { direct, reduced, pixel, linear } = useMemo(() => {
    const { from: channels, to: results, kernel: size, side } = uses[use];
    const input = [channels, side, side];
    const options = { padding: (size - 1) / 2 };
    return {
      direct: measure({ work: conv(results, size, options) }, input).total,
      reduced: measure(
        use === 'resnet'
          ? { reduce: conv(width, 1), work: conv(width, size, options), restore: conv(results, 1) }
          : { reduce: conv(width, 1), work: conv(results, size, options) },
        input,
      ),
      pixel: measure({ conv: conv(width, 1) }, [channels, 1, 1]).total,
      linear: measure({ fc: fc(width) }, [channels]).total,
    };
  }, [use, width]);
  const square = `${kernel}×${kernel}`;
  const right = Math.max(1, Math.min(LEFT, Math.round((LEFT * width) / from)));
  const top = (count: number, index: number): number => 68 + (index - (count - 1) / 2) * 15;
  return (
    <Diagram title={words.title} caption={words.caption}>
      <Drawing label={words.drawing} height={150}>
        <g data-tone="plain">
          {Array.from({ length: 16 }, (_, index) => (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: a pixel is its place.
              key={index}
              className={index === 6 ? styles.fill : styles.faint}
              data-tone={index === 6 ? 'convolution' : 'plain'}
              x={16 + (index % 4) * 17}
              y={34 + Math.floor(index / 4) * 17}
              width={15}
              height={15}
              rx={1}
            />
          ))}
          <path className={styles.thread} d="M 66 59 L 146 10 M 66 59 L 146 126" />
        </g>
        <text x={49} y={120} data-soft>
          {words.pixel}
        </text>
        <g data-tone="convolution">
          {Array.from({ length: LEFT }, (_, one) =>
            Array.from({ length: right }, (_, other) => (
              <path
                // biome-ignore lint/suspicious/noArrayIndexKey: a thread is its ends.
                key={`${one} ${other}`}
                className={styles.thread}
                d={`M 162 ${top(LEFT, one)} L 278 ${top(right, other)}`}
              />
            )),
          )}
          {Array.from({ length: LEFT }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a channel is its place.
            <circle key={index} className={styles.fill} cx={156} cy={top(LEFT, index)} r={5} />
          ))}
        </g>
        <g data-tone="pooling">
          {Array.from({ length: right }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a channel is its place.
            <circle key={index} className={styles.fill} cx={284} cy={top(right, index)} r={5} />
          ))}
        </g>
        <text x={156} y={146}>
          {from}
        </text>
        <text x={284} y={146}>
          {width}
        </text>
      </Drawing>
      <p className={styles.caption}>
        {words.same(formatInteger(pixel.parameters), formatInteger(linear.parameters))}
      </p>
      <Knobs>
        <Segmented
          label={words.use}
          value={use}
          options={[
            { value: 'inception', label: words.uses.inception },
            { value: 'resnet', label: words.uses.resnet },
          ]}
          onChange={(next) => {
            setUse(next);
            setWidth(uses[next].width);
          }}
        />
        <Slider label={words.width} value={width} minimum={8} maximum={from} step={8} onChange={setWidth} />
      </Knobs>
      <Bars
        label={common.macs}
        bars={[
          {
            label: `${words.without} ${square}, ${from}→${to}`,
            value: direct.macs,
            text: formatCount(direct.macs),
            tone: 'linear',
            strong: true,
          },
          {
            label: `${words.reduce} 1×1, ${from}→${width}`,
            value: reduced.of('reduce').macs,
            text: formatCount(reduced.of('reduce').macs),
          },
          {
            label: `${words.after} ${square}, ${width}→${use === 'resnet' ? width : to}`,
            value: reduced.of('work').macs,
            text: formatCount(reduced.of('work').macs),
          },
          ...(use === 'resnet'
            ? [
                {
                  label: `${words.back} 1×1, ${width}→${to}`,
                  value: reduced.of('restore').macs,
                  text: formatCount(reduced.of('restore').macs),
                },
              ]
            : []),
          {
            label: words.together,
            value: reduced.total.macs,
            text: formatCount(reduced.total.macs),
            strong: true,
          },
        ]}
      />
      <Outcome>
        {words.outcome({ use, times: (direct.macs / reduced.total.macs).toFixed(1), width: String(width) })}
      </Outcome>
    </Diagram>
  );
}
