import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import type { KnobId } from '../../engine/spec/types.ts';
import { knobs as en } from '../i18n/en/knobs.ts';
import { knobs as zh } from '../i18n/zh/knobs.ts';
import { type KnobTexts, knobParameters, noKnobs } from '../state/url.ts';
import { varyByTexts } from './use-variation.ts';

/** One network of each form, and one that has none. */
const plans = [...new Map([...architectures.values()].map((one) => [one.form?.id, one])).values()];

const ids = Object.keys(knobParameters) as KnobId[];

/** The page's words for a problem, and how they give the range of a knob. */
const languages = [
  { words: en, range: /from [\d.,]+ to [\d.,]+/ },
  { words: zh, range: /介于 [\d.,]+ 与 [\d.,]+ 之间/ },
] as const;

/** What no knob of any family allows. */
const nonsense = [
  ...['', ' ', '-1', '1e5', '1000000', '1e300', '-1e300', '1e-300', '1e999', 'NaN', 'Infinity', '-Infinity'],
  ...['12abc', 'abc', '1,000', '0x10', '١٢', '１２', '--', '1e', '9'.repeat(5000), '<b>2</b>'],
];

const withText = (id: KnobId, text: string): KnobTexts => ({ ...noKnobs, [id]: text });

describe('a number in the address that its family does not allow', () => {
  for (const network of plans) {
    const known = ids.filter((id) => network.form?.knobs[id] !== undefined);

    it(`is refused with its rule, and ${network.id} stays as published`, () => {
      const wrong = ids.flatMap((id) =>
        nonsense
          .filter((text) => {
            const { architecture, problem, isVaried } = varyByTexts(network, withText(id, text));
            if (problem?.id !== id || architecture !== network || isVaried) return true;
            const isKnown = known.includes(id);
            return languages.some(({ words, range }) => {
              const message = words.describe(problem, text, network.title);
              return (
                !message.includes(words.names[id]) ||
                (isKnown && !range.test(message)) ||
                /undefined|\[object/.test(message) ||
                message.replace('“NaN”', '').includes('NaN') ||
                (text !== 'NaN' && message.includes('NaN')) ||
                message.length > 250
              );
            });
          })
          .map((text) => `${id}=${text}`),
      );
      expect(wrong).toEqual([]);
    });

    it(`is refused just outside the bounds and off the rule of every knob of ${network.id}`, () => {
      for (const id of known) {
        const knob = network.form?.knobs[id];
        if (!knob) continue;
        const off = knob.rule.kind === 'fraction' ? [] : [knob.minimum + 0.5];
        if (knob.rule.kind === 'congruent') off.push(knob.minimum + 1);
        for (const value of [knob.minimum - 1, knob.maximum + 1, ...off]) {
          const { problem } = varyByTexts(network, withText(id, String(value)));
          expect(problem?.id, `${id}=${value}`).toBe(id);
        }
      }
    });
  }

  it('says which other number a number has to stay below', () => {
    const fractal = architectures.get('fractalnet20');
    if (!fractal) throw new RangeError('fractalnet20');
    const { architecture, problem } = varyByTexts(fractal, withText('column', '5'));
    expect(architecture).toBe(fractal);
    if (!problem) throw new RangeError('column 5 of 3');
    expect(en.describe(problem, '5', fractal.title)).toBe(
      '5 is not possible: One column alone (0: all) can be at most 3, the value of Columns C. The figures shown are those of FractalNet-20.',
    );
    expect(zh.describe(problem, '5', fractal.title)).toContain('最多为 3，即列数 C的值');
  });

  it('is shown as typed where it has no short digits', () => {
    const resnet = architectures.get('resnet20-cifar10');
    if (!resnet) throw new RangeError('resnet20-cifar10');
    const shown = (text: string) => {
      const { problem } = varyByTexts(resnet, withText('depth', text));
      return problem && en.describe(problem, text, resnet.title).split(' is not')[0];
    };
    expect(shown('21')).toBe('21');
    expect(shown('20.0001')).toBe('20.0001');
    expect(shown('100004')).toBe('100,004');
    expect(shown('1e300')).toBe('“1e300”');
    expect(shown('12abc')).toBe('“12abc”');
    expect(shown('9'.repeat(5000))).toBe(`“${'9'.repeat(24)}…”`);
  });
});
