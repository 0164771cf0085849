import { memo, useDeferredValue } from 'react';
import { useStore } from 'zustand';
import { PictureSteps } from '../../../components/picture/picture-steps.tsx';
import { pictureStore } from '../../state/picture-store.ts';
import { useRun } from '../run-provider.tsx';
import { usePictureWords } from './use-picture-words.ts';

const Steps = memo(PictureSteps);

/** The picture's way into the network, step by step; nothing while there is no picture. */
export function PictureWay() {
  const { steps } = usePictureWords();
  // The answer does not wait for the way to it.
  const prepared = useDeferredValue(useRun((run) => run?.picture?.prepared ?? null));
  const standard = useDeferredValue(useRun((run) => run?.picture?.standard ?? null));
  const faults = useStore(pictureStore, (state) => state.faults);
  const { setFault, mend } = pictureStore.getState();
  if (!prepared || !standard) return null;
  return (
    <Steps
      prepared={prepared}
      standard={standard}
      faults={faults}
      onFault={setFault}
      onMend={mend}
      messages={steps}
    />
  );
}
