import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { noKnobs } from '../state/url.ts';
import { MOST_COMPARED, networkOf, readEntries, readEntry, writeEntry, writeFileEntry } from './entries.ts';

describe('the networks of a comparison in the address', () => {
  it('are read as they are written, whatever numbers differ', () => {
    const knob = fc.constantFrom(...Object.keys(noKnobs));
    const value = fc.stringMatching(/^[-+.0-9a-z]{1,8}$/);
    fc.assert(
      fc.property(
        fc.constantFrom(...architectures.keys()),
        fc.dictionary(knob, value, { maxKeys: 4, noNullPrototype: true }),
        (id, changes) => {
          const texts = { ...noKnobs, ...changes };
          expect(readEntry(writeEntry(id, texts))).toEqual({
            kind: 'network',
            id,
            texts,
            text: writeEntry(id, texts),
          });
        },
      ),
    );
  });

  it('name files by what is in them, whatever they are called', () => {
    const fingerprint = fc.stringMatching(/^[0-9a-f]{16}$/);
    const name = fc.stringMatching(/^\S[^\r\n]{0,60}$/);
    fc.assert(
      fc.property(fingerprint, name, name, (own, called, renamed) => {
        const text = writeFileEntry({ fingerprint: own, file: { name: called } });
        const again = writeFileEntry({ fingerprint: own, file: { name: renamed } });
        const { entries, refusals } = readEntries([text, 'alexnet', again]);
        expect(entries).toMatchObject([
          { kind: 'file', text, fingerprint: own, name: called },
          { id: 'alexnet' },
        ]);
        expect(refusals).toEqual([{ kind: 'twice', text: again }]);
      }),
    );
    expect(readEntries(['onnx:nothing;name:a.onnx']).refusals).toMatchObject([{ kind: 'unknown' }]);
  });

  it('keep the numbers that a network has; others are told, and make no other network of it', () => {
    const { entries, refusals } = readEntries([
      'vgg16;depth:19;cardinality:7;nonsense',
      'alexnet;',
      '',
      'vgg16;depth:19',
    ]);
    expect(entries).toMatchObject([{ text: 'vgg16;depth:19' }, { text: 'alexnet' }]);
    expect(refusals).toEqual([
      { kind: 'numbers', id: 'vgg16', parts: ['cardinality:7', 'nonsense'] },
      { kind: 'twice', text: 'vgg16;depth:19' },
    ]);
  });

  it('are at most four, none twice, and all that is left out is told', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom('alexnet', 'zfnet', 'vgg16', 'vgg19', 'resnet50', 'resnet5', 'vgg16;depth:3'),
          {
            maxLength: 9,
          },
        ),
        (list) => {
          const { entries, refusals } = readEntries(list);
          const texts = entries.map(({ text }) => text);
          expect(new Set(texts).size).toBe(texts.length);
          expect(texts.length).toBeLessThanOrEqual(MOST_COMPARED);
          const told = refusals.reduce((sum, one) => sum + (one.kind === 'many' ? one.texts.length : 1), 0);
          expect(texts.length + told).toBe(list.length);
        },
      ),
    );
  });

  it('name the nearest networks for one that is not there', () => {
    expect(readEntries(['resnet5']).refusals).toMatchObject([{ kind: 'unknown', id: 'resnet5' }]);
    expect(readEntries(['resnet-50']).refusals[0]).toMatchObject({
      near: expect.arrayContaining(['resnet50']),
    });
  });

  it('follow numbers within the family and keep the published network for others, with the reason', () => {
    const varied = networkOf(readEntry('wrn-16-4;width:2'));
    expect(varied.isVaried).toBe(true);
    expect(networkOf(readEntry('wrn-16-4;width:1000000')).problem).not.toBeNull();
  });
});
