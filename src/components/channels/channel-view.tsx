import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type ChannelStatistics, channelStatistics } from '../../engine/attribution/channel-statistics.ts';
import { HeatLegend } from '../attribution/heat-map.tsx';
import {
  type ColourScale,
  largestMagnitude,
  paintPixels,
  readColourScale,
} from '../feature-maps/colour-scale.ts';
import { useThemeRevision } from '../feature-maps/use-theme-revision.ts';
import { Slider } from '../ui/slider.tsx';
import styles from './channel-view.module.css';
import { paintColourFilters } from './paint-filters.ts';

/** Words of the view of single channels. */
export interface ChannelViewMessages {
  readonly title: string;
  readonly channel: string;
  channelOf(number: number, count: number): string;
  /** Accessible name of the enlarged channel. */
  enlarged(number: number): string;
  /** Accessible name of the picture with all channels. */
  readonly all: string;
  readonly least: string;
  readonly most: string;
  readonly mean: string;
  readonly zeros: string;
  readonly silent: string;
  silentOf(count: number, of: number): string;
  readonly scale: string;
  readonly filter: string;
  filterNumbers(rows: number, columns: number): string;
  readonly filterColour: string;
  readonly filterGrey: string;
}

/** The filters of a layer that reads a picture itself. */
export interface PictureFilters {
  /** `[filters, channels, height, width]` with one channel or three. */
  readonly weights: Float32Array;
  readonly channels: 1 | 3;
  readonly height: number;
  readonly width: number;
}

/** A layer's output, to be looked at channel by channel. */
export interface ChannelViewProps {
  /** `[channels, height, width]`, row-major. */
  readonly values: Float32Array;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  /** Null for layers whose filters are no pictures. */
  readonly filters: PictureFilters | null;
  readonly messages: ChannelViewMessages;
}

/** Device pixels a side of an enlarged channel. */
const SIDE = 384;
/** Channels beside one another in the picture with all of them. */
const ACROSS = 12;
/** Device pixels of one channel there, and between two. */
const TILE = 40;
const GAP = 4;

const format = (value: number): string => Number(value.toPrecision(3)).toString().replace('-', '−');

/** One channel enlarged with its figures, and all of them small, those that say nothing struck through. */
export function ChannelView({ values, channels, height, width, filters, messages }: ChannelViewProps) {
  const [chosen, setChosen] = useState(0);
  const channel = Math.min(chosen, channels - 1);
  const statistics = useMemo(() => channelStatistics(values, channels), [values, channels]);
  const peak = useMemo(() => largestMagnitude(values), [values]);
  const silent = statistics.filter(({ isSilent }) => isSilent).length;
  const own = statistics[channel];
  return (
    <section className={styles.view} aria-label={messages.title}>
      <h3 className={styles.title}>{messages.title}</h3>
      <Enlarged
        values={values.subarray(channel * height * width, (channel + 1) * height * width)}
        height={height}
        width={width}
        peak={peak}
        label={messages.enlarged(channel + 1)}
      />
      <HeatLegend least={format(-peak)} most={format(peak)} against="" towards="" />
      <p className={styles.note}>{messages.scale}</p>
      {channels > 1 ? (
        <Slider
          label={messages.channel}
          value={channel + 1}
          minimum={1}
          maximum={channels}
          onChange={(next) => setChosen(next - 1)}
          formatValue={(value) => messages.channelOf(value, channels)}
        />
      ) : null}
      {own ? <Figures statistics={own} messages={messages} /> : null}
      {channels > 1 ? (
        <>
          <AllChannels
            {...{ values, channels, height, width, peak, statistics, channel }}
            onChoose={setChosen}
            label={messages.all}
          />
          <p className={styles.note}>{messages.silentOf(silent, channels)}</p>
        </>
      ) : null}
      {filters ? <Filter filters={filters} channel={channel} messages={messages} /> : null}
    </section>
  );
}

function Figures({
  statistics,
  messages,
}: {
  readonly statistics: ChannelStatistics;
  readonly messages: ChannelViewMessages;
}) {
  const { least, most, mean, zeros, isSilent } = statistics;
  return (
    <dl className={styles.figures} data-silent={isSilent}>
      {(
        [
          [messages.least, format(least)],
          [messages.mean, format(mean)],
          [messages.most, format(most)],
          [messages.zeros, `${Math.round(100 * zeros)} %`],
        ] as const
      ).map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {isSilent ? <p>{messages.silent}</p> : null}
    </dl>
  );
}

/** Paints values as small squares into a canvas of their own. */
function paintTile(
  values: Float32Array,
  height: number,
  width: number,
  peak: number,
  scale: ColourScale,
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  const image = context?.createImageData(width, height);
  if (!context || !image) return canvas;
  const places = Uint32Array.from(values, (_, at) => at);
  paintPixels(new Uint32Array(image.data.buffer), values, peak, scale, places);
  context.putImageData(image, 0, 0);
  return canvas;
}

function Enlarged({
  values,
  height,
  width,
  peak,
  label,
}: {
  readonly values: Float32Array;
  readonly height: number;
  readonly width: number;
  readonly peak: number;
  readonly label: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeRevision();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours.
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!canvas.current || !context) return;
    context.imageSmoothingEnabled = false;
    context.drawImage(
      paintTile(values, height, width, peak, readColourScale(canvas.current)),
      0,
      0,
      SIDE,
      SIDE,
    );
  }, [values, height, width, peak, theme]);
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={label}
      className={styles.enlarged}
      style={{ aspectRatio: `${width} / ${height}` }}
      width={SIDE}
      height={SIDE}
    />
  );
}

