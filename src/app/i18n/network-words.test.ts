import { describe, expect, it } from 'vitest';
import { architectures, families } from '../../architectures/index.ts';
import { en } from './en/index.ts';
import { familyWords } from './family-words.ts';
import type { FamilyWords, NetworkMessages } from './network-messages.ts';
import { zh } from './zh/index.ts';

const languages = { en, zh };

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
    const longest = { en: 100, zh: 70 }[language];
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
  it('has as many notes as the original and the same figures in them', () => {
    const figures = (text: string) =>
      [...text.matchAll(/\d[\d,]*\.\d+|\d{1,3}(?:,\d{3})+/g)].map(([figure]) => figure).sort();
    for (const [family, words] of Object.entries(all.en)) {
      for (const [id, original] of Object.entries(words)) {
        const translated = all.zh[family]?.[id];
        expect(translated?.notes.length, id).toBe(original.notes.length);
        for (const [index, note] of original.notes.entries()) {
          const exact = (text: string) => figures(text).filter((figure) => figure.includes(','));
          expect(exact(translated?.notes[index] ?? ''), `${id}, note ${index + 1}`).toEqual(exact(note));
        }
      }
    }
  });
});
