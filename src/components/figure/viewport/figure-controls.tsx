import { useEffect, useState } from 'react';
import { formatInteger } from '../../../engine/cost/format.ts';
import { IconButton } from '../../ui/button.tsx';
import styles from './figure-controls.module.css';
import { attachGestures } from './gestures.ts';
import { SCALE_STEP } from './placement.ts';
import type { ViewportControl } from './use-viewport.ts';
import type { ViewportMessages } from './viewport-messages.ts';

/** A kind of file a figure is saved as. */
export type SavedFormat = 'svg' | 'png';

/** A picture with fewer pixels than usual, because browsers paint no larger one. */
export interface ReducedPicture {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Of the usual resolution. */
  readonly percent: number;
}

interface FigureControlsProps {
  readonly control: ViewportControl;
  readonly scale: number;
  /** Hands the browser a file of the figure; gives what it had to be reduced to, if that was needed. */
  readonly onSave: (format: SavedFormat) => Promise<ReducedPicture | null>;
  readonly messages: ViewportMessages;
}

const Icon = ({ path }: { readonly path: string }) => (
  <svg className={styles.symbol} viewBox="0 0 16 16" aria-hidden="true">
    <path d={path} />
  </svg>
);

/** Zoom and save buttons of a figure; while they are there, pointers zoom and pan it, too. */
export default function FigureControls({ control, scale, onSave, messages }: FigureControlsProps) {
  useEffect(() => attachGestures(control), [control]);
  const [saving, setSaving] = useState<SavedFormat | 'failed' | ReducedPicture | null>(null);
  const save = (format: SavedFormat): void => {
    setSaving(format);
    // The button answers before a long figure is drawn.
    requestAnimationFrame(() =>
      setTimeout(() => {
        onSave(format).then(setSaving, () => setSaving('failed'));
      }),
    );
  };
  const isSaving = saving === 'svg' || saving === 'png';
  return (
    <div className={styles.controls}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls */}
      <div role="group" aria-label={messages.zoom} className={styles.group}>
        <IconButton label={messages.zoomOut} onClick={() => control.zoomBy(1 / SCALE_STEP)}>
          <Icon path="M3.5 8h9" />
        </IconButton>
        <output className={styles.scale}>{messages.scale(percentOf(scale))}</output>
        <IconButton label={messages.zoomIn} onClick={() => control.zoomBy(SCALE_STEP)}>
          <Icon path="M3.5 8h9M8 3.5v9" />
        </IconButton>
        <IconButton label={messages.fit} onClick={() => control.fit()}>
          <Icon path="M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10" />
        </IconButton>
        <IconButton label={messages.actualSize} onClick={() => control.zoomTo(1)}>
          <span className={styles.one} aria-hidden="true">
            1:1
          </span>
        </IconButton>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls */}
      <div role="group" aria-label={messages.save} className={styles.group}>
        <Icon path="M8 2.5v7.5M5 7.2 8 10.2l3-3M3 13.5h10" />
        {(['svg', 'png'] as const).map((format) => (
          <button
            key={format}
            type="button"
            className={styles.format}
            title={format === 'svg' ? messages.saveSvg : messages.savePng}
            aria-label={format === 'svg' ? messages.saveSvg : messages.savePng}
            aria-disabled={isSaving}
            onClick={() => (isSaving ? undefined : save(format))}
          >
            {format.toUpperCase()}
          </button>
        ))}
        <span role="status" className={styles.status}>
          {isSaving
            ? messages.saving
            : saving === 'failed'
              ? messages.saveFailed
              : saving === null
                ? ''
                : messages.saveReduced(
                    formatInteger(saving.width),
                    formatInteger(saving.height),
                    saving.percent,
                  )}
        </span>
      </div>
    </div>
  );
}

/** A scale as a percentage; of a very small one the first digit that is not 0. */
const percentOf = (scale: number): string =>
  scale >= 0.01 ? String(Math.round(100 * scale)) : (100 * scale).toPrecision(1);
