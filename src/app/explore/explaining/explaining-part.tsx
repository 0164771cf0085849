import { useDeferredValue, useMemo, useState } from 'react';
import { HeatLegend, HeatMap } from '../../../components/attribution/heat-map.tsx';
import { largestMagnitude } from '../../../components/feature-maps/colour-scale.ts';
import { showPlanes } from '../../../components/picture/display.ts';
import { formatProbability } from '../../../components/probabilities/rank.ts';
import { Button } from '../../../components/ui/button.tsx';
import { Segmented } from '../../../components/ui/segmented.tsx';
import { Select } from '../../../components/ui/select.tsx';
import { Slider } from '../../../components/ui/slider.tsx';
import { type OcclusionPlan, occlusionPlaces } from '../../../engine/attribution/occlusion.ts';
import { formatInteger, formatMilliseconds, formatShape } from '../../../engine/cost/format.ts';
import { shapeOf } from '../../../engine/graph/types.ts';
import type { Pixels } from '../../../engine/runtime/preprocess/picture.ts';
import { explaining as en } from '../../i18n/en/explaining.ts';
import { useTopic } from '../../i18n/use-topic.ts';
import { explaining as zh } from '../../i18n/zh/explaining.ts';
import type { DigitModel } from '../../queries/use-digit-model.ts';
import { nameOfClass, useWeightWords } from '../picture/use-picture-words.ts';
import { type Run, useRun } from '../run-provider.tsx';
import { coverOf } from './cover.ts';
import styles from './explaining-part.module.css';
import { OcclusionMap, useDrops } from './occlusion-map.tsx';
import { useClassActivation } from './use-class-activation.ts';
import { type OcclusionProgress, useOcclusion } from './use-occlusion.ts';

type Words = typeof en;

/** Places that are asked about at most: beyond them one waits too long. */
const MOST_PLACES = 2000;

/** What is being explained: one input, as it is shown and as the network reads it. */
export interface Subject {
  readonly model: DigitModel;
  readonly input: Float32Array;
  readonly height: number;
  readonly width: number;
  readonly pixels: Pixels;
  /** What a covered pixel is, one value a channel. */
  readonly fill: readonly number[];
  readonly isPaper: boolean;
  readonly probabilities: Float32Array;
  readonly activations: ReadonlyMap<string, Float32Array>;
}

const greyPixels = (values: Float32Array): Uint8ClampedArray => {
  const data = new Uint8ClampedArray(4 * values.length);
  // Ink is white on black, as the pad and MNIST have it.
  for (const [at, value] of values.entries()) data.set([255 * value, 255 * value, 255 * value, 255], 4 * at);
  return data;
};

/** What a run is about; null while there is nothing to explain. */
export function subjectOf(run: Run | null): Subject | null {
  const last = run?.model.last;
  if (!run || !last || !run.current || !run.activations) return null;
  const { model, picture, prepared, activations } = run;
  const input = activations.get('input');
  if (!input) return null;
  if (picture) {
    // The answer is there before its maps are.
    if (input !== picture.prepared.tensor) return null;
    const { stages, width, height } = picture.prepared;
    const planes = stages.at(-1);
    if (!planes) return null;
    const data = showPlanes(planes, picture.standard, stages.length - 1);
    return {
      ...{ model, input, height, width, activations },
      pixels: { width, height, data },
      fill: coverOf(picture.prepared.steps),
      isPaper: false,
      probabilities: last.probabilities,
    };
  }
  const card = model.card;
  if (prepared?.status !== 'ok' || !card) return null;
  const { width, height, data } = prepared.padded;
  const { mean, std } = card.input.preprocessing;
  return {
    ...{ model, input, height, width, activations },
    pixels: { width, height, data: greyPixels(data) },
    fill: [-mean / std],
    isPaper: true,
    probabilities: last.probabilities,
  };
}

