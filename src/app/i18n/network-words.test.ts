import { describe, expect, it } from 'vitest';
import { architectures, families } from '../../architectures/index.ts';
import { computeCosts } from '../../engine/cost/costs.ts';
import { lower } from '../../engine/graph/lower.ts';
import type { KnobValues } from '../../engine/spec/types.ts';
import { en } from './en/index.ts';
import { familyWords } from './family-words.ts';
import type { FamilyWords, NetworkMessages } from './network-messages.ts';
import { zh } from './zh/index.ts';

const languages = { en, zh };

/** A whole number with its thousands set apart. */
const GROUPED = /\d{1,3}(?:,\d{3})+/g;

/** Large figures in the words that are no network's total here, and what each of them is. */
const statedElsewhere: ReadonlySet<number> = new Set([
  340_908, // LeNet-5's connections, as published
  650_000, // AlexNet's neurons, as published …
  650_080, // … and as they are
  253_440, // AlexNet's first layer in the caption …
  290_400, // … and as it is
  6_379_728, // GoogLeNet's auxiliary heads
  7_005_832, // torchvision's GoogLeNet with 5×5 windows
  163_328, // module 3a's weights
  272_474, // ResNet-20 and -56 with projections on the shortcuts
  855_770,
  10_178_490, // the 1001-layer network without batch normalization
  34_426_634, // another implementation's ResNeXt-29
  68_054_730, // ResNeXt-29 16×64d without batch normalization
  4_784_340, // FractalNet-40 at a quarter of the widths, 100 classes
  38_626_506, // a guess at FractalNet's published count
  4_772_730, // FractalNet-40 with 16 filters
  1_059_298, // DenseNet-40 with a stem of 2k
  599_050, // another implementation's DenseNet-40
  341_248, // SqueezeNet's complex bypass
]);

/** Every sentence of a network's words; what a function says of one example too. */
function sentences({ subtitle, idea, notes, lesson }: NetworkMessages): readonly string[] {
  return [
    subtitle,
    idea,
    ...notes,
    ...(lesson
      ? [
          lesson.why,
          lesson.asPrinted,
          lesson.stillBroken,
          lesson.fits('3×224×224'),
          ...Object.values(lesson.repairs),
        ]
      : []),
  ];
}

const all = Object.fromEntries(
  await Promise.all(
    Object.entries(languages).map(async ([language, { networks }]) => [
      language,
      Object.fromEntries(
        await Promise.all(
          Object.entries(networks.load).map(async ([family, load]) => [family, await load()]),
        ),
      ),
    ]),
  ),
) as Readonly<Record<keyof typeof languages, Readonly<Record<string, FamilyWords>>>>;

describe.each(['en', 'zh'] as const)('words about networks (%s)', (language) => {
  const byFamily = all[language];

  it('has words for every network of the catalogue, in the file of its family', () => {
    for (const { id, variants } of families) {
      expect(Object.keys(byFamily[id] ?? {})).toEqual(
        expect.arrayContaining(variants.map((variant) => variant.id)),
      );
    }
  });

  it('knows no network that the catalogue has not, but for small ones still to be trained', () => {
    const unknown = Object.values(byFamily)
      .flatMap((words) => Object.keys(words))
      .filter((id) => !architectures.has(id) && !id.endsWith('-cifar10'));
    expect(unknown).toEqual([]);
  });

  it('says what changed for every family of the lineage', () => {
    expect(Object.keys(familyWords[language]).sort()).toEqual(families.map(({ id }) => id).sort());
    for (const { change } of Object.values(familyWords[language])) expect(change).toMatch(/\S/);
  });

  it('leaves no sentence empty and no subtitle longer than its two lines on a phone', () => {
    const longest = { en: 90, zh: 75 }[language];
    for (const words of Object.values(byFamily)) {
      for (const [id, network] of Object.entries(words)) {
        for (const sentence of sentences(network)) expect(sentence.trim(), id).toBe(sentence);
        for (const sentence of sentences(network)) expect(sentence, id).not.toBe('');
        expect(network.subtitle.length, id).toBeLessThanOrEqual(longest);
        expect(new Set(network.notes).size, id).toBe(network.notes.length);
      }
    }
  });
});

