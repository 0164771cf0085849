import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { HeatLegend, HeatMap } from '../../components/attribution/heat-map.tsx';
import { largestMagnitude } from '../../components/feature-maps/colour-scale.ts';
import { mostProbable, type Subject, subjectOf } from '../explore/explaining/explaining-part.tsx';
import { OcclusionMap, useDrops } from '../explore/explaining/occlusion-map.tsx';
import { useClassActivation } from '../explore/explaining/use-class-activation.ts';
import { useOcclusion } from '../explore/explaining/use-occlusion.ts';
import { useRun } from '../explore/run-provider.tsx';
import { compare as en } from '../i18n/en/compare.ts';
import { explaining as explainingEn } from '../i18n/en/explaining.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { compare as zh } from '../i18n/zh/compare.ts';
import { explaining as explainingZh } from '../i18n/zh/explaining.ts';
import { type ColumnsStore, tellColumn } from './columns-store.ts';
import type { MapChoice } from './map-choice.ts';
import styles from './same-picture.module.css';

interface MapProps {
  readonly subject: Subject;
  readonly index: number;
  readonly label: string;
  readonly opacity: number;
}

/** Where one network saw the class that is chosen for all, by the method that is chosen for all. */
export default function ColumnMap({
  choice,
  labels,
  store,
  of,
}: {
  readonly choice: MapChoice;
  /** Names of the network's classes. */
  readonly labels: readonly string[];
  readonly store: ColumnsStore;
  /** Key of the column. */
  readonly of: string;
}) {
  const words = useTopic({ en, zh });
  const run = useDeferredValue(useRun((whole) => whole));
  const subject = useMemo(() => subjectOf(run), [run]);
  // While the next answer is on its way the explained one stays.
  const [at, setShown] = useState(subject);
  if (subject && subject !== at) setShown(subject);
  if (run?.picture?.live) return <p className={styles.about}>{words.picture.maps.live}</p>;
  if (!at || !run?.picture) return null;
  const classes = at.model.card?.classes ?? null;
  const named = choice.name === null ? -1 : (classes?.indexOf(choice.name) ?? -1);
  const index = named >= 0 ? named : mostProbable(at.probabilities);
  const props = { subject: at, index, label: labels[index] ?? String(index), opacity: choice.opacity };
  return choice.method === 'activation' ? (
    <Activation {...props} />
  ) : (
    <Occlusion {...props} choice={choice} store={store} of={of} />
  );
}

const signed = (value: number): string => value.toFixed(2).replace('-', '−');

/** The class activation map, or why there is none. */
function Activation({ subject, index, label, opacity }: MapProps) {
  const words = useTopic({ en, zh });
  const { cam, against, towards } = useTopic({ en: explainingEn, zh: explainingZh });
  const { found, activation, isReadable } = useClassActivation(subject.model, subject.activations, index);
  if (!found) return <p className={styles.about}>{cam.missing}</p>;
  if (!activation) return <p className={styles.about}>{isReadable ? cam.waiting : cam.unread}</p>;
  const peak = largestMagnitude(activation.map);
  return (
    <div className={styles.map}>
      <HeatMap
        picture={subject.pixels}
        values={activation.map}
        height={found.height}
        width={found.width}
        peak={peak}
        opacity={opacity}
        label={cam.picture(label)}
      />
      <HeatLegend least={signed(-peak)} most={signed(peak)} against={against} towards={towards} />
      <p className={styles.about}>{words.picture.maps.activationOf(label)}</p>
    </div>
  );
}

/** What covering each place does, on the scale of all columns. */
function Occlusion({
  subject,
  index,
  label,
  opacity,
  choice,
  store,
  of,
}: MapProps & { readonly choice: MapChoice; readonly store: ColumnsStore; readonly of: string }) {
  const words = useTopic({ en, zh });
  const { occlusion, percent } = useTopic({ en: explainingEn, zh: explainingZh });
  const { model, input, height, width, fill } = subject;
  const { graph, answersAt } = model;
  const answering = useMemo(() => graph && { graph, answersAt }, [graph, answersAt]);
  const { progress, start, cancel } = useOcclusion(model.session, answering, input);
  const { asked } = choice;

  const begun = useRef(0);
  useEffect(() => {
    if (asked === null || asked.number === begun.current || !answering || !model.session) return;
    begun.current = asked.number;
    const patch = Math.max(1, Math.round(Math.min(height, width) / asked.patch));
    const stride = Math.max(1, Math.round(patch / asked.stride));
    start({ input, plan: { height, width, patch, stride }, fill });
  }, [asked, answering, model.session, height, width, input, fill, start]);
  useEffect(() => {
    if (asked?.isCancelled) cancel();
  }, [asked, cancel]);

  const { values, peak } = useDrops(progress, index);
  const status = progress?.status ?? null;
  const done = progress?.covered.length ?? 0;
  const total = progress?.total ?? 0;
  useEffect(() => {
    tellColumn(store, of, { occlusion: status === null ? null : { status, done, total, peak } });
  }, [store, of, status, done, total, peak]);
  const isReady = model.session !== null;
  useEffect(() => {
    tellColumn(store, of, { isReady });
    return () => tellColumn(store, of, { isReady: false, occlusion: null });
  }, [store, of, isReady]);
  const common = useStore(store, (columns) =>
    Math.max(0, ...[...columns.values()].map(({ occlusion: one }) => one?.peak ?? 0)),
  );
  const before = progress && progress.whole.length > 0 ? progress.whole[index] : null;
  return (
    <div className={styles.map}>
      <OcclusionMap
        pixels={subject.pixels}
        height={height}
        width={width}
        progress={progress}
        values={values}
        scale={common}
        opacity={opacity}
        name={label}
      >
        <p className={styles.about}>
          {before == null
            ? isReady
              ? words.picture.maps.notAsked
              : occlusion.waiting
            : words.picture.maps.occlusionOf(label, percent(before), String(Math.round(100 * peak)))}
        </p>
      </OcclusionMap>
    </div>
  );
}
