import { Fragment, type ReactNode, useMemo, useState } from 'react';
import { classNames } from '../ui/class-names.ts';
import type { LinkComponent } from '../ui/link-component.ts';
import styles from './lineage-map.module.css';
import { placeSkyline, type SkylineBar, skylineScale } from './skyline.ts';
import { SkylineGlyph } from './skyline-glyph.tsx';
import { layTimeline, type TimelineColumn, type TimelineEdge } from './timeline-layout.ts';

/** What the map says. */
export interface LineageMapMessages {
  readonly parameters: string;
  readonly macs: string;
  readonly since: (parents: readonly string[]) => string;
  readonly glyphLabel: (title: string, layers: number) => string;
  readonly layersDeep: (layers: number) => string;
  /** Time that a column spans, where a year has several: months from 1 to 12. */
  readonly months: (first: number, last: number) => string;
  readonly yearsBetween: (years: number) => string;
}

/** What a family was built on, and in a few words what it took from there. */
export interface MapParent {
  readonly id: string;
  /** Written on the line; null where the family's `change` says it all. */
  readonly label: string | null;
}

/** A family on the map, and the network that stands for it. */
export interface MapFamily {
  readonly id: string;
  readonly title: string;
  readonly year: number;
  /** Years and fractions of them. */
  readonly time: number;
  readonly parents: readonly MapParent[];
  /** What changed since its first parent. */
  readonly change: string;
  readonly href: string;
  readonly shown: {
    readonly title: string;
    readonly skyline: readonly SkylineBar[];
    readonly depth: number;
    readonly parameters: number;
    /** Written out, with its SI prefix. */
    readonly parametersText: string;
    readonly macsText: string;
  };
}

/** Properties of the map. */
export interface LineageMapProps {
  readonly families: readonly MapFamily[];
  /** The year at which the axis ends. */
  readonly until: number;
  readonly link: LinkComponent;
  readonly messages: LineageMapMessages;
  /** How to read it, for the empty corner beside the oldest families. */
  readonly legend?: ReactNode;
}

const ROOM = { above: 42, below: 62, lane: 26 };
const SKYLINE = { length: 128, height: 36 };
/** Letters of a line of what changed, and a line's height in pixels. */
const LETTERS = 23;
const LINE = 15;
/** Pixels of the radius of the largest disc. */
const DISC = 8;

/** In the drawing, columns are 100 units apart and a family is this wide; the page stretches them to its width. */
const PITCH = 100;
const WIDTH = 76;

const startOf = (column: number): number => column * PITCH;
const endOf = (column: number): number => column * PITCH + WIDTH;

/** A line of descent as a path: level past every column, and a smooth step from one to the next. */
function pathOf({ stops }: TimelineEdge): string {
  const [first, ...rest] = stops;
  if (!first) return '';
  let d = `M${endOf(first.column)} ${first.y}`;
  let y = first.y;
  for (const [index, stop] of rest.entries()) {
    const from = startOf(stop.column) - (PITCH - WIDTH);
    const to = startOf(stop.column);
    const middle = (from + to) / 2;
    d += `C${middle} ${y} ${middle} ${stop.y} ${to} ${stop.y}`;
    if (index < rest.length - 1) d += `H${endOf(stop.column)}`;
    y = stop.y;
  }
  return d;
}

/** Where a line's words stand: above the first column that it passes, or in the gap where it leaves its parent. */
function labelOf({ stops }: TimelineEdge): { x: number; y: number; place: 'along' | 'above' | 'below' } {
  const [first, second, ...rest] = stops;
  if (!first || !second) return { x: 0, y: 0, place: 'along' };
  if (rest.length > 0) return { x: startOf(second.column), y: second.y, place: 'along' };
  // On the side that the line turns away from.
  return { x: endOf(first.column), y: first.y, place: second.y < first.y ? 'below' : 'above' };
}

/** About how many lines a text takes; a Chinese character is as wide as two letters. */
const linesOf = (text: string): number =>
  Math.max(1, Math.ceil([...text].reduce((sum, letter) => sum + (letter > '\u2e80' ? 2 : 1), 0) / LETTERS));

/** Columns of the same year, side by side. */
function yearsOf(columns: readonly TimelineColumn[]) {
  const years: { year: number; first: number; last: number }[] = [];
  for (const [index, { year }] of columns.entries()) {
    const current = years.at(-1);
    if (current?.year === year) current.last = index;
    else years.push({ year, first: index, last: index });
  }
  return years;
}

const monthOf = (time: number): number => Math.min(12, Math.floor((time % 1) * 12 + 0.5) + 1);

/**
 * The lineage as a graph in time: a family stands in the column of its year, on the line of descent that leads to it, as
 * the skyline of the network that stands for it; the lines say what each took from what it was built on.
 */
