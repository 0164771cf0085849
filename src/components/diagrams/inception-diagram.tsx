import { useMemo, useState } from 'react';
import { formatCount } from '../../engine/cost/format.ts';
import { branches, conv, maxPool } from '../../engine/spec/layers.ts';
import { Segmented } from '../ui/segmented.tsx';
import { Slider } from '../ui/slider.tsx';
import { Arrow, Bars, Box, type CommonDiagramWords, Diagram, Drawing, Knobs, Outcome } from './diagram.tsx';
import { measure } from './measure.ts';

/** Words of the inception module. */
export interface InceptionWords {
  readonly title: string;
  readonly caption: string;
  readonly drawing: string;
  readonly form: string;
  readonly naive: string;
  readonly reduced: string;
  readonly pool: string;
  readonly reduceTo: string;
  outcome(figures: {
    readonly naive: string;
    readonly reduced: string;
    readonly naiveChannels: string;
    readonly reducedChannels: string;
    /** Whether the reduction is the lecture's, whose printed total can be named. */
    readonly lecture: boolean;
  }): string;
}

/** The lecture's example: 256 maps of 28×28, filters 128 of 1×1, 192 of 3×3, 96 of 5×5. */
const INPUT = [256, 28, 28];
const FILTERS = { one: 128, three: 192, five: 96 };
const LECTURE = 64;

const plain = { bias: false };

const naiveModule = () =>
  branches('Concat', {
    '1x1': { conv: conv(FILTERS.one, 1, plain) },
    '3x3': { conv: conv(FILTERS.three, 3, { ...plain, padding: 1 }) },
    '5x5': { conv: conv(FILTERS.five, 5, { ...plain, padding: 2 }) },
    pool: { pool: maxPool(3, { stride: 1, padding: 1 }) },
  });

const reducedModule = (width: number) =>
  branches('Concat', {
    '1x1': { conv: conv(FILTERS.one, 1, plain) },
    '3x3': { reduce: conv(width, 1, plain), conv: conv(FILTERS.three, 3, { ...plain, padding: 1 }) },
    '5x5': { reduce: conv(width, 1, plain), conv: conv(FILTERS.five, 5, { ...plain, padding: 2 }) },
    pool: { pool: maxPool(3, { stride: 1, padding: 1 }), proj: conv(width, 1, plain) },
  });

const rows = ['1x1', '3x3', '5x5', 'pool'] as const;

/** The inception module with and without its 1×1 reductions. */
export function InceptionDiagram({
  words,
  common,
}: {
  readonly words: InceptionWords;
  readonly common: CommonDiagramWords;
}) {
  const [form, setForm] = useState<'naive' | 'reduced'>('reduced');
  const [width, setWidth] = useState(LECTURE);
  const naive = useMemo(() => measure({ module: naiveModule() }, INPUT), []);
  const reduced = useMemo(() => measure({ module: reducedModule(width) }, INPUT), [width]);
  const shown = form === 'naive' ? naive : reduced;
  const channels = (one: typeof naive): number => one.graph.nodes.at(-1)?.shape[0] ?? 0;
  const small = form === 'reduced';
  const y = (row: number): number => 20 + row * 38;
  const works = ['1×1', '3×3', '5×5', '3×3'] as const;
  const counts = [FILTERS.one, FILTERS.three, FILTERS.five, small ? width : INPUT[0]] as const;
  return (
    <Diagram title={words.title} caption={words.caption}>
      <Drawing label={words.drawing} height={160}>
        {rows.map((row, index) => {
          const middle = y(index);
          const two = small && index > 0;
          const first =
            index === 3
              ? { label: `${words.pool} 3×3`, tone: 'pooling' as const }
              : { label: `1×1 ${width}` };
          const second = index === 3 ? `1×1 ${width}` : `${works[index]} ${counts[index]}`;
          return (
            <g key={row}>
              <Arrow
                d={`M 30 77 C 48 77 44 ${middle} ${two ? 66 : 136} ${middle}`}
                x={two ? 66 : 136}
                y={middle}
              />
              {two ? (
                <>
                  <Box x={104} y={middle} width={72} {...first} />
                  <Arrow d={`M 140 ${middle} H 160`} x={160} y={middle} />
                  <Box x={198} y={middle} width={72} label={second} />
                </>
              ) : (
                <Box x={172} y={middle} width={72} {...(index === 3 ? first : { label: second })} />
              )}
              <Arrow
                d={`M ${two ? 236 : 210} ${middle} C 280 ${middle} 270 77 296 77`}
                x={296}
                y={77}
                tone="merge"
              />
            </g>
          );
        })}
        <text x={16} y={81}>
          {INPUT[0]}
        </text>
        <text x={316} y={81}>
          {channels(shown)}
        </text>
      </Drawing>
      <Knobs>
        <Segmented
          label={words.form}
          value={form}
          options={[
            { value: 'naive', label: words.naive },
            { value: 'reduced', label: words.reduced },
          ]}
          onChange={setForm}
        />
        {small ? (
          <Slider
            label={words.reduceTo}
            value={width}
            minimum={16}
            maximum={256}
            step={16}
            onChange={setWidth}
          />
        ) : null}
      </Knobs>
      <Bars
        label={common.macs}
        bars={[
          ...rows.map((row) => {
            const { macs } = shown.of(`module/${row}`);
            return {
              label: row === 'pool' ? words.pool : row.replace('x', '×'),
              value: macs,
              text: formatCount(macs),
            };
          }),
          {
            label: words.naive,
            value: naive.total.macs,
            text: formatCount(naive.total.macs),
            tone: 'linear',
            strong: true,
          },
          {
            label: words.reduced,
            value: reduced.total.macs,
            text: formatCount(reduced.total.macs),
            tone: 'pooling',
            strong: true,
          },
        ]}
      />
      <Outcome>
        {words.outcome({
          naive: formatCount(naive.total.macs),
          reduced: formatCount(reduced.total.macs),
          naiveChannels: String(channels(naive)),
          reducedChannels: String(channels(reduced)),
          lecture: width === LECTURE,
        })}
      </Outcome>
    </Diagram>
  );
}
