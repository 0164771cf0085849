import { type ReactNode, useMemo } from 'react';
import { HeatLegend, HeatMap } from '../../../components/attribution/heat-map.tsx';
import { largestMagnitude } from '../../../components/feature-maps/colour-scale.ts';
import { Progress } from '../../../components/ui/progress.tsx';
import { formatInteger } from '../../../engine/cost/format.ts';
import type { Pixels } from '../../../engine/runtime/preprocess/picture.ts';
import { explaining as en } from '../../i18n/en/explaining.ts';
import { useTopic } from '../../i18n/use-topic.ts';
import { explaining as zh } from '../../i18n/zh/explaining.ts';
import styles from './explaining-part.module.css';
import { dropsOf, type OcclusionProgress } from './use-occlusion.ts';

/** How far a class's probability fell, [height, width], NaN where nothing was covered yet, and the largest change. */
export interface Drops {
  readonly values: Float32Array | null;
  readonly peak: number;
}

/** What is known so far of one class. */
export function useDrops(progress: OcclusionProgress | null, index: number): Drops {
  return useMemo(() => {
    const values = progress && dropsOf(progress, index);
    const peak = values ? largestMagnitude(values.map((value) => (Number.isNaN(value) ? 0 : value))) : 0;
    return { values, peak };
  }, [progress, index]);
}

/** What covering each place of a picture does to one class: the map, how far it is, and what its colours mean. */
export function OcclusionMap({
  pixels,
  height,
  width,
  progress,
  values,
  scale,
  opacity,
  name,
  head,
  children,
}: {
  readonly pixels: Pixels;
  /** Of the map, as of the input. */
  readonly height: number;
  readonly width: number;
  readonly progress: OcclusionProgress | null;
  readonly values: Float32Array | null;
  /** The change of a probability that gets the full colour. */
  readonly scale: number;
  readonly opacity: number;
  /** Of the class. */
  readonly name: string;
  /** What stands before how far it is: how it is asked for. */
  readonly head?: ReactNode;
  /** What was found. */
  readonly children?: ReactNode;
}) {
  const { occlusion, percent } = useTopic({ en, zh });
  const status = progress?.status;
  const done = progress?.covered.length ?? 0;
  const total = progress?.total ?? 0;
  return (
    <div className={styles.method}>
      <HeatMap
        picture={pixels}
        values={values}
        height={height}
        width={width}
        peak={scale}
        opacity={opacity}
        label={occlusion.picture(name)}
      />
      <div className={styles.words}>
        {head}
        {status === 'running' ? (
          <Progress
            label={occlusion.progress}
            value={done / total}
            detail={occlusion.progressOf(formatInteger(done), formatInteger(total))}
          />
        ) : null}
        {status === 'cancelled' ? (
          <p className={styles.quiet} role="status">
            {occlusion.cancelled(formatInteger(done), formatInteger(total))}
          </p>
        ) : null}
        {status === 'failed' ? <p role="alert">{occlusion.failed}</p> : null}
        {values && scale > 0 ? (
          <>
            <HeatLegend
              least={percent(-scale).replace('-', '−')}
              most={percent(scale)}
              against={occlusion.against}
              towards={occlusion.towards}
            />
            <p className={styles.quiet}>{occlusion.scale}</p>
          </>
        ) : null}
        {children}
      </div>
    </div>
  );
}
