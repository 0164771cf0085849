import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { policyWith } from '../../../scripts/vite/content-security-policy.ts';
import { architectures } from '../../architectures/index.ts';
import { vary } from '../../engine/spec/form.ts';
import { expectationFor, imagenetWeights } from './imagenet-weights.ts';
import { addressesOf, readMirror, weightOrigins } from './weight-hosts.ts';

const FACTS = '../shared/facts/imagenet-weights.json';

/** The part of the collected facts that the table is made from. */
interface Facts {
  readonly networks: Readonly<Record<string, { readonly files: readonly FactFile[] }>>;
}

interface FactFile {
  readonly id: string;
  readonly file: string;
  readonly kind: string;
  readonly opset: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly input: { readonly name: string; readonly shape: readonly (number | string)[] };
  readonly output: { readonly name: string; readonly softmaxed: boolean };
  readonly preprocess: {
    readonly order: string;
    readonly range: string;
    readonly mean?: readonly number[];
    readonly meanBGR?: readonly number[];
    readonly std?: readonly number[];
    readonly scale?: number;
  };
  readonly top1: number;
  readonly top5: number | null;
  readonly licence: string;
  readonly sources: {
    readonly primary: { readonly url: string; readonly revision: string | null };
    readonly fallback: { readonly url: string };
  };
}

describe('the table of ImageNet weights', () => {
  it('names every file once, with a whole hash, for networks of the catalogue', () => {
    expect(new Set(imagenetWeights.map(({ id }) => id)).size).toBe(imagenetWeights.length);
    for (const { sha256, networks, values, file, urls } of imagenetWeights) {
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      for (const url of urls) expect(url.startsWith('https://')).toBe(true);
      expect(file).toMatch(/^[\w.-]+\.onnx$/);
      for (const id of networks) {
        const network = architectures.get(id);
        expect(network, id).toBeDefined();
        if (network && values) expect(vary(network, values).problem, id).toBeNull();
      }
    }
  });

  it('pins the revision that its address names, where it names one', () => {
    for (const { revision, urls } of imagenetWeights) {
      expect(urls[0]).toContain(`/resolve/${revision ?? 'main'}/`);
    }
  });

  it.skipIf(!existsSync(FACTS))(
    'says what was collected in ../shared/facts (skipped where that is absent)',
    () => {
      const { networks } = JSON.parse(readFileSync(FACTS, 'utf8')) as Facts;
      const facts = new Map(
        Object.values(networks).flatMap(({ files }) => files.map((one) => [one.id, one])),
      );
      for (const weights of imagenetWeights) {
        const fact = facts.get(weights.id);
        expect(fact, weights.id).toBeDefined();
        if (!fact) continue;
        const { file, bytes, sha256, opset, revision, urls, licence, accuracy } = weights;
        expect({ file, bytes, sha256, opset, revision, urls, licence }).toEqual({
          file: fact.file,
          bytes: fact.bytes,
          sha256: fact.sha256,
          opset: fact.opset,
          revision: fact.sources.primary.revision,
          urls: [fact.sources.primary.url, fact.sources.fallback.url],
          licence: fact.licence,
        });
        expect([accuracy.top1, accuracy.top5]).toEqual([fact.top1, fact.top5]);
        expect(fact.kind.startsWith(weights.kind)).toBe(true);
        expect(weights.input.name).toBe(fact.input.name);
        expect(fact.input.shape.slice(1)).toEqual(weights.input.shape);
        expect(weights.output.softmaxed).toBe(fact.output.softmaxed);
        if (weights.output.name !== null) expect(weights.output.name).toBe(fact.output.name);
        const { preprocess } = fact;
        const { order, preprocessing } = expectationFor(weights);
        expect(order).toBe(preprocess.order);
        expect(preprocessing.scale).toBe(preprocess.range === '0-255' || preprocess.scale ? 255 : 1);
        expect(preprocessing.mean).toEqual(preprocess.mean ?? preprocess.meanBGR?.toReversed());
        const std = preprocess.scale ? 1 / preprocess.scale : preprocess.range === '0-1' ? preprocess.std : 1;
        expect(preprocessing.std).toEqual(std);
      }
    },
  );
});

describe('the hosts that the page may ask', () => {
  it('are those of the table with what they lead on to, and no others', () => {
    expect(weightOrigins(null)).toEqual([
      'https://huggingface.co',
      'https://*.hf.co',
      'https://media.githubusercontent.com',
    ]);
    expect(policyWith(weightOrigins(null))).toContain(
      "connect-src 'self' https://huggingface.co https://*.hf.co https://media.githubusercontent.com;",
    );
  });

  it('are a mirror alone where the site is built for one', () => {
    const mirror = readMirror('https://mirror.example/imagenet');
    expect(weightOrigins(mirror)).toEqual(['https://mirror.example']);
    const [weights] = imagenetWeights;
    expect(weights && addressesOf(weights, mirror)).toEqual([
      'https://mirror.example/imagenet/squeezenet1.0-12-int8.onnx',
    ]);
  });

  it('are refused at build time where the mirror is no address', () => {
    expect(() => readMirror('weights/')).toThrow(TypeError);
    expect(() => readMirror('file:///weights/')).toThrow(/no http address/);
    expect(readMirror('')).toBeNull();
  });
});
