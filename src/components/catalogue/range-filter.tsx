import { Slider } from '@base-ui/react/slider';
import { classNames } from '../ui/class-names.ts';
import slider from '../ui/slider.module.css';
import styles from './range-filter.module.css';
import { countBins, type RangeScale } from './range-scale.ts';

/** What a range filter says. */
export interface RangeFilterMessages {
  readonly any: string;
  readonly from: (value: string) => string;
  readonly to: (value: string) => string;
  readonly between: (from: string, to: string) => string;
  readonly least: (label: string) => string;
  readonly most: (label: string) => string;
}

/** Properties of a range filter. */
export interface RangeFilterProps {
  readonly label: string;
  readonly scale: RangeScale;
  /** Values of everything there is, and of what is found with all filters. */
  readonly all: readonly number[];
  readonly found: readonly number[];
  /** null is open. */
  readonly from: number | null;
  readonly to: number | null;
  readonly onChange: (from: number | null, to: number | null) => void;
  readonly format: (value: number) => string;
  readonly messages: RangeFilterMessages;
}

const HEIGHT = 26;

/** A range chosen along a line, over how many there are at each place of it: all in grey, what is found in colour. */
export function RangeFilter({
  label,
  scale,
  all,
  found,
  from,
  to,
  onChange,
  format,
  messages,
}: RangeFilterProps) {
  const { stops } = scale;
  const last = stops.length - 1;
  const nearest = (value: number | null, open: number): number => {
    if (value === null) return open;
    const at = stops.findLastIndex((stop) => stop <= value);
    return Math.max(0, at);
  };
  const value = [nearest(from, 0), Math.max(nearest(from, 0), nearest(to, last))];
  const text =
    from !== null && to !== null
      ? messages.between(format(from), format(to))
      : from !== null
        ? messages.from(format(from))
        : to !== null
          ? messages.to(format(to))
          : messages.any;
  const total = countBins(all, scale);
  const left = countBins(found, scale);
  const highest = Math.max(...total, 1);
  const step = 100 / Math.max(1, total.length - 1);
  // Few places would make slabs of their bars.
  const thickness = Math.min(5, step * 0.8);
  const bar = (count: number): number => Math.sqrt(count / highest) * HEIGHT;
  return (
    <Slider.Root
      className={classNames(slider.root, styles.root)}
      value={value}
      min={0}
      max={last}
      step={1}
      onValueChange={(next) => {
        if (typeof next === 'number') return;
        const [low = 0, high = last] = next;
        onChange(low <= 0 ? null : (stops[low] ?? null), high >= last ? null : (stops[high] ?? null));
      }}
    >
      <Slider.Label className={slider.label}>{label}</Slider.Label>
      <output className={slider.value}>{text}</output>
      <svg
        className={styles.bars}
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        height={HEIGHT}
        aria-hidden="true"
      >
        {total.map((count, bin) =>
          count > 0 ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
            <g key={bin}>
              <rect
                className={styles.all}
                x={bin * step - thickness / 2}
                width={thickness}
                y={HEIGHT - bar(count)}
                height={bar(count)}
              />
              <rect
                className={styles.found}
                x={bin * step - thickness / 2}
                width={thickness}
                y={HEIGHT - bar(left[bin] ?? 0)}
                height={bar(left[bin] ?? 0)}
              />
            </g>
          ) : null,
        )}
      </svg>
      <Slider.Control className={classNames(slider.control, styles.control)}>
        <Slider.Track className={slider.track}>
          <Slider.Indicator className={slider.indicator} />
          {[messages.least(label), messages.most(label)].map((name, index) => (
            <Slider.Thumb
              key={name}
              index={index}
              className={slider.thumb}
              getAriaLabel={() => name}
              getAriaValueText={(_, position) => format(stops[position] ?? 0)}
            />
          ))}
        </Slider.Track>
      </Slider.Control>
    </Slider.Root>
  );
}
