import { lower } from '../graph/lower.ts';
import type { Graph } from '../graph/types.ts';
import { architecture, batchNorm, conv, image, relu } from '../spec/layers.ts';

const source = { paper: 'measurement', where: '', year: 2026, authors: '' } as const;

const wide = () => conv(256, 3, { padding: 1 });

/**
 * A network that is arithmetic alone: 3×3 convolutions whose weights and maps lie in any cache, 256 channels on 28×28, of
 * 462 million multiply–accumulates each.
 */
export const arithmeticGraph = (): Graph =>
  lower(
    architecture({
      id: 'peak-arithmetic',
      title: 'Peak arithmetic',
      source,
      input: image(256, 28),
      layers: { conv1: wide(), conv2: wide(), conv3: wide() },
    }),
  );

/** Layers of {@link memoryGraph}. */
export const MEMORY_LAYERS = 8;

/** A network that hardly does more than read and write: normalizations and ReLUs over 16 MiB, more than most caches hold. */
export const memoryGraph = (): Graph =>
  lower(
    architecture({
      id: 'peak-memory',
      title: 'Peak memory',
      source,
      input: image(64, 256),
      layers: Object.fromEntries(
        Array.from({ length: MEMORY_LAYERS }, (_, index) =>
          index % 2 === 0 ? [`norm${index + 1}`, batchNorm()] : [`relu${index + 1}`, relu()],
        ),
      ),
    }),
  );
