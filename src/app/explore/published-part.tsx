import { useMemo } from 'react';
import { architectures } from '../../architectures/index.ts';
import { formatInteger, formatShape } from '../../engine/cost/format.ts';
import { publishedWords as en } from '../i18n/en/published.ts';
import { useLanguage } from '../i18n/index.tsx';
import { useTopic } from '../i18n/use-topic.ts';
import { publishedWords as zh } from '../i18n/zh/published.ts';
import { computedFor, type Reckoned, reckon, stepOf, unitSizeOf } from '../published/computed.ts';
import { publishedOf } from '../published/index.ts';
import type { PublishedValue } from '../published/types.ts';
import type { SectionProps } from './about-area.tsx';
import styles from './published-part.module.css';

const isError = ({ quantity }: PublishedValue): boolean => quantity.endsWith('Error');

/** `25.6 M`, `60,965,224`, `0.95 %`, `50×`. */
function printed({ value, unit }: PublishedValue): string {
  const digits = unit === undefined ? formatInteger(value) : String(value);
  if (unit === undefined) return digits;
  return unit === '×' ? `${digits}×` : `${digits} ${unit === 'K' ? 'K (1,024)' : unit}`;
}

/** The computed value exactly, and in the unit of the published one where that has a unit of size. */
function computedText(one: PublishedValue, computed: number): readonly string[] {
  const exact = Number.isInteger(computed)
    ? formatInteger(computed)
    : String(Number(computed.toPrecision(4)));
  if (one.unit === '×') return [`${Number(computed.toPrecision(3))}×`];
  if (one.unit === 'px') return [`${exact} px`];
  const size = unitSizeOf(one);
  if (size === 1) return [exact];
  // One digit more than was printed shows whether it was rounded or cut off.
  const decimals = Math.max(0, -Math.round(Math.log10(stepOf(one) / size))) + 1;
  const scaled = `${(computed / size).toFixed(decimals)} ${one.unit ?? ''}`;
  return one.quantity.endsWith('Bytes') ? [scaled] : [exact, scaled];
}

type Agreement = keyof (typeof en)['agrees'];

/** Agreement in more detail: a value that is below the rounded one was cut off. */
function agreementOf(one: PublishedValue, computed: number | null): Agreement | null {
  if (one.agrees !== 'rounded' || computed === null) return one.agrees;
  const apart = computed - one.value * unitSizeOf(one);
  return apart > stepOf(one) / 2 ? 'cutOff' : 'rounded';
}

/** What was published about the network, beside what the atlas computes, with conventions and reasons. */
export default function PublishedPart({ architecture }: SectionProps) {
  const words = useTopic({ en, zh });
  const values = publishedOf(architecture.id);
  const reckoned = useMemo(
    () => (architectures.has(architecture.id) ? reckon(architecture.id) : null),
    [architecture.id],
  );
  if (values.length === 0 || !reckoned) return <p>{words.none}</p>;
  const counted = values.filter((one) => !isError(one));
  const measured = values.filter(isError);
  return (
    <div className={styles.part}>
      {counted.length > 0 ? (
        <section>
          <h2>{words.costs}</h2>
          <p className={styles.hint}>
            {words.costsHint} {words.usualInput(formatShape(reckoned.graph.input))}
          </p>
          <div className={styles.head} aria-hidden="true">
            <span>{words.quantity}</span>
            <span>{words.value}</span>
            <span>{words.computed}</span>
            <span>{words.agreement}</span>
            <span>
              {words.convention} · {words.source}
            </span>
          </div>
          <ul>
            {counted.map((one) => (
              <CountedRow key={keyOf(one)} one={one} reckoned={reckoned} />
            ))}
          </ul>
        </section>
      ) : null}
      {measured.length > 0 ? (
        <section>
          <h2>{words.errors}</h2>
          <p className={styles.hint}>{words.errorsHint}</p>
          <ul>
            {measured.map((one) => (
              <li key={keyOf(one)} className={styles.measured}>
                <b>{words.quantities[one.quantity]}</b>
                <span className={styles.number}>{printed(one)}</span>
                <Origin one={one} />
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </div>
  );
}

const keyOf = ({ quantity, layer, value, source, convention }: PublishedValue): string =>
  `${quantity} ${layer ?? ''} ${value} ${source} ${convention.en}`;

function CountedRow({ one, reckoned }: { readonly one: PublishedValue; readonly reckoned: Reckoned }) {
  const words = useTopic({ en, zh });
  const { language } = useLanguage();
  const computed = computedFor(one, reckoned);
  const agreement = agreementOf(one, computed);
  return (
    <li className={styles.counted} data-agrees={one.agrees ?? 'none'}>
      <span>
        <b>{words.quantities[one.quantity]}</b>
        {one.layer === undefined ? null : <code className={styles.layer}>{one.layer}</code>}
      </span>
      <span className={styles.number} data-label={words.value}>
        {printed(one)}
      </span>
      <span className={styles.number} data-label={words.computed}>
        {computed === null
          ? words.notComputed
          : computedText(one, computed).map((text) => <span key={text}>{text}</span>)}
      </span>
      <span className={styles.agreement} data-label={words.agreement}>
        {agreement === null ? '—' : words.agrees[agreement]}
      </span>
      <Origin one={one} />
      {one.reason ? (
        <p className={styles.reason}>
          {one.agrees === 'differs' ? <b>{words.why} </b> : null}
          {one.reason[language]}
        </p>
      ) : null}
    </li>
  );
}

function Origin({ one }: { readonly one: PublishedValue }) {
  const { language } = useLanguage();
  return (
    <span className={styles.origin}>
      {one.convention[language]}
      <span className={styles.source}>
        {one.link ? (
          <a href={one.link} rel="noreferrer noopener" target="_blank">
            {one.source}
          </a>
        ) : (
          one.source
        )}
      </span>
    </span>
  );
}
