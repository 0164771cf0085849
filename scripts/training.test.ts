import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const pythons = [process.env.PYTHON, '/usr/bin/python3', 'python3'].filter((one) => one !== undefined);
const python = pythons.find((one) => spawnSync(one, ['-c', 'import torch, numpy']).status === 0);

if (!python) console.warn('Skipped: the training scripts’ own tests need a Python with PyTorch.');

describe.skipIf(!python)('the training scripts', () => {
  it('pass their own tests', { timeout: 240_000 }, () => {
    const { status, stderr } = spawnSync(python ?? '', ['-m', 'unittest', 'discover', '-s', 'training'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect(status, stderr).toBe(0);
    expect(stderr).toMatch(/Ran [1-9]\d* tests?/);
  });
});
