import { useMemo, useState } from 'react';
import { formatCount } from '../../engine/cost/format.ts';
import { receptiveFields } from '../../engine/graph/receptive-field.ts';
import { convRelu } from '../../engine/spec/layers.ts';
import { Slider } from '../ui/slider.tsx';
import styles from './diagram.module.css';
import { Bars, type CommonDiagramWords, Diagram, Drawing, Knobs, Outcome } from './diagram.tsx';
import { measure } from './measure.ts';

/** Words of three small filters against one large. */
export interface ThreeThreesWords {
  readonly title: string;
  readonly caption: string;
  readonly drawing: string;
  readonly small: string;
  readonly large: string;
  outcome(figures: {
    readonly channels: string;
    readonly share: string;
    readonly field: string;
    readonly smallMacs: string;
    readonly largeMacs: string;
  }): string;
}

const SIDE = 56;
const CELL = 16;

/** Cells of one layer, seen from the side: the middle `lit` of `count` count. */
const Cells = ({
  x,
  y,
  lit,
  count = 7,
}: {
  readonly x: number;
  readonly y: number;
  readonly lit: number;
  readonly count?: number;
}) => (
  <g data-tone="convolution">
    {Array.from({ length: count }, (_, index) => {
      const inside = Math.abs(index - (count - 1) / 2) <= (lit - 1) / 2;
      return (
        <rect
          // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place.
          key={index}
          className={inside ? styles.fill : styles.faint}
          x={x + (index - count / 2) * CELL}
          y={y}
          width={CELL - 2}
          height={CELL - 2}
          rx={2}
        />
      );
    })}
  </g>
);

/** The cone from one cell down to those it sees. */
const Cone = ({
  x,
  y,
  from,
  to,
  height,
}: {
  readonly x: number;
  readonly y: number;
  readonly from: number;
  readonly to: number;
  readonly height: number;
}) => (
  <g data-tone="convolution">
    <path
      className={styles.thread}
      d={`M ${x - (from * CELL) / 2} ${y} L ${x - (to * CELL) / 2} ${y + height} M ${x + (from * CELL) / 2 - 2} ${y} L ${x + (to * CELL) / 2 - 2} ${y + height}`}
    />
  </g>
);

/** Three 3×3 convolutions against one 7×7: the same view of the image, fewer parameters. */
export function ThreeThreesDiagram({
  words,
  common,
}: {
  readonly words: ThreeThreesWords;
  readonly common: CommonDiagramWords;
}) {
  const [channels, setChannels] = useState(256);
  const { small, large, field } = useMemo(() => {
    const input = [channels, SIDE, SIDE];
    const three = measure(
      { conv1: convRelu(channels, 3), conv2: convRelu(channels, 3), conv3: convRelu(channels, 3) },
      input,
    );
    const [size = 0] = receptiveFields(three.graph).get('conv3/relu')?.size ?? [];
    return { small: three.total, large: measure({ conv: convRelu(channels, 7) }, input).total, field: size };
  }, [channels]);
  return (
    <Diagram title={words.title} caption={words.caption}>
      <Drawing label={words.drawing} height={146}>
        {[1, 3, 5].map((lit, index) => (
          <g key={lit}>
            <Cells x={86} y={4 + index * 38} lit={lit} />
            <Cone x={86} y={18 + index * 38} from={lit} to={lit + 2} height={24} />
            <text x={156} y={34 + index * 38} data-soft data-start>
              3×3
            </text>
          </g>
        ))}
        <Cells x={86} y={118} lit={7} />
        <Cells x={262} y={4} lit={1} />
        <Cone x={262} y={18} from={1} to={7} height={100} />
        <Cells x={262} y={118} lit={7} />
        <text x={324} y={72} data-soft>
          7×7
        </text>
      </Drawing>
      <Knobs>
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
          { label: words.small, value: small.parameters, text: formatCount(small.parameters) },
          {
            label: words.large,
            value: large.parameters,
            text: formatCount(large.parameters),
            tone: 'linear',
          },
        ]}
      />
      <Outcome>
        {words.outcome({
          channels: String(channels),
          share: `${Math.round((100 * small.parameters) / large.parameters)} %`,
          field: `${field}×${field}`,
          smallMacs: formatCount(small.macs),
          largeMacs: formatCount(large.macs),
        })}
      </Outcome>
    </Diagram>
  );
}
