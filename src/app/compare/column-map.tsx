import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { HeatLegend, HeatMap } from '../../components/attribution/heat-map.tsx';
import { largestMagnitude } from '../../components/feature-maps/colour-scale.ts';
import { classActivation, findClassMaps } from '../../engine/attribution/class-activation.ts';
import { mostProbable, subjectOf } from '../explore/explaining/explaining-part.tsx';
import { dropsOf, useOcclusion } from '../explore/explaining/use-occlusion.ts';
import { useRun } from '../explore/run-provider.tsx';
import { compare as en } from '../i18n/en/compare.ts';
import { explaining as explainingEn } from '../i18n/en/explaining.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { compare as zh } from '../i18n/zh/compare.ts';
import { explaining as explainingZh } from '../i18n/zh/explaining.ts';
import { type ColumnsStore, tellColumn } from './columns-store.ts';
import type { MapChoice } from './map-choice.ts';
import styles from './same-picture.module.css';

type Subject = NonNullable<ReturnType<typeof subjectOf>>;

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
  const { graph, tensors } = subject.model;
  const found = useMemo(() => graph && findClassMaps(graph), [graph]);
  const maps = found ? subject.activations.get(found.maps) : undefined;
  const activation = useMemo(
    () =>
      found && maps && (tensors || found.classifier === null)
        ? classActivation(found, maps, tensors ?? new Map(), index)
        : null,
    [found, maps, tensors, index],
  );
  if (!found) return <p className={styles.about}>{cam.missing}</p>;
  if (found.classifier !== null && !tensors)
    return <p className={styles.about}>{words.picture.maps.noTensors}</p>;
  if (!activation) return <p className={styles.about}>{cam.waiting}</p>;
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

const NO_PEAK = 1e-9;

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

  const values = useMemo(() => (progress ? dropsOf(progress, index) : null), [progress, index]);
  const peak = values ? largestMagnitude(values.map((value) => (Number.isNaN(value) ? 0 : value))) : 0;
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
    Math.max(NO_PEAK, ...[...columns.values()].map(({ occlusion: one }) => one?.peak ?? 0)),
  );
  const before = progress && progress.whole.length > 0 ? progress.whole[index] : null;
  return (
    <div className={styles.map}>
      <HeatMap
        picture={subject.pixels}
        values={values}
        height={height}
        width={width}
        peak={common}
        opacity={opacity}
        label={occlusion.picture(label)}
      />
      {status === 'failed' ? <p role="alert">{occlusion.failed}</p> : null}
      {values && before != null ? (
        <>
          <HeatLegend
            least={percent(-common).replace('-', '−')}
            most={percent(common)}
            against={occlusion.against}
            towards={occlusion.towards}
          />
          <p className={styles.about}>
            {words.picture.maps.occlusionOf(label, percent(before), String(Math.round(100 * peak)))}
          </p>
        </>
      ) : (
        <p className={styles.about}>{isReady ? words.picture.maps.notAsked : occlusion.waiting}</p>
      )}
    </div>
  );
}