/** Where in its input a network saw a class: by its last maps where it ends in their mean, and by covering places. */
export default function ExplainingPart({
  labels,
}: {
  /** Names of the classes, where no card says them. */
  readonly labels?: readonly string[];
}) {
  const words = useTopic({ en, zh });
  const run = useDeferredValue(useRun((whole) => whole));
  const isLive = run?.picture?.live ?? false;
  const subject = useMemo(() => subjectOf(run), [run]);
  // While the next answer is on its way the explained one stays.
  const [shown, setShown] = useState(subject);
  if (subject && subject !== shown) setShown(subject);
  const isEmpty = !run || (run.picture === null && run.prepared?.status !== 'ok');
  return (
    <section className={styles.part} aria-label={words.title}>
      <h3 className={styles.title}>{words.title}</h3>
      {isLive ? (
        <p className={styles.quiet}>{words.live}</p>
      ) : isEmpty || !shown ? (
        <p className={styles.quiet}>{words.empty}</p>
      ) : (
        <Explained subject={shown} labels={labels} words={words} />
      )}
    </section>
  );
}

/** The class that a network holds for most probable. */
export function mostProbable(probabilities: Float32Array): number {
  let best = 0;
  for (const [index, value] of probabilities.entries()) if (value > (probabilities[best] ?? 0)) best = index;
  return best;
}

const TOP = 'top';

function Explained({
  subject,
  labels,
  words,
}: {
  readonly subject: Subject;
  readonly labels: readonly string[] | undefined;
  readonly words: Words;
}) {
  const weightWords = useWeightWords();
  const [choice, setChoice] = useState(TOP);
  const [opacity, setOpacity] = useState(0.8);
  const classes = subject.model.card?.classes ?? [];
  const top = mostProbable(subject.probabilities);
  const index = choice === TOP ? top : Number(choice);
  const nameOf = (at: number): string => labels?.[at] ?? nameOfClass(weightWords, classes[at] ?? String(at));
  const layer = { subject, index, name: nameOf(index), opacity, words };
  return (
    <>
      <div className={styles.controls}>
        <Select
          label={words.classLabel}
          value={choice}
          options={[
            { value: TOP, label: words.mostProbable(nameOf(top)) },
            ...[...subject.probabilities.keys()].map((at) => ({ value: String(at), label: nameOf(at) })),
          ]}
          onChange={setChoice}
        />
        <Slider
          className={styles.opacity ?? ''}
          label={words.opacity}
          value={opacity}
          minimum={0}
          maximum={1}
          step={0.05}
          onChange={setOpacity}
          formatValue={words.percent}
        />
      </div>
      <div className={styles.methods}>
        <Activation {...layer} />
        <Occlusion {...layer} />
      </div>
    </>
  );
}

interface MethodProps {
  readonly subject: Subject;
  readonly index: number;
  readonly name: string;
  readonly opacity: number;
  readonly words: Words;
}

const signed = (value: number): string => value.toFixed(2).replace('-', '−');

/** The class activation map, or why there is none. */
function Activation({ subject, index, name, opacity, words }: MethodProps) {
  const { cam } = words;
  const { graph } = subject.model;
  const { found, activation, isReadable } = useClassActivation(subject.model, subject.activations, index);
  if (!graph || !found) {
    return (
      <div className={styles.method} data-missing="true">
        <h4 className={styles.name}>{cam.title}</h4>
        <p className={styles.quiet}>{cam.missing}</p>
      </div>
    );
  }
  const size = formatShape(shapeOf(graph, found.maps));
  const peak = activation ? largestMagnitude(activation.map) : 0;
  const mean = activation ? activation.map.reduce((sum, value) => sum + value, 0) / activation.map.length : 0;
  return (
    <div className={styles.method}>
      <HeatMap
        picture={subject.pixels}
        values={activation?.map ?? null}
        height={found.height}
        width={found.width}
        peak={peak}
        opacity={opacity}
        label={cam.picture(name)}
      />
      <div className={styles.words}>
        <h4 className={styles.name}>{cam.title}</h4>
        <p className={styles.quiet}>
          {found.classifier === null ? cam.howAlone(found.maps, size) : cam.how(found.maps, size)}
        </p>
        {activation ? (
          <>
            <p className={styles.numbers}>
              {found.classifier === null
                ? cam.sumAlone(signed(mean))
                : cam.sum(signed(mean), signed(activation.bias), signed(mean + activation.bias))}
            </p>
            <HeatLegend
              least={signed(-peak)}
              most={signed(peak)}
              against={words.against}
              towards={words.towards}
            />
            <p className={styles.quiet}>{cam.scale}</p>
          </>
        ) : (
          <p className={styles.quiet}>{isReadable ? cam.waiting : cam.unread}</p>
        )}
      </div>
    </div>
  );
}

/** Sides of the square in parts of the picture's, and steps in parts of the square's. */
const patches = [8, 4, 8 / 3] as const;
const strides = [4, 2, 1] as const;

