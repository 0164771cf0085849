import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { architectures } from '../src/architectures/index.ts';
import { computeCosts } from '../src/engine/cost/costs.ts';
import { lower } from '../src/engine/graph/lower.ts';
import { type Measurement, medianOf } from './table.ts';

const TIMES = 7;
const TARGET = 300;

/** Milliseconds in which every network of the catalogue is lowered and its costs are summed. */
export function timeCatalogue(): number {
  const start = performance.now();
  for (const architecture of architectures.values()) computeCosts(lower(architecture));
  return performance.now() - start;
}

/** The whole catalogue lowered and counted: once code is compiled, and as the first thing that a process does. */
export function measureCatalogue(): Measurement[] {
  const cold = Array.from({ length: 3 }, () => {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', 'tsx', fileURLToPath(new URL('catalogue-once.ts', import.meta.url))],
      { encoding: 'utf8' },
    );
    const time = Number.parseFloat(stdout);
    if (!Number.isFinite(time)) throw new Error(`the catalogue was not timed: ${stderr}`);
    return time;
  });
  const warm = Array.from({ length: TIMES }, timeCatalogue);
  return [
    {
      what: `lowering and costing all ${architectures.size} networks`,
      value: medianOf(warm),
      unit: 'ms',
      target: TARGET,
      note: `median of ${TIMES} in Node, one process`,
    },
    {
      what: 'the same as the first thing in a process',
      value: medianOf(cold),
      unit: 'ms',
      target: TARGET,
      note: `median of ${cold.length} processes: definitions built, nothing compiled yet`,
    },
  ];
}
