import { useMemo, useState } from 'react';
import { formatCount, formatInteger } from '../../engine/cost/format.ts';
import { conv, fc } from '../../engine/spec/layers.ts';
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
  readonly without: string;
  readonly reduce: string;
  readonly after: string;
  readonly together: string;
  /** That a 1×1 convolution has as many parameters as a fully connected layer for one pixel. */
  same(convolution: string, linear: string): string;
  outcome(figures: { readonly times: string; readonly width: string }): string;
}

/** The layer to be saved: Inception 3a's 5×5, 192 → 32 at 28×28. */
const FROM = 192;
const TO = 32;
const SIDE = 28;

const LEFT = 8;

/** NiN's 1×1: a fully connected layer at every pixel, and what it saves ahead of a larger convolution. */
export function OneByOneDiagram({
  words,
  common,
}: {
  readonly words: OneByOneWords;
  readonly common: CommonDiagramWords;
}) {
  const [width, setWidth] = useState(16);
  const { direct, reduced, pixel, linear } = useMemo(() => {
    const input = [FROM, SIDE, SIDE];
    return {
      direct: measure({ work: conv(TO, 5, { padding: 2 }) }, input).total,
      reduced: measure({ reduce: conv(width, 1), work: conv(TO, 5, { padding: 2 }) }, input),
      pixel: measure({ conv: conv(width, 1) }, [FROM, 1, 1]).total,
      linear: measure({ fc: fc(width) }, [FROM]).total,
    };
  }, [width]);
  const right = Math.max(1, Math.min(LEFT, Math.round((LEFT * width) / FROM)));
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
          {Array.from({ length: LEFT }, (_, from) =>
            Array.from({ length: right }, (_, to) => (
              <path
                // biome-ignore lint/suspicious/noArrayIndexKey: a thread is its ends.
                key={`${from} ${to}`}
                className={styles.thread}
                d={`M 162 ${top(LEFT, from)} L 278 ${top(right, to)}`}
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
          {FROM}
        </text>
        <text x={284} y={146}>
          {width}
        </text>
      </Drawing>
      <p className={styles.caption}>
        {words.same(formatInteger(pixel.parameters), formatInteger(linear.parameters))}
      </p>
      <Knobs>
        <Slider label={words.width} value={width} minimum={8} maximum={FROM} step={8} onChange={setWidth} />
      </Knobs>
      <Bars
        label={common.macs}
        bars={[
          {
            label: `${words.without} 5×5, ${FROM}→${TO}`,
            value: direct.macs,
            text: formatCount(direct.macs),
            tone: 'linear',
            strong: true,
          },
          {
            label: `${words.reduce} 1×1, ${FROM}→${width}`,
            value: reduced.of('reduce').macs,
            text: formatCount(reduced.of('reduce').macs),
          },
          {
            label: `${words.after} 5×5, ${width}→${TO}`,
            value: reduced.of('work').macs,
            text: formatCount(reduced.of('work').macs),
          },
          {
            label: words.together,
            value: reduced.total.macs,
            text: formatCount(reduced.total.macs),
            strong: true,
          },
        ]}
      />
      <Outcome>
        {words.outcome({ times: (direct.macs / reduced.total.macs).toFixed(1), width: String(width) })}
      </Outcome>
    </Diagram>
  );
}