export function LineageMap({ families, until, link: Link, messages, legend }: LineageMapProps) {
  const [lit, light] = useState<string | null>(null);
  const { layout, scale, heaviest } = useMemo(
    () => ({
      layout: layTimeline(
        families.map(({ id, year, time, parents, change }) => ({
          id,
          year,
          time,
          parents: parents.map((parent) => parent.id),
          below: ROOM.below + (linesOf(change) - 1) * LINE,
        })),
        ROOM,
      ),
      scale: skylineScale(
        families.map(({ shown }) => shown.skyline),
        SKYLINE,
      ),
      heaviest: families.reduce((most, { shown }) => Math.max(most, shown.parameters), 1),
    }),
    [families],
  );
  const byId = new Map(families.map((family) => [family.id, family]));
  const { columns, edges, places, height } = layout;
  const width = (columns.length - 1) * PITCH + WIDTH;
  const percent = (units: number): string => `${(100 * units) / width}%`;
  const isLit = ({ from, to }: TimelineEdge): boolean => lit === from || lit === to;
  const related = new Set(edges.filter(isLit).flatMap(({ from, to }) => [from, to]));
  const shade = (on: boolean): string | undefined =>
    lit === null ? undefined : on ? styles.lit : styles.unlit;

  // The oldest families stand alone in their columns: above them, or else below, is room for the legend.
  const oldest = [...places.values()].filter(({ column }) => column < 2).map(({ y }) => y);
  const above = Math.min(...oldest) - ROOM.above >= height - Math.max(...oldest) - ROOM.below;

  return (
    <div className={styles.map}>
      <div className={styles.axis} aria-hidden="true">
        {yearsOf(columns).map(({ year, first, last }, index, years) => {
          const before = years[index - 1]?.year;
          return (
            <Fragment key={year}>
              {before !== undefined && year - before > 3 ? (
                <span
                  className={styles.break}
                  style={{ left: percent(startOf(first - 1)), width: percent(PITCH) }}
                >
                  {messages.yearsBetween(year - before)}
                </span>
              ) : null}
              <span
                className={styles.year}
                style={{ left: percent(startOf(first)), width: percent(endOf(last) - startOf(first)) }}
              >
                {year}
              </span>
              {last > first
                ? columns.slice(first, last + 1).map(({ ids }, offset) => {
                    const months = ids.map((id) => monthOf(byId.get(id)?.time ?? 0));
                    return (
                      <span
                        key={ids.join()}
                        className={styles.months}
                        style={{ left: percent(startOf(first + offset)) }}
                      >
                        {messages.months(Math.min(...months), Math.max(...months))}
                      </span>
                    );
                  })
                : null}
            </Fragment>
          );
        })}
        <span className={styles.end}>{until}</span>
      </div>
      <div className={styles.ground} style={{ height }}>
        <svg
          className={styles.lines}
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          aria-hidden="true"
        >
          {columns.map(({ ids }, column) => (
            <line
              key={ids.join()}
              className={styles.grid}
              x1={startOf(column)}
              x2={startOf(column)}
              y1={0}
              y2={height}
            />
          ))}
          {edges.map((edge) => (
            <path
              key={`${edge.from} ${edge.to}`}
              className={classNames(edge.main ? styles.main : styles.also, shade(isLit(edge)))}
              d={pathOf(edge)}
            />
          ))}
          {[...places].map(([id, { column, y }]) => (
            <line
              key={id}
              className={classNames(styles.base, shade(related.has(id) || id === lit))}
              x1={startOf(column)}
              x2={endOf(column)}
              y1={y}
              y2={y}
            />
          ))}
        </svg>
        {edges.map((edge) => {
          const label = byId.get(edge.to)?.parents.find(({ id }) => id === edge.from)?.label;
          if (!label) return null;
          const { x, y, place } = labelOf(edge);
          return (
            <span
              key={`${edge.from} ${edge.to}`}
              aria-hidden="true"
              className={classNames(styles.label, styles[place], shade(isLit(edge)))}
              style={{
                left: percent(x),
                top: y,
                maxWidth: percent(place === 'along' ? WIDTH : PITCH - WIDTH + 8),
              }}
            >
              {label}
            </span>
          );
        })}
        {legend ? (
          <div
            className={classNames(styles.legend, above ? styles.top : styles.bottom)}
            style={{ width: percent(PITCH + WIDTH) }}
          >
            {legend}
          </div>
        ) : null}
        <ol className={styles.families}>
          {families.map((family) => {
            const { column, y } = places.get(family.id) ?? { column: 0, y: 0 };
            const { shown } = family;
            const radius = Math.max(1.2, DISC * Math.sqrt(shown.parameters / heaviest));
            return (
              <li
                key={family.id}
                className={classNames(styles.family, shade(lit === family.id || related.has(family.id)))}
                style={{
                  left: percent(startOf(column)),
                  top: y - ROOM.above,
                  width: percent(WIDTH),
                }}
                onPointerEnter={() => light(family.id)}
                onPointerLeave={() => light(null)}
                onFocus={() => light(family.id)}
                onBlur={() => light(null)}
              >
                <svg className={styles.disc} viewBox="-10 -10 20 20" aria-hidden="true">
                  <circle r={9} />
                  <circle r={radius} />
                </svg>
                <div className={styles.skyline} style={{ height: ROOM.above }}>
                  <SkylineGlyph
                    skyline={placeSkyline(shown.skyline, scale)}
                    height={SKYLINE.height}
                    label={messages.glyphLabel(shown.title, shown.depth)}
                  />
                </div>
                <h3 className={styles.title}>
                  <Link href={family.href} className={styles.open}>
                    {family.title}
                  </Link>
                </h3>
                <p className={styles.change}>
                  {family.parents.length > 0 ? (
                    <span className={styles.hidden}>
                      {messages.since(family.parents.map(({ id }) => byId.get(id)?.title ?? id))}:{' '}
                    </span>
                  ) : null}
                  {family.change}
                </p>
                <p className={styles.figures}>
                  <span title={`${shown.title}: ${messages.parameters}`}>{shown.parametersText}</span>
                  {' · '}
                  <span title={`${shown.title}: ${messages.macs}`}>{shown.macsText}</span>
                  {' · '}
                  <span title={shown.title}>{messages.layersDeep(shown.depth)}</span>
                </p>
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}
