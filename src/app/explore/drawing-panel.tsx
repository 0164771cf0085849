import { DigitPad } from '../../components/digit-pad/digit-pad.tsx';
import { ReceivedImage } from '../../components/digit-pad/received-image.tsx';
import { useMessages } from '../i18n/index.tsx';
import { drawing } from './drawing.ts';
import { useRun } from './run-provider.tsx';

/** The pad, and the picture that the network makes of what is on it. */
export function DrawingPanel() {
  const { digitPad } = useMessages();
  const prepared = useRun((run) => run?.prepared);
  return (
    <>
      <DigitPad
        drawing={drawing}
        messages={digitPad}
        {...(prepared ? { warnings: prepared.warnings } : {})}
      />
      <ReceivedImage prepared={prepared} messages={digitPad} />
    </>
  );
}
