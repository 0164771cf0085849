import { useMemo } from 'react';
import { families } from '../../architectures/index.ts';
import { Button, IconButton } from '../../components/ui/button.tsx';
import { Disclosure } from '../../components/ui/disclosure.tsx';
import { Select } from '../../components/ui/select.tsx';
import { formatShape } from '../../engine/cost/format.ts';
import { OpenPanel } from '../build/open-panel.tsx';
import { openedFile } from '../build/opened-file.ts';
import { KnobFields } from '../explore/knob-fields.tsx';
import { compare as en } from '../i18n/en/compare.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { compare as zh } from '../i18n/zh/compare.ts';
import { Link } from '../link.tsx';
import styles from './compare.module.css';
import { MOST_COMPARED, writeEntry } from './entries.ts';
import { writeExploreHref } from './hrefs.ts';
import type { MissingFile, NetworkSide, Side } from './sides.ts';

/** The networks of the comparison: to take out, move, turn their numbers, measure against; and a field to add one. */
export function Chosen({
  sides,
  base,
  onBase,
  onChange,
}: {
  readonly sides: readonly (Side | MissingFile)[];
  readonly base: Side | null;
  readonly onBase: (text: string) => void;
  readonly onChange: (texts: readonly string[]) => void;
}) {
  const words = useTopic({ en, zh });
  const texts = sides.map(({ entry }) => entry.text);
  const options = useMemo(
    () => [
      { value: '', label: words.choose },
      ...families.flatMap((family) =>
        family.variants.map(({ id, title }) => ({ value: id, label: `${title} · ${family.year}` })),
      ),
    ],
    [words],
  );
  const move = (from: number, to: number) => {
    const next = [...texts];
    const [taken] = next.splice(from, 1);
    if (taken !== undefined) next.splice(to, 0, taken);
    onChange(next);
  };
  return (
    <section className={styles.chosen} aria-label={words.networks}>
      <ol>
        {sides.map((side, index) => {
          const { text } = side.entry;
          const title = side.kind === 'missing' ? side.entry.name : side.title;
          return (
            <li key={text} data-place={index} data-missing={side.kind === 'missing' || undefined}>
              {side.kind === 'missing' ? (
                <div className={styles.name}>
                  <b>{title}</b>
                  <span className={styles.about}>{words.notOpen}</span>
                </div>
              ) : (
                <Name side={side} />
              )}
              <div className={styles.moves}>
                {side.kind === 'missing' ? (
                  <span className={styles.base} />
                ) : (
                  <label className={styles.base}>
                    <input
                      type="radio"
                      name="baseline"
                      checked={base === side}
                      disabled={side.analysis.graph.problem !== null}
                      aria-label={words.makeBaseline(title)}
                      onChange={() => onBase(text)}
                    />
                    {words.baseline}
                  </label>
                )}
                <IconButton
                  label={words.earlier(title)}
                  disabled={index === 0}
                  onClick={() => move(index, index - 1)}
                >
                  ↑
                </IconButton>
                <IconButton
                  label={words.later(title)}
                  disabled={index === sides.length - 1}
                  onClick={() => move(index, index + 1)}
                >
                  ↓
                </IconButton>
                <IconButton
                  label={words.remove(title)}
                  onClick={() => onChange(texts.filter((one) => one !== text))}
                >
                  ×
                </IconButton>
              </div>
              {side.kind === 'network' ? (
                <Knobs
                  side={side}
                  onChange={(changed) => onChange(texts.map((one) => (one === text ? changed : one)))}
                />
              ) : null}
            </li>
          );
        })}
      </ol>
      <div className={styles.adding}>
        {sides.length < MOST_COMPARED ? (
          <Select
            label={words.add}
            value=""
            options={options.map((option) => ({ ...option, disabled: texts.includes(option.value) }))}
            onChange={(id) => {
              if (id !== '') onChange([...texts, id]);
            }}
          />
        ) : (
          <p>{words.full}</p>
        )}
        {sides.length < MOST_COMPARED || sides.some(({ kind }) => kind === 'missing') ? (
          <div className={styles.opening}>
            <OpenPanel isFirst={false} hint={words.openHint} />
          </div>
        ) : null}
        {sides.length === 2 ? <Button onClick={() => move(0, 1)}>{words.swap}</Button> : null}
      </div>
    </section>
  );
}

/** A network's name, which leads to its page, and what it is. */
function Name({ side }: { readonly side: Side }) {
  const words = useTopic({ en, zh });
  const { title, analysis } = side;
  const input = words.input(formatShape(analysis.graph.input));
  return side.kind === 'network' ? (
    <div className={styles.name}>
      <Link href={writeExploreHref(side.entry)} aria-label={words.open(title)}>
        {title}
      </Link>
      <span className={styles.about}>
        {side.architecture.source.year} · {input}
      </span>
    </div>
  ) : (
    // The page of one's own network shows the file opened last: this one is put there first.
    <div className={styles.name} onClickCapture={() => openedFile.getState().show(side.entry.fingerprint)}>
      <Link href="/build" aria-label={words.open(title)}>
        {title}
      </Link>
      <span className={styles.about}>{words.fromFile(side.opened.file.name, input)}</span>
    </div>
  );
}

/** The numbers of one network, to be turned. */
function Knobs({
  side,
  onChange,
}: {
  readonly side: NetworkSide;
  readonly onChange: (text: string) => void;
}) {
  const words = useTopic({ en, zh });
  const { architecture, published, problem, entry } = side;
  if (!architecture.form) return null;
  return (
    <div className={styles.knobs}>
      <Disclosure summary={words.varySummary} defaultOpen={entry.text !== entry.id}>
        <section className={styles.knobRow} aria-label={words.vary(side.title)}>
          <KnobFields
            published={published}
            architecture={architecture}
            problem={problem}
            texts={entry.texts}
            onChange={(id, text) => onChange(writeEntry(entry.id, { ...entry.texts, [id]: text }))}
          />
        </section>
      </Disclosure>
    </div>
  );
}
