import { useMemo, useState } from 'react';
import { formatInteger } from '../../engine/cost/format.ts';
import { convBn, convBnRelu, relu, residual } from '../../engine/spec/layers.ts';
import { Slider } from '../ui/slider.tsx';
import styles from './diagram.module.css';
import { Arrow, Bars, Box, type CommonDiagramWords, Diagram, Drawing, Knobs, Outcome } from './diagram.tsx';
import { measure } from './measure.ts';

/** Words of the residual block. */
export interface ResidualWords {
  readonly title: string;
  readonly caption: string;
  readonly drawing: string;
  readonly scale: string;
  readonly body: string;
  readonly shortcut: string;
  outcome(scale: string, additions: string): string;
  readonly identity: string;
}

/** Eight values of an example: what enters, and what a body makes of it. */
const entering = [0.9, 0.2, 0.6, 0, 0.8, 0.4, 0.1, 0.7];
const made = [-0.3, 0.5, 0.1, 0.4, -0.5, 0.2, 0.5, -0.4];

const SIDE = 28;

/** Eight values as small bars around a line. */
function Values({
  x,
  y,
  values,
  tone,
}: {
  readonly x: number;
  readonly y: number;
  readonly values: readonly number[];
  readonly tone: 'merge' | 'convolution' | 'plain';
}) {
  const unit = 26;
  return (
    <g data-tone={tone}>
      <path className={styles.ground} d={`M ${x} ${y} h 78`} />
      {values.map((value, index) => (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: the values have no identity but their place.
          key={index}
          className={styles.fill}
          x={x + 1 + index * 9.75}
          y={value >= 0 ? y - value * unit : y}
          width={7}
          height={Math.max(0.5, Math.abs(value) * unit)}
        />
      ))}
    </g>
  );
}

/** A residual block at work: what its body adds, what its shortcut carries, and what both cost. */
export function ResidualDiagram({
  words,
  common,
}: {
  readonly words: ResidualWords;
  readonly common: CommonDiagramWords;
}) {
  const [channels, setChannels] = useState(64);
  const [scale, setScale] = useState(60);
  const block = useMemo(
    () =>
      measure(
        {
          block: residual({
            body: { conv1: convBnRelu(channels, 3), conv2: convBn(channels, 3) },
            after: { relu: relu() },
          }),
        },
        [channels, SIDE, SIDE],
      ),
    [channels],
  );
  const body = made.map((value) => (value * scale) / 100);
  const after = entering.map((value, index) => Math.max(0, value + (body[index] ?? 0)));
  const body3 = `3×3, ${channels}`;
  return (
    <Diagram title={words.title} caption={words.caption}>
      <Drawing label={words.drawing} height={176}>
        <text x={10} y={66} data-start>
          x
        </text>
        <Arrow d="M 22 62 H 66" x={66} y={62} />
        <Box x={102} y={62} width={72} label={body3} />
        <Arrow d="M 138 62 H 160" x={160} y={62} />
        <Box x={196} y={62} width={72} label={body3} />
        <Arrow d="M 232 62 H 262" x={262} y={62} />
        <Arrow
          d="M 40 62 C 40 12 60 12 110 12 H 200 C 262 12 272 20 272 51"
          x={272}
          y={52}
          down
          tone="merge"
        />
        <circle className={styles.sum} cx={272} cy={62} r={10} />
        <text x={272} y={66}>
          +
        </text>
        <Arrow d="M 282 62 H 298" x={298} y={62} />
        <Box x={318} y={62} width={38} label="ReLU" tone="activation" />
        <text x={149} y={92} data-soft>
          F(x)
        </text>
        <text x={150} y={9} data-soft>
          x
        </text>
        <Values x={10} y={140} values={entering} tone="merge" />
        <text x={104} y={144}>
          +
        </text>
        <Values x={120} y={140} values={body} tone="convolution" />
        <text x={216} y={144}>
          →
        </text>
        <Values x={232} y={140} values={after} tone="plain" />
        <text x={49} y={172} data-soft>
          x
        </text>
        <text x={159} y={172} data-soft>
          F(x)
        </text>
        <text x={271} y={172} data-soft>
          ReLU(F(x) + x)
        </text>
      </Drawing>
      <Knobs>
        <Slider
          label={words.scale}
          value={scale}
          minimum={0}
          maximum={100}
          step={5}
          onChange={setScale}
          formatValue={(value) => `${value} %`}
        />
        <Slider
          label={common.channels}
          value={channels}
          minimum={16}
          maximum={512}
          step={16}
          onChange={setChannels}
        />
      </Knobs>
      <Bars
        label={common.parameters}
        bars={[
          {
            label: words.body,
            value: block.of('block/body').parameters,
            text: formatInteger(block.of('block/body').parameters),
          },
          {
            label: words.shortcut,
            value: block.of('block/shortcut').parameters,
            text: formatInteger(block.of('block/shortcut').parameters),
            tone: 'merge',
          },
        ]}
      />
      <Outcome>
        {scale === 0
          ? words.identity
          : words.outcome(`${scale} %`, formatInteger(block.of('block/add').operations.add))}
      </Outcome>
    </Diagram>
  );
}
