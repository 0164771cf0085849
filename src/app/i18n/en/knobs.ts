import type { KnobProblem, KnobRule } from '../../../engine/spec/form.ts';
import type { KnobId } from '../../../engine/spec/types.ts';
import { shownValue } from '../knob-values.ts';

const names: Readonly<Record<KnobId, string>> = {
  depth: 'Depth',
  width: 'Width factor k',
  filters: 'Filters of the first stage',
  cardinality: 'Cardinality C',
  groupWidth: 'Width of a group d',
  growth: 'Growth rate k',
  compression: 'Compression θ',
  columns: 'Columns C',
  column: 'One column alone (0: all)',
  survival: 'Survival of the last block p_L',
  classes: 'Classes',
};

function ruleText(rule: KnobRule): string {
  switch (rule.kind) {
    case 'integer':
      return 'a whole number';
    case 'congruent':
      return `${rule.modulus}n + ${rule.remainder} with a whole n`;
    case 'choice':
      return `one of ${rule.choices.join(', ')}`;
    case 'fraction':
      return 'a number';
  }
}

function describe({ id, value, reason, knob, limit }: KnobProblem, text: string, title: string): string {
  const shown = shownValue(value, text, 'en');
  if (!knob || reason === 'unknown-knob') return `${title} has no number called “${names[id] ?? id}”.`;
  const range = `from ${knob.minimum.toLocaleString('en')} to ${knob.maximum.toLocaleString('en')}`;
  if (reason === 'too-large') {
    return `With ${names[id]} ${shown} the network would have too many layers to draw or count here.`;
  }
  if (reason === 'above-other' && limit) {
    return `${shown} is not possible: ${names[id]} can be at most ${limit.value.toLocaleString('en')}, the value of ${names[limit.id]}. The figures shown are those of ${title}.`;
  }
  return `${shown} is not possible: ${names[id]} has to be ${ruleText(knob.rule)}, ${range}. The figures shown are those of ${title}.`;
}

/** The numbers by which a family's networks differ. */
export const knobs = {
  title: 'Turn the numbers of this family',
  names,
  /** Beside a knob's name: the paper's rule for it. */
  rule: (rule: KnobRule) => (rule.kind === 'congruent' ? `${rule.modulus}n + ${rule.remainder}` : ''),
  slider: (name: string) => `${name}, slider`,
  marks: (titles: readonly string[]) => `Published: ${titles.join(', ')}`,
  describe,
  reset: (title: string) => `Back to ${title}`,
  varied: (title: string) => `A variation of ${title}: no paper’s network`,
  same: 'These are the numbers of',
};
