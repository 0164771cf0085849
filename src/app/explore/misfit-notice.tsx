import { Button } from '../../components/ui/button.tsx';
import type { Architecture, KnobId } from '../../engine/spec/types.ts';
import { noKnobs, useKnobs } from '../state/url.ts';
import styles from './explore.module.css';
import { useWeightWords } from './picture/use-picture-words.ts';

/** That the weights that ship are of a network with other numbers than the one on the page, and the way to it. */
export default function MisfitNotice({
  published,
  shown,
}: {
  readonly published: Architecture;
  readonly shown: Architecture;
}) {
  const words = useWeightWords();
  const [, setKnobs] = useKnobs();
  const entries = Object.entries(published.values ?? {}) as [KnobId, number][];
  const changed = entries.filter(([id, value]) => shown.values?.[id] !== value);
  return (
    <div className={styles.weightsElsewhere}>
      <p>{words.misfit(changed.map(([id, value]) => `${words.knobs[id]} ${value}`).join(', '))}</p>
      <Button onClick={() => setKnobs(noKnobs)}>{words.misfitOpen}</Button>
    </div>
  );
}
