import { memo } from 'react';
import type { Graph } from '../../engine/graph/types.ts';
import type { Box } from '../../engine/layout/types.ts';
import type { Volume } from '../../engine/layout/volume.ts';
import styles from './figure.module.css';
import { GROUP_GAP, groupsOf, MOST_CUT_GROUPS, partsOf, placeVolumes, stretchesOf } from './glyph-size.ts';
import { Slices } from './sketch-glyph.tsx';

const round = (value: number): number => Math.round(value * 100) / 100;

const face = (points: readonly (readonly [number, number])[]): string =>
  `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}z`;

interface SlabProps {
  readonly x: number;
  /** Top of the front face. */
  readonly y: number;
  readonly volume: Volume;
  readonly thickness: number;
}

/** The three visible faces of a box: front, side (the image's width, running into the page) and top. */
function Slab({ x, y, volume: { height, right, up }, thickness }: SlabProps) {
  const end = x + thickness;
  return (
    <>
      <path
        className={styles.side}
        d={face([
          [end, y],
          [end + right, y - up],
          [end + right, y - up + height],
          [end, y + height],
        ])}
      />
      <path
        className={styles.top}
        d={face([
          [x, y],
          [x + right, y - up],
          [end + right, y - up],
          [end, y],
        ])}
      />
      <rect
        className={styles.front}
        x={round(x)}
        y={round(y)}
        width={round(thickness)}
        height={round(height)}
      />
    </>
  );
}

interface VolumeGlyphProps {
  readonly graph: Graph;
  readonly box: Box;
}

/** A layer's tensor drawn to scale: one volume, a split one for a grouped convolution, several for what is folded. */
export const VolumeGlyph = memo(function VolumeGlyph({ graph, box }: VolumeGlyphProps) {
  const { layer, glyph, axisY } = box;
  if (!layer.shape) {
    return (
      <rect
        className={styles.ghost}
        x={glyph.x + 0.5}
        y={glyph.y}
        width={glyph.width - 1}
        height={glyph.height}
        rx={3}
      />
    );
  }
  const stretches = stretchesOf(graph, layer);
  const groups = groupsOf(graph, layer);
  const { volumes } = placeVolumes(
    stretches.map(({ shape }) => shape),
    groups,
  );
  const parts = partsOf(graph, layer);
  return (
    <g>
      {volumes.map(({ volume, x }, index) => {
        const stretch = stretches[index];
        const left = glyph.x + x;
        const top = axisY - (volume.height + volume.up) / 2 + volume.up;
        const cuts = groups > 1 && groups <= MOST_CUT_GROUPS ? groups : 1;
        const thickness = volume.thickness / cuts;
        const slabs = Array.from({ length: cuts }, (_, part) => left + part * (thickness + GROUP_GAP));
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is its place; two may have one shape
          <g key={index} data-category={stretch?.category}>
            {/* From the back: the last part stands behind none. */}
            {slabs.map((slab) => (
              <Slab key={slab} x={slab} y={top} volume={volume} thickness={thickness} />
            ))}
            {groups > MOST_CUT_GROUPS &&
              Array.from({ length: Math.min(groups, 8) - 1 }, (_, part) => {
                const at = round(left + ((part + 1) * volume.thickness) / Math.min(groups, 8));
                return (
                  <path
                    key={at}
                    className={styles.ruling}
                    d={`M${at} ${round(top)}v${round(volume.height)}`}
                  />
                );
              })}
            {parts.length > 0 && index === volumes.length - 1 && (
              <Slices parts={parts} x={left} y={top} width={volume.thickness} height={volume.height} />
            )}
          </g>
        );
      })}
    </g>
  );
});
