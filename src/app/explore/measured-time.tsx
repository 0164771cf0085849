import { architectures } from '../../architectures/index.ts';
import { TotalsItem } from '../../components/totals/totals.tsx';
import { formatInteger, formatMilliseconds } from '../../engine/cost/format.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { useMessages } from '../i18n/index.tsx';
import { useMeasuredTimes } from '../state/measured-times.ts';

/** The time of a run that was measured on this device before; nothing where none was, or the network is another by its numbers. */
export default function MeasuredTime({ architecture }: { readonly architecture: Architecture }) {
  const { explore, totals } = useMessages();
  const time = useMeasuredTimes()[architecture.id];
  if (!time || architectures.get(architecture.id) !== architecture) return null;
  return (
    <TotalsItem
      title={totals.run}
      figure="run"
      note={explore.oneRunNote(explore.by[time.backend], formatInteger(time.runs))}
    >
      {formatMilliseconds(time.ms)}
    </TotalsItem>
  );
}
