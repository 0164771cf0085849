import { mkdirSync, writeFileSync } from 'node:fs';
import { architectures } from '../architectures/index.ts';
import { lower } from '../engine/graph/lower.ts';
import { figuresCsv, figuresOf } from './figures-report.ts';

/** Writes the golden table of every network anew; what changed is then to be read like a change to a paper's table. */
const folder = new URL('../architectures/golden/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const architecture of architectures.values()) {
  writeFileSync(new URL(`${architecture.id}.csv`, folder), figuresCsv(figuresOf(lower(architecture)).nodes));
}
console.log(`wrote ${architectures.size} tables to src/architectures/golden`);
