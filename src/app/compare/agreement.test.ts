import { describe, expect, it } from 'vitest';
import { compare as en } from '../i18n/en/compare.ts';
import { compare as zh } from '../i18n/zh/compare.ts';
import { agreementOf, type ColumnAnswer } from './agreement.ts';

const answer = (title: string, task: string | null, name: string): ColumnAnswer => ({
  title,
  task,
  name,
  label: name.toUpperCase(),
});

describe('whether networks agree on a picture', () => {
  it('is told by name within a task, the commonest answer first', () => {
    expect(
      agreementOf([
        answer('A', 'cifar10', 'dog'),
        answer('B', 'cifar10', 'cat'),
        answer('C', 'imagenet', 'cat'),
        answer('D', 'cifar10', 'cat'),
      ]),
    ).toEqual([
      {
        task: 'cifar10',
        groups: [
          { label: 'CAT', titles: ['B', 'D'] },
          { label: 'DOG', titles: ['A'] },
        ],
      },
      { task: 'imagenet', groups: [{ label: 'CAT', titles: ['C'] }] },
    ]);
  });

  it('is not told of classes that have no names: the same number may be anything', () => {
    expect(agreementOf([answer('A', null, '3'), answer('B', null, '3')])).toHaveLength(2);
  });

  it('reads as sentences in both languages', () => {
    const { agreement } = en.picture;
    expect(agreement.all(['A', 'B'], 'cat')).toBe('A and B both say cat.');
    expect(agreement.all(['A', 'B', 'C'], 'cat')).toBe('A, B and C all say cat.');
    expect(
      agreement.split([
        { label: 'cat', titles: ['B', 'D'] },
        { label: 'dog', titles: ['A'] },
      ]),
    ).toBe('They differ: B and D say cat; A says dog.');
    expect(zh.picture.agreement.all(['A', 'B'], '猫')).toContain('A、B');
  });
});