describe('a translation', () => {
  it('has as many notes as the original, with the same exact figures', () => {
    // Figures in thousands are written out in 万 or 亿 where Chinese does so; exact ones stay as they are.
    const exact = (text: string) =>
      [...text.matchAll(GROUPED)]
        .map(([figure]) => figure)
        .filter((figure) => !figure.endsWith(',000'))
        .sort();
    for (const [family, words] of Object.entries(all.en)) {
      for (const [id, original] of Object.entries(words)) {
        const translated = all.zh[family]?.[id];
        expect(translated?.notes.length, id).toBe(original.notes.length);
        for (const [index, note] of original.notes.entries()) {
          expect(exact(translated?.notes[index] ?? ''), `${id}, note ${index + 1}`).toEqual(exact(note));
        }
        expect(exact(translated?.idea ?? ''), id).toEqual(exact(original.idea));
      }
    }
  });
});

describe('figures in the words', () => {
  const totals = [...architectures.values()].map((architecture) => computeCosts(lower(architecture)).total);
  const texts = Object.values(all.en).flatMap((words) =>
    Object.entries(words).map(([id, network]) => [id, sentences(network).join(' ')] as const),
  );

  it('in whole numbers of six digits and more are a network’s own totals, or stated elsewhere', () => {
    const computed = new Set(totals.flatMap(({ parameters, macs }) => [parameters, macs]));
    for (const [id, text] of texts) {
      const large = [...text.matchAll(GROUPED)]
        .map(([figure]) => Number(figure.replaceAll(',', '')))
        .filter((figure) => figure >= 100_000);
      expect(
        large.filter((figure) => !computed.has(figure) && !statedElsewhere.has(figure)),
        id,
      ).toEqual([]);
    }
  });

  it('in G with three decimals are some network’s MACs', () => {
    const computed = new Set(totals.map(({ macs }) => (macs / 1e9).toFixed(3)));
    for (const [id, text] of texts) {
      const stated = [...text.matchAll(/(\d+\.\d{3}) G/g)].map(([, figure]) => figure ?? '');
      expect(
        stated.filter((figure) => !computed.has(figure)),
        id,
      ).toEqual([]);
    }
  });

  it('about parts and variants follow from the definitions', () => {
    const parameters = (id: string, change: KnobValues = {}) => {
      const architecture = architectures.get(id);
      if (!architecture) throw new RangeError(`no architecture "${id}"`);
      const { form, values } = architecture;
      const layers =
        form && Object.keys(change).length > 0 ? form.layers({ ...values, ...change }) : architecture.layers;
      const { form: _, ...plain } = architecture;
      return computeCosts(lower({ ...plain, layers })).total.parameters;
    };
    expect(parameters('googlenet-aux') - parameters('googlenet')).toBe(6_379_728);
    expect(parameters('squeezenet-1.0-complex-bypass') - parameters('squeezenet-1.0')).toBe(341_248);
    // The paper's comparison of depths: 16 filters in the first block.
    expect(parameters('fractalnet40', { filters: 16 })).toBe(4_772_730);
    const columns = [1, 2, 3, 4, 5, 6].map((count) =>
      parameters('fractalnet20', { columns: count, filters: 16, classes: 100 }),
    );
    expect(columns[3]).toBe(4_784_340);
    expect(columns.map((count) => (count / 1e6).toFixed(1))).toEqual([
      ...['0.3', '0.8', '2.1', '4.8', '10.2', '21.1'],
    ]);
    expect(parameters('fractalnet40', { filters: 64 })).toBe(76_128_714);
    expect(2 * 256 * 64 + 9 * 64 * 64).toBe(69_632);
    expect(2 * 9 * 64 * 64).toBe(73_728);
  });
});
