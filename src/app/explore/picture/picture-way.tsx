import { useStore } from 'zustand';
import { PictureSteps } from '../../../components/picture/picture-steps.tsx';
import { pictureStore } from '../../state/picture-store.ts';
import { useRun } from '../run-provider.tsx';
import { usePictureWords } from './use-picture-words.ts';

/** The picture's way into the network, step by step; nothing while there is no picture. */
export function PictureWay() {
  const { steps } = usePictureWords();
  const picture = useRun((run) => run?.picture ?? null);
  const faults = useStore(pictureStore, (state) => state.faults);
  const { setFault, mend } = pictureStore.getState();
  if (!picture) return null;
  return (
    <PictureSteps
      prepared={picture.prepared}
      standard={picture.standard}
      faults={faults}
      onFault={setFault}
      onMend={mend}
      messages={steps}
    />
  );
}
