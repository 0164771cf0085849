import { useMemo, useState } from 'react';
import { Button } from '../../components/ui/button.tsx';
import { torchCode } from '../../engine/torch/code.ts';
import { useMessages } from '../i18n/index.tsx';
import type { SectionProps } from './about-area.tsx';
import styles from './explore.module.css';

/** The network as a PyTorch module, to read and to copy. */
export default function TorchPart({ analysis }: SectionProps) {
  const { explore } = useMessages();
  const text = useMemo(() => torchCode(analysis.graph), [analysis]);
  const [outcome, setOutcome] = useState<'copied' | 'copyFailed' | null>(null);
  const copy = () => {
    Promise.resolve(navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'))).then(
      () => setOutcome('copied'),
      () => setOutcome('copyFailed'),
    );
  };
  return (
    <div className={styles.code}>
      <p className={styles.quiet}>{explore.codeHint}</p>
      <Button onClick={copy}>{explore.copy}</Button>
      <span role="status" className={styles.quiet}>
        {outcome ? explore[outcome] : ''}
      </span>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keys. */}
      <pre tabIndex={0}>{text}</pre>
    </div>
  );
}
