import { familyOf } from '../../architectures/index.ts';
import { Button } from '../../components/ui/button.tsx';
import { type KnobProblem, siblingsOf } from '../../engine/spec/form.ts';
import type { Architecture, KnobId } from '../../engine/spec/types.ts';
import { knobs as en } from '../i18n/en/knobs.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { knobs as zh } from '../i18n/zh/knobs.ts';
import { exploreHref } from '../lineage.ts';
import { Link } from '../link.tsx';
import { noKnobs, useKnobs } from '../state/url.ts';
import { KnobFields } from './knob-fields.tsx';
import styles from './knobs-part.module.css';

/** The numbers of the network's family: turning one changes every figure on the page. */
export default function KnobsPart({
  published,
  architecture,
  problem,
}: {
  /** The network that the address names. */
  readonly published: Architecture;
  /** The same with the address's numbers. */
  readonly architecture: Architecture;
  readonly problem: KnobProblem | null;
}) {
  const words = useTopic({ en, zh });
  const [texts, setTexts] = useKnobs();
  const { form: plan, values = {} } = architecture;
  const { values: own = {} } = published;
  if (!plan) {
    return problem ? (
      <p role="alert" className={styles.refused}>
        {words.describe(problem, texts[problem.id] ?? '', published.title)}
      </p>
    ) : null;
  }
  const siblings = siblingsOf(familyOf(published.id), published);
  const ids = Object.keys(plan.knobs) as KnobId[];
  const isOwn = ids.every((id) => values[id] === own[id]);
  const twin = isOwn
    ? undefined
    : siblings.find((sibling) => ids.every((id) => sibling.values?.[id] === values[id]));
  const isStray = problem !== null && !ids.includes(problem.id);
  return (
    <section className={styles.knobs} aria-label={words.title}>
      <div className={styles.row} data-lone={ids.length === 1 || undefined}>
        <KnobFields
          published={published}
          architecture={architecture}
          problem={problem}
          texts={texts}
          onChange={(id, text) => setTexts({ [id]: text })}
        />
      </div>
      {isStray ? (
        <p role="alert" className={styles.refused}>
          {words.describe(problem, texts[problem.id] ?? '', published.title)}
        </p>
      ) : null}
      {isOwn && !problem ? null : (
        <p className={styles.state}>
          {twin ? (
            <span>
              {words.same} <Link href={exploreHref(twin.id)}>{twin.title}</Link>
            </span>
          ) : isOwn ? null : (
            <span>{words.varied(published.title)}</span>
          )}
          <Button variant="quiet" onClick={() => setTexts(noKnobs)}>
            {words.reset(published.title)}
          </Button>
        </p>
      )}
    </section>
  );
}
