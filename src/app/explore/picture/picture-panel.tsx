import { type DragEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { ColourPad } from '../../../components/picture/colour-pad.tsx';
import { PictureFrame } from '../../../components/picture/picture-frame.tsx';
import { Button } from '../../../components/ui/button.tsx';
import { FileButton } from '../../../components/ui/file-button.tsx';
import { Slider } from '../../../components/ui/slider.tsx';
import { type Crop, LEAST_SIDE, scaleCrop } from '../../../engine/runtime/preprocess/crop.ts';
import { type Picture, pictureStore, shownPictures } from '../../state/picture-store.ts';
import { useRun } from '../run-provider.tsx';
import { colourDrawing, giveDrawing } from './colour-drawing.ts';
import styles from './picture-panel.module.css';
import { type Sample, samples } from './samples.ts';
import { giveUpDecoding, sampleUrl, takeFile, takeSample, takeTransfer } from './take-picture.ts';
import { type Camera, useCamera } from './use-camera.ts';
import { nameOfClass, usePictureWords, useWeightWords } from './use-picture-words.ts';

/** Where a picture is given to the network: dropped, pasted, chosen, taken, and cut. */
export function PicturePanel() {
  const words = usePictureWords();
  const picture = useStore(shownPictures.store, (state) => state.picture);
  const problem = useStore(pictureStore, (state) => state.problem);
  const camera = useCamera();
  const [isDrawing, setDrawing] = useDrawing();
  const [isOver, setOver] = useState(false);
  usePaste(camera);

  const handleDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    camera.stop();
    void takeTransfer(event.dataTransfer);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one of several ways; the button beside does the same.
    <div
      className={styles.panel}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={handleDrop}
    >
      <h2 className={styles.title}>{words.title}</h2>
      <div className={styles.part}>
        {isDrawing ? (
          <>
            <ColourPad drawing={colourDrawing} messages={words.drawing} />
            <p className={styles.quiet}>{words.drawing.note}</p>
          </>
        ) : picture ? (
          <Cut picture={picture} />
        ) : (
          <p className={styles.empty}>{words.empty}</p>
        )}
        <div className={styles.sources}>
          <FileButton
            variant="primary"
            label={words.upload}
            accept="image/*"
            onFiles={([file]) => {
              if (!file) return;
              camera.stop();
              void takeFile(file, file.name);
            }}
          />
          <CameraButton camera={camera} />
          <Button
            className={styles.draw ?? ''}
            aria-pressed={isDrawing}
            onClick={() => {
              camera.stop();
              setDrawing(!isDrawing);
            }}
          >
            {isDrawing ? words.drawing.stop : words.drawing.start}
          </Button>
        </div>
        {problem ? (
          <p role="alert" className={styles.problem}>
            {words.problem(problem)}
          </p>
        ) : null}
        {picture?.notes.map((note) => (
          <p key={note.code} className={styles.note}>
            {words.note(note)}
          </p>
        ))}
        {camera.state === 'on' ? <Rate /> : null}
      </div>
      <div className={styles.part}>
        <Gallery onChoose={() => camera.stop()} />
        <p className={styles.quiet}>{words.privacy}</p>
      </div>
    </div>
  );
}

/** Whether one draws; the drawing is given to the network until another picture is. */
function useDrawing(): readonly [isDrawing: boolean, setDrawing: (isDrawing: boolean) => void] {
  const isShown = useStore(pictureStore, (state) => state.picture?.origin.kind === 'drawing');
  const [isDrawing, setDrawing] = useState(isShown);
  // Another picture, from wherever, puts the sheet away.
  const isOn = isDrawing && isShown;
  useEffect(() => (isOn ? giveDrawing() : undefined), [isOn]);
  const change = (next: boolean) => {
    if (next) {
      giveUpDecoding();
      giveDrawing()();
    } else if (colourDrawing.getState().strokes.length === 0) pictureStore.getState().clear();
    setDrawing(next);
  };
  return [isOn, change];
}

/** Takes pictures that are pasted anywhere on the page but into a field. */
function usePaste({ stop }: Camera): void {
  useEffect(() => {
    const handlePaste = (event: ClipboardEvent) => {
      const { target, clipboardData } = event;
      const isField =
        target instanceof Element && target.closest('input:not([type="file"]), textarea, [contenteditable]');
      if (isField || !clipboardData || clipboardData.files.length === 0) return;
      event.preventDefault();
      stop();
      void takeTransfer(clipboardData);
    };
    document.addEventListener('paste', handlePaste);
    return () => document.removeEventListener('paste', handlePaste);
  }, [stop]);
}

