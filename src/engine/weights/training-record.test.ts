import { describe, expect, it } from 'vitest';
import { parseCurve, parseParts } from './training-record.ts';

describe('a training curve', () => {
  const csv =
    'epoch,learningRate,trainLoss,trainAccuracy,testAccuracy,furtherAccuracy,seconds\n1,0.1,2,0.25,0.3,,9\n';

  it('is read row by row, by the names of its columns', () => {
    expect(parseCurve(csv)).toEqual([
      { epoch: 1, learningRate: 0.1, trainLoss: 2, trainAccuracy: 0.25, testAccuracy: 0.3, seconds: 9 },
    ]);
  });

  it('says NaN of what was not measured', () => {
    expect(parseCurve(csv.replace('0.3', ''))[0]?.testAccuracy).toBeNaN();
  });

  it('is refused without one of its columns', () => {
    expect(() => parseCurve('epoch,loss\n1,2')).toThrow('curve.learningRate');
  });
});

describe('the accuracy of parts', () => {
  const record = { kind: 'alone', whole: 0.8, parts: [{ id: 'column1', accuracy: 0.5 }] };

  it('is read as it was written', () => {
    expect(parseParts(JSON.stringify(record))).toEqual(record);
  });

  it.each([
    ['[', 'content'],
    [JSON.stringify({ ...record, kind: 'some' }), 'kind'],
    [JSON.stringify({ ...record, whole: 2 }), 'whole'],
    [JSON.stringify({ ...record, parts: [{ id: 1, accuracy: 0.1 }] }), 'parts'],
    ['null', 'kind'],
  ])('is refused where it is damaged: %s', (source, field) => {
    expect(() => parseParts(source)).toThrow(`parts.${field}`);
  });
});
