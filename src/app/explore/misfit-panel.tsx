import { Button } from '../../components/ui/button.tsx';
import type { KnobId } from '../../engine/spec/types.ts';
import { useKnobs } from '../state/url.ts';
import styles from './picture/picture-panel.module.css';
import { usePictureWords, useWeightWords } from './picture/use-picture-words.ts';
import { useMisfit } from './run-provider.tsx';

/** In place of what is given to the network: that its weights are of one with other numbers, and the way to it. */
export default function MisfitPanel() {
  const words = usePictureWords();
  const { knobs } = useWeightWords();
  const [, setKnobs] = useKnobs();
  const entries = Object.entries(useMisfit() ?? {}) as [KnobId, number][];
  return (
    <div className={styles.panel}>
      <p className={styles.note}>
        {words.misfit(entries.map(([id, value]) => `${knobs[id]} ${value}`).join(', '))}
      </p>
      <Button onClick={() => setKnobs(Object.fromEntries(entries.map(([id]) => [id, null])))}>
        {words.misfitOpen}
      </Button>
    </div>
  );
}