/** The picture with its cut, and the cut's size. */
function Cut({ picture }: { readonly picture: Picture }) {
  const words = usePictureWords();
  const crop = useStore(shownPictures.store, (state) => state.crop);
  const isStretched = useStore(pictureStore, (state) => state.faults.has('stretched'));
  const { pixels } = picture;
  if (!crop) return null;
  const handleCrop = (next: Crop) => pictureStore.getState().cut(next);
  const most = Math.min(pixels.width, pixels.height);
  return (
    <>
      <PictureFrame
        pixels={pixels}
        crop={isStretched ? null : crop}
        onCrop={handleCrop}
        messages={words.frame}
      />
      {most > LEAST_SIDE ? (
        <Slider
          label={words.zoom}
          value={crop.side}
          minimum={LEAST_SIDE}
          maximum={most}
          onChange={(side) => handleCrop(scaleCrop(crop, side / crop.side, pixels))}
          formatValue={words.zoomValue}
        />
      ) : null}
    </>
  );
}

function CameraButton({ camera }: { readonly camera: Camera }) {
  const words = usePictureWords();
  const isOff = camera.state === 'off';
  return (
    <Button aria-pressed={camera.state === 'on'} onClick={isOff ? camera.start : camera.stop}>
      {isOff ? words.camera : camera.state === 'asking' ? words.cameraAsking : words.cameraStop}
    </Button>
  );
}

/** Milliseconds over which frames are counted. */
const COUNTED_MS = 2000;

/** How many of the camera's frames are answered a second. */
function Rate() {
  const words = usePictureWords();
  const revision = useRun((run) => run?.model.last?.revision ?? null);
  const times = useRef<number[]>([]);
  const [rate, setRate] = useState<number | null>(null);
  useEffect(() => {
    if (revision !== null) times.current.push(performance.now());
  }, [revision]);
  useEffect(() => {
    const timer = setInterval(() => {
      const since = performance.now() - COUNTED_MS;
      times.current = times.current.filter((time) => time >= since);
      setRate(times.current.length / (COUNTED_MS / 1000));
    }, COUNTED_MS / 4);
    return () => clearInterval(timer);
  }, []);
  return rate === null ? null : <p className={styles.rate}>{words.rate(rate.toFixed(0))}</p>;
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** The pictures that ship with the site as a toolbar: one stop of the Tab key, arrow keys within. */
function Gallery({ onChoose }: { readonly onChoose: () => void }) {
  const words = usePictureWords();
  const weightWords = useWeightWords();
  const origin = useStore(shownPictures.store, (state) => state.picture?.origin ?? null);
  const chosen = origin?.kind === 'sample' ? samples.find(({ id }) => id === origin.id) : undefined;
  const [focused, setFocused] = useState(0);
  const captionId = useId();
  const handleKey = (event: KeyboardEvent<HTMLButtonElement>) => {
    const ends: Readonly<Record<string, number>> = { Home: 0, End: samples.length - 1 };
    const step = steps[event.key];
    const next = step === undefined ? ends[event.key] : (focused + step + samples.length) % samples.length;
    if (next === undefined) return;
    event.preventDefault();
    setFocused(next);
    const button = event.currentTarget.parentElement?.children[next];
    if (button instanceof HTMLElement) button.focus();
  };
  const handleChoose = (sample: Sample) => {
    onChoose();
    void takeSample(sample);
  };
  return (
    <div className={styles.gallery}>
      <span id={captionId} className={styles.caption}>
        {words.samples}
      </span>
      <div role="toolbar" aria-labelledby={captionId} className={styles.thumbs}>
        {samples.map((sample, index) => {
          const label = words.sample(nameOfClass(weightWords, sample.shows), sample.title);
          return (
            <button
              key={sample.id}
              type="button"
              className={styles.thumb}
              aria-label={label}
              title={label}
              aria-pressed={sample === chosen}
              tabIndex={index === focused ? 0 : -1}
              onFocus={() => setFocused(index)}
              onKeyDown={handleKey}
              onClick={() => handleChoose(sample)}
            >
              <img src={sampleUrl(sample)} alt="" width={32} height={32} loading="lazy" decoding="async" />
            </button>
          );
        })}
      </div>
      {chosen ? (
        <p className={styles.quiet}>
          {chosen.from === 'site' ? words.creditOwn(chosen.title) : words.credit(chosen.title, chosen.author)}
        </p>
      ) : null}
    </div>
  );
}
