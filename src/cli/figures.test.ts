import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { architectures } from '../architectures/index.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs a command of the command line as `npm run` does. */
function run(command: 'figures' | 'torch', ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', `src/cli/${command}.ts`, ...words],
    { cwd: root, encoding: 'utf8' },
  );
  return { status, stdout, stderr };
}

describe('npm run figures', { timeout: 60_000 }, () => {
  it('prints exact totals and every node as JSON', () => {
    const { status, stdout } = run('figures', 'vgg16', '--json');
    expect(status).toBe(0);
    const figures = JSON.parse(stdout);
    expect(Object.keys(figures)).toEqual([
      'id',
      'input',
      'parameters',
      'macs',
      'flops',
      'activations',
      'peakActivationBytes',
      'nodes',
    ]);
    expect(figures).toMatchObject({
      id: 'vgg16',
      input: [3, 224, 224],
      parameters: 138_357_544,
      macs: 15_470_264_320,
      // Two outputs of 64×224×224 are alive while the second convolution runs.
      peakActivationBytes: 2 * 64 * 224 * 224 * 4,
    });
    expect(figures.nodes[0]).toEqual({
      id: 'stage1/conv1/conv',
      op: 'Conv',
      outputShape: [64, 224, 224],
      parameters: 1_792,
      macs: 86_704_128,
      receptiveField: [3, 3],
    });
    const sum = (key: string) => figures.nodes.reduce((total: number, node: never) => total + node[key], 0);
    expect([sum('parameters'), sum('macs')]).toEqual([figures.parameters, figures.macs]);
  });

  it('prints an aligned table for people, each total with its convention', () => {
    const { status, stdout } = run('figures', 'lenet5');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^LeNet-5 \(lenet5\), input 1×32×32\n/);
    expect(stdout).toMatch(/^conv2\/conv +Conv +16×10×10 +2,416 +240,000 +14×14$/m);
    expect(stdout).toMatch(/^parameters +61,706 +learnable numbers$/m);
    expect(stdout).toMatch(/^MACs +416,520 +multiply–accumulates .*bias not counted/m);
  });

  it('follows another input size', () => {
    const { status, stdout } = run('figures', 'vgg11', '--input', '3x64x96', '--json');
    expect(status).toBe(0);
    expect(JSON.parse(stdout).nodes[0].outputShape).toEqual([64, 64, 96]);
  });

  it('says where a network does not fit, and prints what comes before', () => {
    const { status, stdout, stderr } = run('figures', 'lenet5', '--input', '31', '--json');
    expect(status).toBe(1);
    expect(stderr).toBe('fc1/fc (Gemm): declared for 400 inputs, but 16 · 4 · 4 = 256\n');
    const figures = JSON.parse(stdout);
    expect(Object.keys(figures)).toEqual(['id', 'input', 'problem', 'nodes']);
    expect(figures.problem).toEqual({
      node: 'fc1/fc',
      op: 'Gemm',
      message: 'declared for 400 inputs, but 16 · 4 · 4 = 256',
    });
    expect(figures.nodes.at(-1)).toMatchObject({ id: 'flatten', outputShape: [256] });
  });

  it.each([
    ['0', 1, 'input (Input): an input of 1×0×0 is not made of whole numbers of at least 1'],
    ['1', 1, 'conv1/conv (Conv): a window of 5 does not fit in 1 with padding 0'],
    ['1000000000', 1, 'has more than 2³¹ values'],
    ['10^9', 2, '"10^9" is not an input size'],
    ['seven', 2, '"seven" is not an input size'],
  ])('answers an input of %s with exit code %i and a reason', (input, code, reason) => {
    const { status, stderr } = run('figures', 'lenet5', '--input', input);
    expect(status).toBe(code);
    expect(stderr).toContain(reason);
    expect(stderr).not.toContain('    at ');
  });

  it('answers an unknown network with the nearest, and a missing one with its usage', () => {
    expect(run('figures', 'vgg-16')).toMatchObject({ status: 2, stderr: expect.stringContaining('vgg16') });
    expect(run('figures')).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('npm run -s figures'),
    });
    expect(run('figures', 'lenet5', '--nonsense')).toMatchObject({ status: 2, stdout: '' });
  });

  it('lists every network', () => {
    const ids = run('figures', '--list')
      .stdout.trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(/\s/)[0]);
    expect(ids).toEqual([...architectures.keys()]);
  });
});

describe('npm run torch', { timeout: 60_000 }, () => {
  it('prints the module, with logits where they are asked for', () => {
    expect(run('torch', 'lenet5').stdout).toMatch(/class LeNet5\(nn\.Module\):.*nn\.Softmax\(dim=1\)/s);
    expect(run('torch', 'lenet5', '--logits').stdout).not.toContain('Softmax');
  });

  it('refuses a network that does not fit', () => {
    expect(run('torch', 'zfnet-lecture')).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('256 · 5 · 5 = 6400'),
    });
  });
});
