import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Measurement } from './table.ts';

/** JavaScript that the explore page needs for its first paint, as `npm run size` finds it. @throws Error without a build */
export function measureFirstPaint(): Measurement {
  const script = fileURLToPath(new URL('../scripts/size.mjs', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  const total = /(\d+)\s+total/.exec(stdout)?.[1];
  if (total === undefined) throw new Error(`the size of the first paint is not known: ${stderr}`);
  return {
    what: 'JavaScript of the first paint',
    value: Number(total) / 1000,
    unit: 'kB',
    target: 150,
    note: 'gzip, explore page, onnxruntime-web not among it',
  };
}
