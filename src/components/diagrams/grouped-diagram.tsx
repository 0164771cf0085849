import { useMemo, useState } from 'react';
import { formatCount, formatInteger } from '../../engine/cost/format.ts';
import { conv } from '../../engine/spec/layers.ts';
import { Slider } from '../ui/slider.tsx';
import styles from './diagram.module.css';
import { Bars, type CommonDiagramWords, Diagram, Drawing, Knobs, Outcome } from './diagram.tsx';
import { measure } from './measure.ts';

/** Words of the grouped convolution. */
export interface GroupedWords {
  readonly title: string;
  readonly caption: string;
  readonly drawing: string;
  readonly groups: string;
  readonly reads: string;
  readonly writes: string;
  readonly grouped: string;
  readonly full: string;
  outcome(figures: {
    readonly groups: string;
    readonly each: string;
    readonly times: string;
    readonly macs: string;
  }): string;
}

const CHANNELS = 128;
const SIDE = 28;
const SIZE = 128;

/** A convolution in groups: which channels read which, and what is saved. */
export function GroupedDiagram({
  words,
  common,
  start,
}: {
  readonly words: GroupedWords;
  readonly common: CommonDiagramWords;
  /** Groups at first: a power of two up to 128. */
  readonly start: number;
}) {
  const [power, setPower] = useState(Math.log2(start));
  const groups = 2 ** power;
  const { full, grouped } = useMemo(() => {
    const input = [CHANNELS, SIDE, SIDE];
    const options = { padding: 1, bias: false };
    return {
      full: measure({ conv: conv(CHANNELS, 3, options) }, input).total,
      grouped: measure({ conv: conv(CHANNELS, 3, { ...options, groups: 2 ** power }) }, input).total,
    };
  }, [power]);
  const cell = SIZE / groups;
  const left = 106;
  return (
    <Diagram title={words.title} caption={words.caption}>
      <Drawing label={words.drawing} height={SIZE + 40}>
        <rect className={styles.faint} data-tone="plain" x={left} y={8} width={SIZE} height={SIZE} />
        {Array.from({ length: groups }, (_, index) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place.
            key={index}
            className={styles.fill}
            data-tone={index % 2 === 0 ? 'convolution' : 'merge'}
            x={left + index * cell}
            y={8 + index * cell}
            width={cell}
            height={cell}
          />
        ))}
        <text x={left - 8} y={8 + SIZE / 2} data-end>
          {words.reads}
        </text>
        <text x={left - 8} y={22 + SIZE / 2} data-end data-soft>
          {CHANNELS}
        </text>
        <text x={left + SIZE / 2} y={SIZE + 24}>
          {words.writes}
        </text>
        <text x={left + SIZE / 2} y={SIZE + 37} data-soft>
          {CHANNELS}
        </text>
      </Drawing>
      <Knobs>
        <Slider
          label={words.groups}
          value={power}
          minimum={0}
          maximum={Math.log2(CHANNELS)}
          onChange={setPower}
          formatValue={(value) => String(2 ** value)}
        />
      </Knobs>
      <Bars
        label={common.parameters}
        bars={[
          { label: words.full, value: full.parameters, text: formatInteger(full.parameters), tone: 'linear' },
          { label: words.grouped, value: grouped.parameters, text: formatInteger(grouped.parameters) },
        ]}
      />
      <Outcome>
        {words.outcome({
          groups: String(groups),
          each: String(CHANNELS / groups),
          times: String(full.parameters / grouped.parameters),
          macs: formatCount(grouped.macs),
        })}
      </Outcome>
    </Diagram>
  );
}
