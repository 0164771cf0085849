import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import { lower } from '../../engine/graph/lower.ts';
import { accuracies, accuracyFacts } from './accuracy.ts';
import { published } from './index.ts';

/** The table of measured figures that the facts were taken from, where it lies beside the project. */
const TABLE = new URL('../../../../shared/facts/accuracy-vs-cost.csv', import.meta.url);
const hasTable = existsSync(TABLE);
const skipping = hasTable ? '' : ' (skipped: ../shared/facts is absent)';

/** Fields of a line of CSV with quotes. */
const fieldsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');

describe('published accuracies', () => {
  it('have keys of their own, networks of the catalogue and shares that can be', () => {
    expect(new Set(accuracyFacts.map(({ key }) => key)).size).toBe(accuracyFacts.length);
    for (const { key, architecture, title, foreign, top1, top5 } of accuracyFacts) {
      expect(architecture === null ? title && foreign : architectures.has(architecture), key).toBeTruthy();
      expect(top1).toBeGreaterThan(50);
      expect(top1, key).toBeLessThan(top5 ?? 100);
    }
  });

  it('are compared by their first comparable one', () => {
    expect(accuracies.alexnet?.top1).toBe(57.1);
    expect(accuracies['wrn-50-2']?.top1).toBe(78.468);
    expect(accuracies['resnext101-64x4d']?.top1).toBe(79.6);
    expect(Object.values(accuracies).every(({ incomparable }) => incomparable === null)).toBe(true);
  });

  it('agree with the errors that stand on the networks’ pages', () => {
    let compared = 0;
    for (const { architecture, top1, source } of accuracyFacts) {
      if (architecture === null || !source.startsWith('torchvision')) continue;
      const errors = (published[architecture] ?? []).filter(
        ({ quantity, source: whose }) => quantity === 'top1Error' && whose.startsWith('torchvision'),
      );
      if (errors.length === 0) continue;
      const places = errors.map(({ value }) => Math.abs(100 - value - top1));
      // Newer weights are not told on every page.
      if (source.endsWith('V1')) expect(Math.min(...places), architecture).toBeLessThan(1e-6);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(20);
  });

  it.skipIf(!hasTable)(`are the rows of the measured figures, with costs of our own${skipping}`, () => {
    const [header = '', ...lines] = readFileSync(TABLE, 'utf8').trim().split('\n');
    const names = fieldsOf(header);
    const rows = lines.map((line) => {
      const fields = fieldsOf(line);
      return Object.fromEntries(names.map((name, index) => [name, fields[index] ?? '']));
    });
    expect(rows.length).toBe(accuracyFacts.length);
    const left = [...rows];
    for (const fact of accuracyFacts) {
      const architecture = fact.architecture === null ? undefined : architectures.get(fact.architecture);
      const costs =
        architecture === undefined
          ? fact.foreign
          : computeCosts(lower(architecture, [3, fact.crop, fact.crop])).total;
      const found = left.findIndex(
        (row) =>
          Number(row.top1_acc) === fact.top1 &&
          (row.top5_acc === '' ? null : Number(row.top5_acc)) === fact.top5 &&
          Number(row.input) === fact.crop &&
          (architecture
            ? Number(row.params) === costs?.parameters && Number(row.macs) === costs.macs
            : Math.abs(Number(row.params_M) * 1e6 - (costs?.parameters ?? 0)) < 1 &&
              Math.abs(Number(row.gmacs) * 1e9 - (costs?.macs ?? 0)) < 1),
      );
      expect(found, fact.key).toBeGreaterThanOrEqual(0);
      const convention = String(left[found]?.eval_convention);
      expect(convention.includes('10 crops'), fact.key).toBe(fact.evaluation === 'tenCrops');
      expect(convention.includes('resize 232'), fact.key).toBe(fact.evaluation === 'oneCropResized');
      left.splice(found, 1);
    }
    expect(left).toEqual([]);
  });
});
