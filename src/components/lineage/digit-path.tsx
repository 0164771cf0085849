import styles from './digit-path.module.css';
import type { StackBar } from './stack-bars.ts';
import { StackVolumes } from './stack-volumes.tsx';

/** What the picture says. */
export interface DigitPathMessages {
  readonly padCaption: string;
  readonly networkCaption: string;
  readonly answerCaption: string;
}

/** Properties of the picture. */
export interface DigitPathProps {
  /** The stack of the network that reads the digit. */
  readonly bars: readonly StackBar[];
  readonly messages: DigitPathMessages;
}

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** From a pen stroke through a network's layers to its ten outputs: the way that a drawn digit goes. */
export const DigitPath = ({ bars, messages }: DigitPathProps) => (
  <div className={styles.path}>
    <div className={styles.step}>
      <svg className={styles.pad} viewBox="0 0 160 160" aria-hidden="true">
        <rect className={styles.ground} width="160" height="160" rx="10" />
        <path className={styles.stroke} pathLength={1} d="M44 47 C62 43 92 42 116 47 C104 71 86 92 77 128" />
        <path className={styles.bar} pathLength={1} d="M66 86 C78 83 92 83 106 84" />
      </svg>
      <p>{messages.padCaption}</p>
    </div>
    <div className={styles.step}>
      <StackVolumes bars={bars} height={108} className={styles.volumes ?? ''} />
      <p>{messages.networkCaption}</p>
    </div>
    <div className={styles.step}>
      <ol className={styles.digits} aria-hidden="true">
        {DIGITS.map((digit) => (
          <li key={digit}>{digit}</li>
        ))}
      </ol>
      <p>{messages.answerCaption}</p>
    </div>
  </div>
);
