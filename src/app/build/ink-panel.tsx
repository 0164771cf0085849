import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { DigitPad } from '../../components/digit-pad/digit-pad.tsx';
import { Segmented } from '../../components/ui/segmented.tsx';
import type { DigitWarning } from '../../engine/runtime/preprocess/digit.ts';
import { drawing } from '../explore/drawing.ts';
import { PicturePanel } from '../explore/picture/picture-panel.tsx';
import { useMessages } from '../i18n/index.tsx';
import { pictureStore } from '../state/picture-store.ts';
import styles from './build.module.css';
import { giveDigit } from './digit-drawing.ts';
import type { OpenedFile } from './opened-store.ts';
import { useChoices } from './picture-choices.ts';
import { useBuildWords } from './use-build-words.ts';

/** Where the input of a network of one channel is given: drawn on the digit pad, or any picture in grey. */
export function InkPanel({ opened }: { readonly opened: OpenedFile }) {
  const { run } = useBuildWords();
  const { digitPad } = useMessages();
  const origin = useStore(pictureStore, ({ picture }) => picture?.origin.kind ?? 'digit');
  const { framing } = useChoices(opened);
  const [isPad, setPad] = useState(origin === 'digit');
  const [warnings, setWarnings] = useState<readonly DigitWarning[]>([]);
  // Another picture, from wherever, puts the pad away.
  const isOn = isPad && origin === 'digit';
  useEffect(() => (isOn ? giveDigit(framing, setWarnings) : undefined), [isOn, framing]);
  return (
    <>
      <Segmented
        label={run.source}
        value={isOn ? 'pad' : 'picture'}
        options={[
          { value: 'pad', label: run.sources.pad },
          { value: 'picture', label: run.sources.picture },
        ]}
        onChange={(source) => {
          // What was drawn stays on its pad.
          pictureStore.getState().clear();
          setPad(source === 'pad');
        }}
        className={styles.source ?? ''}
      />
      {isOn ? <DigitPad drawing={drawing} messages={digitPad} warnings={warnings} /> : <PicturePanel />}
    </>
  );
}
