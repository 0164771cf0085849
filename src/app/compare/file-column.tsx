import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { rankPredictions } from '../../components/probabilities/rank.ts';
import { useFileAnswer } from '../build/file-panels.tsx';
import type { OpenedFile } from '../build/opened-store.ts';
import { useRun } from '../explore/run-provider.tsx';
import { queryClient } from '../queries/query-client.ts';
import type { ColumnAnswer } from './agreement.ts';
import ColumnMap from './column-map.tsx';
import type { ColumnsStore } from './columns-store.ts';
import type { MapChoice } from './map-choice.ts';

interface FileColumnProps {
  readonly opened: OpenedFile;
  readonly title: string;
  readonly choice: MapChoice;
  readonly store: ColumnsStore;
  readonly of: string;
  readonly onAnswer: (answer: ColumnAnswer | null) => void;
}

/** What the network of a file says, told to the other columns, and where it looked. */
export default function FileColumn(props: FileColumnProps) {
  return (
    <QueryClientProvider client={queryClient}>
      <Told {...props} />
    </QueryClientProvider>
  );
}

function Told({ opened, title, choice, store, of, onAnswer }: FileColumnProps) {
  // Beside others a class is told by its name alone.
  const { set, names, answer } = useFileAnswer(opened);
  const isCurrent = useRun((run) => run?.current ?? false);
  const first = answer ? rankPredictions(answer.probabilities, names)[0] : undefined;
  const index = isCurrent ? (first?.index ?? null) : null;
  useEffect(() => {
    if (index === null) return;
    const label = names[index] ?? String(index);
    // A class of its own for the background, in front of ImageNet's, moves none of their names.
    onAnswer({ title, task: set === 'none' ? null : set, name: label, label });
  }, [onAnswer, index, names, title, set]);
  return choice.method === 'none' ? null : <ColumnMap choice={choice} labels={names} store={store} of={of} />;
}
