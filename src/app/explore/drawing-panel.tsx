import { DigitPad } from '../../components/digit-pad/digit-pad.tsx';
import { ReceivedImage } from '../../components/digit-pad/received-image.tsx';
import { useMessages } from '../i18n/index.tsx';
import { drawing } from './drawing.ts';
import { useRun } from './run-provider.tsx';

/** The digit that is written for a visitor who has drawn nothing yet: the page shows at once what it does. */
const DEMONSTRATED = 7;

/** The pad, and the picture that the network makes of what is on it. */
export function DrawingPanel() {
  const { digitPad } = useMessages();
  const prepared = useRun((run) => run?.prepared);
  return (
    <>
      <DigitPad
        drawing={drawing}
        messages={digitPad}
        // Once there is something that reads it.
        {...(prepared ? { warnings: prepared.warnings, demonstrated: DEMONSTRATED } : {})}
      />
      <ReceivedImage prepared={prepared} messages={digitPad} />
    </>
  );
}
