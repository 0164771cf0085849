import { familyOf } from '../../architectures/index.ts';
import { KnobControl } from '../../components/knobs/knob-control.tsx';
import { type KnobProblem, siblingsOf } from '../../engine/spec/form.ts';
import type { Architecture, KnobId } from '../../engine/spec/types.ts';
import { knobs as en } from '../i18n/en/knobs.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { knobs as zh } from '../i18n/zh/knobs.ts';

/** A field and a slider for each number of a network's family, with its siblings' values marked; none without a family. */
export function KnobFields({
  published,
  architecture,
  problem,
  texts,
  onChange,
}: {
  /** The network that the address names. */
  readonly published: Architecture;
  /** The same with the address's numbers. */
  readonly architecture: Architecture;
  readonly problem: KnobProblem | null;
  /** The numbers as the address has them. */
  readonly texts: Readonly<Partial<Record<KnobId, string | null>>>;
  /** @param text null where the number is the published one */
  onChange(id: KnobId, text: string | null): void;
}) {
  const words = useTopic({ en, zh });
  const { form, values = {} } = architecture;
  if (!form) return null;
  const siblings = siblingsOf(familyOf(published.id), published);
  return (Object.keys(form.knobs) as KnobId[]).map((id) => {
    const knob = form.knobs[id];
    if (!knob) return null;
    const refused = problem?.id === id ? (texts[id] ?? String(problem.value)) : null;
    return (
      <KnobControl
        key={id}
        id={id}
        knob={knob}
        value={values[id] ?? knob.minimum}
        refused={refused}
        error={problem && refused !== null ? words.describe(problem, refused, published.title) : null}
        marks={siblings.flatMap((sibling) => {
          const value = sibling.values?.[id];
          return value === undefined ? [] : [{ value, title: sibling.title }];
        })}
        messages={{
          name: words.names[id],
          rule: words.rule(knob.rule),
          sliderName: words.slider(words.names[id]),
          marks: words.marks,
        }}
        onChange={(text) => onChange(id, Number(text) === published.values?.[id] ? null : text)}
      />
    );
  });
}
