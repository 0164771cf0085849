import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Outside the repository: Biome passes over node_modules, and over what git ignores. */
const tree = realpathSync(mkdtempSync(join(tmpdir(), 'convatlas-layers-')));
const scratch = `${root}node_modules/.cache/layers-test`;

/** What the compiler says of a file that belongs to the engine's project. */
function compileInEngine(name: string, source: string): string {
  const folder = `${scratch}/${name}`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/probe.ts`, source);
  const config = {
    extends: `${root}src/engine/tsconfig.json`,
    compilerOptions: { outDir: './out', tsBuildInfoFile: './out/tsbuildinfo' },
    include: ['./probe.ts', `${root}src/engine/**/*.ts`],
  };
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(config));
  const { stdout } = spawnSync(`${root}node_modules/.bin/tsc`, ['-p', folder], { encoding: 'utf8' });
  return stdout
    .split('\n')
    .filter((line) => line.includes('probe.ts'))
    .join('\n');
}

/** The imports that the import rule refuses, as "path imported", out of a tree of probe files under the project's own rules. */
function lintImports(cases: readonly (readonly [path: string, imported: string])[]): Set<string> {
  const config = JSON.parse(readFileSync(`${root}biome.json`, 'utf8'));
  writeFileSync(`${tree}/biome.json`, JSON.stringify({ ...config, root: true, vcs: { enabled: false } }));
  const byPath = new Map<string, string[]>();
  for (const [path, imported] of cases) byPath.set(path, [...(byPath.get(path) ?? []), imported]);
  for (const [path, imports] of byPath) {
    mkdirSync(dirname(`${tree}/${path}`), { recursive: true });
    writeFileSync(`${tree}/${path}`, imports.map((imported) => `import '${imported}';\n`).join(''));
  }
  const args = ['lint', '--only=style/noRestrictedImports', '--reporter=github', '--max-diagnostics=none'];
  const { stdout } = spawnSync(`${root}node_modules/.bin/biome`, args, { cwd: tree, encoding: 'utf8' });
  const found = stdout.matchAll(/noRestrictedImports,file=([^,]+),line=(\d+)/g);
  return new Set(
    Array.from(
      found,
      ([, path = '', line]) =>
        `${relative(tree, path)} ${byPath.get(relative(tree, path))?.[Number(line) - 1]}`,
    ),
  );
}

afterAll(() => {
  for (const folder of [scratch, tree]) rmSync(folder, { recursive: true, force: true });
});

describe('the compiler keeps the layers', { timeout: 60_000 }, () => {
  it('accepts an import within the engine', () => {
    const source = `import type { Shape } from '../../../../src/engine/spec/types.ts';\nexport type Probe = Shape;\n`;
    expect(compileInEngine('within', source)).toBe('');
  });

  it('refuses an import of a higher layer from the engine', () => {
    const source = `import { families } from '../../../../src/architectures/index.ts';\nexport const probe = families.length;\n`;
    expect(compileInEngine('above', source)).toContain('TS6307');
  });

  it('refuses the DOM in the engine', () => {
    expect(compileInEngine('dom', 'export const probe = document.title;\n')).toContain(
      "Cannot find name 'document'",
    );
  });
});

describe('the linter keeps the layers', { timeout: 30_000 }, () => {
  const refused = [
    ['src/engine/probe.ts', 'react'],
    ['src/engine/probe.ts', 'd3'],
    ['src/engine/probe.ts', 'onnxruntime-web/wasm'],
    ['src/engine/graph/probe.ts', '../../app/state/figure-store.ts'],
    ['src/engine/runtime/client.ts', 'onnxruntime-web'],
    ['src/engine/runtime/worker.ts', 'zustand'],
    ['src/architectures/probe.ts', 'react'],
    ['src/architectures/probe.ts', '../engine/graph/lower.ts'],
    ['src/components/figure/probe.tsx', 'zustand'],
    ['src/components/figure/probe.tsx', '@tanstack/react-query'],
    ['src/components/figure/probe.tsx', 'd3'],
    ['src/components/figure/probe.tsx', '../../app/main.tsx'],
    ['src/components/figure/probe.tsx', '../../architectures/index.ts'],
    ['src/app/probe.tsx', 'onnxruntime-web/wasm'],
  ] as const;
  const allowed = [
    ['src/engine/graph/probe.ts', '../spec/types.ts'],
    ['src/engine/runtime/worker.ts', 'onnxruntime-web/wasm'],
    ['src/architectures/probe.ts', '../engine/spec/layers.ts'],
    ['src/architectures/probe.ts', './vgg.ts'],
    ['src/components/figure/probe.tsx', 'react'],
    ['src/components/figure/probe.tsx', 'd3-scale'],
    ['src/components/figure/probe.tsx', '../../engine/layout/figure.ts'],
    ['src/app/probe.tsx', '@tanstack/react-query'],
  ] as const;
  const found = lintImports([...refused, ...allowed]);

  it.each(refused)('%s may not import %s', (path, imported) => {
    expect(found).toContain(`${path} ${imported}`);
  });

  it.each(allowed)('%s may import %s', (path, imported) => {
    expect(found).not.toContain(`${path} ${imported}`);
  });
});
