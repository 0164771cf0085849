import type { ReactNode } from 'react';
import type { GraphCosts } from '../../engine/cost/costs.ts';
import { formatBytes, formatCount, formatInteger } from '../../engine/cost/format.ts';
import { bytesOf, type DType, type PeakMemory } from '../../engine/cost/memory.ts';
import type { Graph } from '../../engine/graph/types.ts';
import type { PublishedTotals } from '../../engine/spec/types.ts';
import { shortenPath } from './shorten-path.ts';
import styles from './totals.module.css';

/** A path that breaks after its slashes, which browsers do not by themselves. */
const breakable = (path: string): string => path.replaceAll('/', '/\u200b');

/** Words of the totals strip. */
export interface TotalsMessages {
  readonly label: string;
  readonly parameters: string;
  readonly macs: string;
  readonly flops: string;
  readonly weights: string;
  readonly peakActivations: string;
  readonly peakActivationsHint: string;
  readonly activations: string;
  readonly activationsHint: string;
  readonly input: string;
  /** `at pool1`. */
  at(node: string): string;
  /** Beside a figure that equals the published one. */
  asPublished(source: string): string;
  /** Beside a figure that does not. */
  published(source: string, figure: string): string;
  readonly accuracy: string;
  readonly run: string;
  readonly none: string;
  /** `at least 1,000`: a total that leaves operators out. */
  atLeast(total: string): string;
  /** Why a network that does not fit has no totals. */
  readonly doesNotFit: string;
}

/** A measured figure and what it was measured on, as text. */
export interface Measured {
  readonly value: string;
  readonly note: string | null;
}

/** What the totals strip shows. */
export interface TotalsProps {
  readonly graph: Graph;
  readonly costs: GraphCosts;
  /** Peak activation memory of one image. */
  readonly peak: PeakMemory;
  readonly dtype: DType;
  readonly batch: number;
  readonly units: 'macs' | 'flops';
  /** What the source states, for the input of the definition; leave it out for another input. */
  readonly published?: PublishedTotals;
  /** Why a computed figure differs from the published one, or anything else worth saying beside it. */
  readonly notes?: { readonly parameters?: string; readonly macs?: string };
  /** Accuracy of the weights at hand, and on what it was measured. */
  readonly accuracy?: Measured;
  /** The time of a run on this device, and by what. */
  readonly run?: Measured;
  /** Further figures, which may come later: {@link TotalsItem}s. */
  readonly further?: ReactNode;
  readonly messages: TotalsMessages;
}

/** From here on a figure is shortened and its exact value put into its title. */
const shortFrom = 1e9;

/** The figures of the whole network in one line. */
export function Totals(props: TotalsProps) {
  const { graph, costs, peak, dtype, batch, units, published, notes, messages } = props;
  const whole = graph.problem === null;
  const { total } = costs;
  const bytes = (values: number, images: number) =>
    whole ? formatBytes(bytesOf(values, dtype, images)) : messages.none;
  return (
    <div className={styles.container}>
      <dl
        className={styles.totals}
        aria-label={messages.label}
        title={whole ? undefined : messages.doesNotFit}
      >
        <TotalsItem
          title={messages.parameters}
          figure="parameters"
          note={
            notes?.parameters ?? noteOn(whole ? total.parameters : null, published, 'parameters', messages)
          }
        >
          <Count value={whole ? total.parameters : null} none={messages.none} />
        </TotalsItem>
        <TotalsItem
          title={messages[units]}
          figure={units}
          note={
            units === 'macs'
              ? (notes?.macs ?? noteOn(whole ? total.macs : null, published, 'macs', messages))
              : null
          }
        >
          <Count
            value={whole ? total[units] : null}
            none={messages.none}
            {...(total.uncounted > 0 ? { say: messages.atLeast } : {})}
          />
        </TotalsItem>
        <TotalsItem title={messages.weights} figure="weights" note={dtype}>
          {bytes(total.parameters, 1)}
        </TotalsItem>
        <TotalsItem
          title={messages.peakActivations}
          hint={messages.peakActivationsHint}
          figure="peakActivations"
          note={
            whole
              ? messages.at(peak.node === 'input' ? messages.input : breakable(shortenPath(peak.node)))
              : null
          }
          noteTitle={peak.node}
        >
          {bytes(peak.values, batch)}
        </TotalsItem>
        <TotalsItem
          title={messages.activations}
          hint={messages.activationsHint}
          figure="activations"
          note={null}
        >
          {bytes(total.activations, batch)}
        </TotalsItem>
        {props.accuracy !== undefined && (
          <TotalsItem title={messages.accuracy} figure="accuracy" note={props.accuracy.note}>
            {props.accuracy.value}
          </TotalsItem>
        )}
        {props.run !== undefined && (
          <TotalsItem title={messages.run} figure="run" note={props.run.note}>
            {props.run.value}
          </TotalsItem>
        )}
        {props.further}
      </dl>
    </div>
  );
}

function noteOn(
  computed: number | null,
  published: PublishedTotals | undefined,
  quantity: 'parameters' | 'macs',
  messages: TotalsMessages,
): string | null {
  const stated = published?.[quantity];
  if (computed === null || published === undefined || stated === undefined) return null;
  return computed === stated
    ? messages.asPublished(published.source)
    : messages.published(published.source, formatInteger(stated));
}

/** One figure with its title, and what is to be said of it. */
export function TotalsItem({
  title,
  hint,
  figure,
  note,
  noteTitle,
  children,
}: {
  readonly title: string;
  readonly hint?: string;
  readonly figure: string;
  readonly note: string | null;
  readonly noteTitle?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className={styles.item} data-figure={figure}>
      <dt title={hint}>{title}</dt>
      <dd>
        <span className={styles.value}>{children}</span>
        {note !== null && (
          <span className={styles.note} title={noteTitle}>
            {' '}
            {note}
          </span>
        )}
      </dd>
    </div>
  );
}

function Count({
  value,
  none,
  say = (total) => total,
}: {
  readonly value: number | null;
  readonly none: string;
  /** The total in words. */
  readonly say?: (total: string) => string;
}) {
  if (value === null) return none;
  if (value < shortFrom) return say(formatInteger(value));
  return <span title={say(formatInteger(value))}>{say(formatCount(value))}</span>;
}
