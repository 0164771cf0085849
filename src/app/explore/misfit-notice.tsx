import { Button } from '../../components/ui/button.tsx';
import type { KnobId, KnobValues } from '../../engine/spec/types.ts';
import { useKnobs } from '../state/url.ts';
import styles from './explore.module.css';
import { usePictureWords, useWeightWords } from './picture/use-picture-words.ts';

/** That the weights that ship are of a network with other numbers than the one on the page, and the way to it. */
export default function MisfitNotice({ values }: { readonly values: KnobValues }) {
  const words = usePictureWords();
  const { knobs } = useWeightWords();
  const [, setKnobs] = useKnobs();
  const entries = Object.entries(values) as [KnobId, number][];
  return (
    <div className={styles.weightsElsewhere}>
      <p>{words.misfit(entries.map(([id, value]) => `${knobs[id]} ${value}`).join(', '))}</p>
      <Button onClick={() => setKnobs(Object.fromEntries(entries.map(([id]) => [id, null])))}>
        {words.misfitOpen}
      </Button>
    </div>
  );
}