/** All channels side by side; a click chooses one, and the arrow keys go from one to the next. */
function AllChannels({
  values,
  channels,
  height,
  width,
  peak,
  statistics,
  channel,
  onChoose,
  label,
}: {
  readonly values: Float32Array;
  readonly channels: number;
  readonly height: number;
  readonly width: number;
  readonly peak: number;
  readonly statistics: readonly ChannelStatistics[];
  readonly channel: number;
  readonly onChoose: (channel: number) => void;
  readonly label: string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeRevision();
  const rows = Math.ceil(channels / ACROSS);
  const across = Math.min(channels, ACROSS) * (TILE + GAP);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours.
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const style = getComputedStyle(element);
    const scale = readColourScale(element);
    context.clearRect(0, 0, element.width, element.height);
    context.imageSmoothingEnabled = false;
    const size = height * width;
    for (let at = 0; at < channels; at += 1) {
      const [x, y] = placeOf(at);
      const tile = paintTile(values.subarray(at * size, (at + 1) * size), height, width, peak, scale);
      context.drawImage(tile, x, y, TILE, TILE);
      context.lineWidth = at === channel ? 4 : 1;
      context.strokeStyle = style.getPropertyValue(at === channel ? '--ink' : '--line');
      context.strokeRect(x, y, TILE, TILE);
      if (!statistics[at]?.isSilent) continue;
      context.lineWidth = 2;
      context.strokeStyle = style.getPropertyValue('--danger');
      context.beginPath();
      context.moveTo(x, y + TILE);
      context.lineTo(x + TILE, y);
      context.stroke();
    }
  }, [values, channels, height, width, peak, statistics, channel, theme]);
  const handleClick = (event: PointerEvent<HTMLButtonElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * Math.min(channels, ACROSS));
    const row = Math.floor(((event.clientY - box.top) / box.height) * rows);
    const at = row * ACROSS + column;
    if (at >= 0 && at < channels) onChoose(at);
  };
  const handleKey = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -ACROSS, ArrowDown: ACROSS }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    onChoose(Math.max(0, Math.min(channels - 1, channel + step)));
  };
  return (
    <button
      type="button"
      className={styles.all}
      aria-label={label}
      onPointerDown={handleClick}
      onKeyDown={handleKey}
    >
      <canvas
        ref={canvas}
        width={across}
        height={rows * (TILE + GAP)}
        style={{ inlineSize: `${(100 * Math.min(channels, ACROSS)) / ACROSS}%` }}
      />
    </button>
  );
}

const placeOf = (channel: number): readonly [x: number, y: number] => [
  (channel % ACROSS) * (TILE + GAP) + GAP / 2,
  Math.floor(channel / ACROSS) * (TILE + GAP) + GAP / 2,
];

/** The filter that made a channel, where it reads the picture itself. */
function Filter({
  filters,
  channel,
  messages,
}: {
  readonly filters: PictureFilters;
  readonly channel: number;
  readonly messages: ChannelViewMessages;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useThemeRevision();
  const { weights, channels, height, width } = filters;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours.
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    context.imageSmoothingEnabled = false;
    const size = height * width;
    if (channels === 1) {
      const own = weights.subarray(channel * size, (channel + 1) * size);
      const tile = paintTile(own, height, width, largestMagnitude(weights), readColourScale(element));
      context.drawImage(tile, 0, 0, SIDE, SIDE);
      return;
    }
    const pixels = paintColourFilters(weights, size)[channel];
    if (!pixels) return;
    const tile = document.createElement('canvas');
    tile.width = width;
    tile.height = height;
    tile.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
    context.drawImage(tile, 0, 0, SIDE, SIDE);
  }, [weights, channels, height, width, channel, theme]);
  return (
    <figure className={styles.filter}>
      <canvas ref={canvas} role="img" aria-label={messages.filter} width={SIDE} height={SIDE} />
      <figcaption>
        <b>{messages.filter}</b>
        <span>{messages.filterNumbers(height, width)}</span>
        <span>{channels === 3 ? messages.filterColour : messages.filterGrey}</span>
      </figcaption>
    </figure>
  );
}
