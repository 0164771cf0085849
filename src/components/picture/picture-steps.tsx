import { useLayoutEffect, useRef } from 'react';
import {
  canBreak,
  type Fault,
  faultOf,
  type PictureStep,
  type PreparedPicture,
  type StepName,
} from '../../engine/runtime/preprocess/picture.ts';
import type { Planes } from '../../engine/runtime/preprocess/resample.ts';
import { type Breakage, rangeOf, showPlanes } from './display.ts';
import styles from './picture-steps.module.css';

/** The words of the steps. */
export interface PictureStepsMessages {
  /** Accessible name of the list. */
  readonly steps: string;
  readonly names: Readonly<Record<StepName, string>>;
  /** What a step does, with its numbers. */
  readonly describe: (step: PictureStep) => string;
  /** The button that breaks a step: what it then does. */
  readonly breaks: Readonly<Record<Fault, string>>;
  /** The values after a step. */
  readonly range: (least: string, most: string) => string;
  readonly mend: string;
  readonly stepsHint: string;
  /** Accessible name of a step's picture. */
  readonly picture: (width: number, height: number) => string;
}

/** A picture's way to the network, step by step. */
export interface PictureStepsProps extends Breakage {
  readonly prepared: PreparedPicture;
  /** The steps as they should be. */
  readonly standard: readonly PictureStep[];
  readonly onMend: () => void;
  readonly messages: PictureStepsMessages;
}

const formatValue = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2).replace('-', '−');

/** The steps from picture to tensor side by side: what each leaves, its numbers, and a switch that breaks it. */
export function PictureSteps({ prepared, standard, faults, onFault, onMend, messages }: PictureStepsProps) {
  return (
    <section className={styles.steps} aria-label={messages.steps}>
      <header className={styles.head}>
        <h3 className={styles.title}>{messages.steps}</h3>
        <p className={styles.hint}>{messages.stepsHint}</p>
        {faults.size > 0 ? (
          <button type="button" className={styles.mend} onClick={onMend}>
            {messages.mend}
          </button>
        ) : null}
      </header>
      <ol className={styles.list}>
        {prepared.steps.map((step, index) => {
          const planes = prepared.stages[index];
          const fault = faultOf[step.step];
          const isBroken = faults.has(fault);
          return planes ? (
            <li key={step.step} className={styles.step} data-broken={isBroken}>
              <span className={styles.name}>{messages.names[step.step]}</span>
              <Stage planes={planes} standard={standard} stage={index} label={messages.picture} />
              <span className={styles.numbers}>{messages.describe(step)}</span>
              <Range planes={planes} messages={messages} />
              {canBreak(step) ? (
                <button
                  type="button"
                  className={styles.break}
                  aria-pressed={isBroken}
                  onClick={() => onFault(fault, !isBroken)}
                >
                  {messages.breaks[fault]}
                </button>
              ) : null}
            </li>
          ) : null;
        })}
      </ol>
    </section>
  );
}

function Range({ planes, messages }: { readonly planes: Planes; readonly messages: PictureStepsMessages }) {
  const [least, most] = rangeOf(planes.data);
  return <span className={styles.range}>{messages.range(formatValue(least), formatValue(most))}</span>;
}

/** What a step left, enlarged pixel by pixel. */
function Stage({
  planes,
  standard,
  stage,
  label,
}: {
  readonly planes: Planes;
  readonly standard: readonly PictureStep[];
  readonly stage: number;
  readonly label: (width: number, height: number) => string;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    if (element.width !== planes.width) element.width = planes.width;
    if (element.height !== planes.height) element.height = planes.height;
    const pixels = showPlanes(planes, standard, stage);
    context.putImageData(new ImageData(pixels, planes.width, planes.height), 0, 0);
  }, [planes, standard, stage]);
  return (
    <span className={styles.thumb}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={label(planes.width, planes.height)}
        className={styles.pixels}
        data-small={planes.width <= 64}
      />
    </span>
  );
}
