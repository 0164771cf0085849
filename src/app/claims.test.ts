import { describe, expect, it } from 'vitest';
import { architectures } from '../architectures/index.ts';
import { evaluateStatement, lectureSet, statementIds, statementsOf } from './claims.ts';
import { accuracies } from './published/accuracy.ts';

describe('the lecture’s claims', () => {
  it('are borne out or qualified by the figures, none refuted', () => {
    const verdicts = Object.fromEntries(statementIds.map((id) => [id, evaluateStatement(id).verdict]));
    expect(verdicts).toEqual({
      alexnetFewOperations: 'qualified',
      alexnetMuchMemory: 'qualified',
      alexnetLowAccuracy: 'holds',
      vggMostMemory: 'holds',
      vggMostPeak: 'holds',
      vggMostOperations: 'qualified',
      googlenetOperations: 'holds',
      googlenetParameters: 'holds',
      resnetModerate: 'holds',
      resnetAccuracy: 'qualified',
      squeezenetAccuracy: 'holds',
      squeezenetFifty: 'qualified',
    });
  });

  it('are qualified by the networks that go further', () => {
    const beyond = (id: (typeof statementIds)[number]) => evaluateStatement(id).beyond.map((one) => one.id);
    expect(beyond('alexnetFewOperations')).toEqual(['squeezenet-1.1']);
    expect(beyond('vggMostOperations')).toEqual(['wrn-101-2']);
    expect(beyond('resnetAccuracy')[0]).toBe('resnext101-64x4d');
  });

  it('name VGG and ZFNet alone as heavier than AlexNet', () => {
    const { rows, subject } = evaluateStatement('alexnetMuchMemory');
    expect(rows.filter((one) => one.parameters > subject.parameters).map((one) => one.id)).toEqual([
      'vgg19',
      'vgg16',
      'zfnet',
    ]);
  });

  it('give 48.8, not 50, as the ratio of AlexNet’s parameters to SqueezeNet’s', () => {
    const { subject, other } = evaluateStatement('squeezenetFifty');
    expect((other?.parameters ?? 0) / subject.parameters).toBeCloseTo(48.83, 2);
  });

  it('rest on networks of the catalogue and their accuracies', () => {
    for (const id of lectureSet) expect(accuracies[id], id).toBeDefined();
    for (const id of Object.keys(accuracies)) expect(architectures.has(id), id).toBe(true);
  });

  it('stand on the pages of the networks they speak of', () => {
    for (const id of ['alexnet', 'vgg16', 'googlenet', 'resnet152', 'squeezenet-1.0']) {
      expect(statementsOf(id).length, id).toBeGreaterThan(1);
    }
    expect(statementsOf('lenet5')).toEqual([]);
  });
});