/** A square covers the picture place by place. */
function Occlusion({ subject, index, name, opacity, words }: MethodProps) {
  const { occlusion } = words;
  const { model, input, height, width, fill } = subject;
  const { graph, answersAt } = model;
  const answering = useMemo(() => graph && { graph, answersAt }, [graph, answersAt]);
  const { progress, start, cancel } = useOcclusion(model.session, answering, input);
  const sides = patches.map((part) => Math.max(1, Math.round(Math.min(height, width) / part)));
  const [patchAt, setPatchAt] = useState('1');
  const [strideAt, setStrideAt] = useState('1');
  const patch = sides[Number(patchAt)] ?? 1;
  const steps = strides.map((part) => Math.max(1, Math.round(patch / part)));
  const stride = steps[Number(strideAt)] ?? 1;
  const plan: OcclusionPlan = { height, width, patch, stride };
  const places = occlusionPlaces(plan).length;
  const isRunning = progress?.status === 'running';
  const { values, peak } = useDrops(progress, index);
  // A first run also makes the memory that later ones find, and is several times as long: the median of three is without it.
  const runMs = (model.clocks?.runs ?? 0) > 2 ? (model.clocks?.runMs ?? null) : null;
  const isTooMany = places > MOST_PLACES;
  const strongest = progress ? deepest(progress, index) : null;
  return (
    <OcclusionMap
      pixels={subject.pixels}
      height={height}
      width={width}
      progress={progress}
      values={values}
      scale={peak}
      opacity={opacity}
      name={name}
      head={
        <>
          <h4 className={styles.name}>{occlusion.title}</h4>
          <p className={styles.quiet}>
            {occlusion.how(subject.isPaper ? occlusion.fillPaper : occlusion.fillGrey)}
          </p>
          <Choice
            label={occlusion.patch}
            value={patchAt}
            sides={sides}
            onChange={setPatchAt}
            format={occlusion.pixels}
          />
          <Choice
            label={occlusion.stride}
            value={strideAt}
            sides={steps}
            onChange={setStrideAt}
            format={occlusion.pixels}
          />
          <div className={styles.start}>
            {isRunning ? (
              <Button onClick={cancel}>{occlusion.cancel}</Button>
            ) : (
              <Button
                variant="primary"
                disabled={!model.session || !answering || isTooMany}
                onClick={() => start({ input, plan, fill })}
              >
                {progress ? occlusion.again : occlusion.start}
              </Button>
            )}
            <span className={styles.quiet} role={isTooMany ? 'alert' : undefined}>
              {isTooMany
                ? occlusion.tooMany(formatInteger(places), formatInteger(MOST_PLACES))
                : !model.session
                  ? occlusion.waiting
                  : runMs === null
                    ? occlusion.places(formatInteger(places))
                    : occlusion.placesAbout(formatInteger(places), formatMilliseconds(places * runMs))}
            </span>
          </div>
        </>
      }
    >
      {progress && strongest && progress.status === 'done' ? (
        <p className={styles.finding} role="status">
          {occlusion.strongest(
            name,
            formatProbability(progress.whole[index] ?? 0),
            formatProbability(strongest.probability),
            strongest.x,
            strongest.y,
          )}
        </p>
      ) : null}
    </OcclusionMap>
  );
}

/** The place whose covering left the least of a class's probability. */
function deepest({ question, covered }: OcclusionProgress, index: number) {
  const places = occlusionPlaces(question.plan);
  let least: { readonly x: number; readonly y: number; readonly probability: number } | null = null;
  for (const [at, probabilities] of covered.entries()) {
    const probability = probabilities[index] ?? 0;
    const place = places[at];
    if (place && (!least || probability < least.probability)) least = { x: place.x, y: place.y, probability };
  }
  return least;
}

function Choice({
  label,
  value,
  sides,
  onChange,
  format,
}: {
  readonly label: string;
  readonly value: string;
  readonly sides: readonly number[];
  readonly onChange: (value: string) => void;
  readonly format: (value: number) => string;
}) {
  return (
    <div className={styles.choice}>
      <span aria-hidden="true">{label}</span>
      <Segmented
        label={label}
        value={value}
        options={sides.map((side, at) => ({ value: String(at), label: format(side) }))}
        onChange={onChange}
      />
    </div>
  );
}
