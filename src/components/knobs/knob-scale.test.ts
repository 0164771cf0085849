import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { valueProblem } from '../../engine/spec/form.ts';
import type { KnobId } from '../../engine/spec/types.ts';
import { knobScale } from './knob-scale.ts';

describe('the scale of a knob', () => {
  it('has one more value at every place, each of them allowed, and leads back to its places', () => {
    const forms = new Set([...architectures.values()].map(({ form }) => form));
    for (const form of forms) {
      for (const [id, knob] of Object.entries(form?.knobs ?? {})) {
        const scale = knobScale(knob);
        let before = Number.NEGATIVE_INFINITY;
        for (let place = 0; place <= scale.steps; place += 1) {
          const value = scale.valueAt(place);
          expect(value).toBeGreaterThan(before);
          expect(valueProblem(id as KnobId, knob, value)).toBeNull();
          expect(scale.placeOf(value)).toBe(place);
          before = value;
        }
      }
    }
  });

  it('reaches the published values of small knobs one by one', () => {
    const width = architectures.get('wrn-16-4')?.form?.knobs.width;
    if (!width) throw new RangeError('no width');
    const scale = knobScale(width);
    expect(scale.valueAt(scale.placeOf(4) + 1)).toBe(5);
  });
});
