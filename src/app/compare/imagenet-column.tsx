import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { rankPredictions } from '../../components/probabilities/rank.ts';
import { Disclosure } from '../../components/ui/disclosure.tsx';
import type { Architecture } from '../../engine/spec/types.ts';
import { useRun } from '../explore/run-provider.tsx';
import { compare as en } from '../i18n/en/compare.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { compare as zh } from '../i18n/zh/compare.ts';
import { useClassNames } from '../models/chosen-answer.tsx';
import type { ImageNetWeights } from '../models/imagenet-weights.ts';
import { openingStore, readyWeights } from '../models/open-weights.ts';
import { deviceMemory, refuseMemory } from '../models/run-memory.ts';
import { keptQuery, weightStore } from '../models/weights.ts';
import { memoryOfWeights, WeightRows, WeightsRow } from '../models/weights-row.tsx';
import { queryClient } from '../queries/query-client.ts';
import type { ColumnAnswer } from './agreement.ts';
import ColumnMap from './column-map.tsx';
import type { ColumnsStore } from './columns-store.ts';
import { chooseWeights, comparedWeights } from './compared-weights.ts';
import type { MapChoice } from './map-choice.ts';

interface ImageNetColumnProps {
  readonly published: Architecture;
  /** Weights that this network can run with. */
  readonly offered: readonly ImageNetWeights[];
  /** Bytes that the other columns' runs take. */
  readonly beside: number;
  readonly title: string;
  readonly choice: MapChoice;
  readonly store: ColumnsStore;
  readonly of: string;
  readonly onAnswer: (answer: ColumnAnswer | null) => void;
}

/** A network with ImageNet's weights: what it says, told to the other columns, where it looked, and which to fetch or use. */
export default function ImageNetColumn(props: ImageNetColumnProps) {
  const isRunning = useStore(comparedWeights, (columns) => columns.get(props.of) != null);
  return (
    <QueryClientProvider client={queryClient}>
      {isRunning ? <Told {...props} /> : null}
      <Weights {...props} />
    </QueryClientProvider>
  );
}

/** The weights, with what is to be known before any is fetched. */
function Weights({ published, offered, beside, of }: ImageNetColumnProps) {
  const { picture } = useTopic({ en, zh });
  const model = useStore(comparedWeights, (columns) => columns.get(of));
  const { data: kept } = useQuery(keptQuery);
  const opening = useStore(openingStore, (state) => state.opening);
  const arrived = useStore(weightStore, (state) => state.arrived);
  const isOpening = offered.some(({ id }) => opening.has(id));
  const others = useRef(beside);
  useEffect(() => {
    others.current = beside;
  }, [beside]);
  // What this browser has is used, one file after the other: each has to fit beside those before it.
  const stored =
    model === undefined && !isOpening
      ? offered.find(
          (weights) => weights.id in arrived || kept?.files.some(({ sha256 }) => sha256 === weights.sha256),
        )
      : undefined;
  const open = async (weights: ImageNetWeights) => {
    await readyWeights(published, weights, (ready) => {
      // Another column may have begun to run meanwhile.
      const refusal = refuseMemory(memoryOfWeights(published, weights), deviceMemory(), others.current);
      if (!refusal) chooseWeights(of, ready);
    });
  };
  return (
    <Disclosure summary={picture.weights} defaultOpen={model == null}>
      <WeightRows>
        {offered.map((weights) => (
          <WeightsRow
            key={weights.id}
            published={published}
            weights={weights}
            isInUse={model?.model === weights.id}
            isAsked={stored?.id === weights.id}
            beside={beside}
            onOpen={open}
            onLeave={() => chooseWeights(of, null)}
          />
        ))}
      </WeightRows>
    </Disclosure>
  );
}

function Told({ title, choice, store, of, onAnswer }: ImageNetColumnProps) {
  const probabilities = useRun((run) =>
    run?.picture && run.current ? (run.model.last?.probabilities ?? null) : null,
  );
  const classes = useRun((run) => run?.model.last?.probabilities.length ?? 0);
  const { labels } = useClassNames('imagenet', classes);
  const index = probabilities ? (rankPredictions(probabilities, labels)[0]?.index ?? null) : null;
  useEffect(() => {
    if (index === null) return;
    const label = labels[index] ?? String(index);
    onAnswer({ title, task: 'imagenet', name: label, label });
  }, [onAnswer, index, labels, title]);
  // What no longer runs has no say.
  useEffect(() => () => onAnswer(null), [onAnswer]);
  return choice.method === 'none' ? null : (
    <ColumnMap choice={choice} labels={labels} store={store} of={of} />
  );
}
