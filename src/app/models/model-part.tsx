import { QueryClientProvider, useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Button } from '../../components/ui/button.tsx';
import { formatBytes, formatInteger, formatShape } from '../../engine/cost/format.ts';
import type { Architecture, KnobId } from '../../engine/spec/types.ts';
import { usePageCommands } from '../commands/page-commands.ts';
import { actionCommand } from '../commands/site-commands.ts';
import { trainedNetworks } from '../explore/trained-networks.ts';
import type { Analysis } from '../explore/use-analysis.ts';
import { cardQuery } from '../queries/model-queries.ts';
import { queryClient } from '../queries/query-client.ts';
import { type ImageNetModel, runningStore, useRunningModel } from '../state/running-model.ts';
import { noKnobs, useKnobs, useModel } from '../state/url.ts';
import { type ImageNetWeights, weightsFor } from './imagenet-weights.ts';
import styles from './model-part.module.css';
import { SEED, takesPictures } from './model-sources.ts';
import { openWeights } from './open-weights.ts';
import { runMemory } from './run-memory.ts';
import { useModelWords } from './use-model-words.ts';
import { Fact, InUse, Row, useMemory, WeightRows, WeightsRow } from './weights-row.tsx';

const StorageDialog = lazy(() => import('./storage-dialog.tsx'));

/** What the part is told. */
export interface ModelPartProps {
  readonly published: Architecture;
  /** The same with the address's numbers. */
  readonly architecture: Architecture;
  readonly analysis: Analysis;
}

/** The weights that a network can run with: what each costs, is worth and comes from, before anything is fetched. */
export default function ModelPart(props: ModelPartProps) {
  return (
    <QueryClientProvider client={queryClient}>
      <Models {...props} />
    </QueryClientProvider>
  );
}

/** Brings what runs into view: it stands above its choice. */
function showStage(): void {
  // Once the page is laid out with it.
  setTimeout(() => {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    document
      .querySelector('[data-reads]')
      ?.scrollIntoView({ block: 'start', behavior: isStill ? 'auto' : 'smooth' });
  }, 50);
}

/** The address's model, and how it is chosen and left. */
function useChoice(published: Architecture) {
  const [model, setModel] = useModel();
  const [, setKnobs] = useKnobs();
  const leave = () => {
    runningStore.setState({ running: null });
    setModel(null);
  };
  return {
    model,
    leave,
    /** What ships is of the published numbers. */
    trained() {
      leave();
      setKnobs(noKnobs);
    },
    random() {
      runningStore.setState({ running: { kind: 'random', network: published.id, model: 'random' } });
      setModel('random');
      showStage();
    },
    async open(weights: ImageNetWeights) {
      if (!(await openWeights(published, weights))) return;
      const values = Object.entries(weights.values ?? {}) as [KnobId, number][];
      if (values.length > 0) setKnobs(Object.fromEntries(values.map(([id, value]) => [id, String(value)])));
      setModel(weights.id);
      showStage();
    },
  };
}

function Models({ published, architecture, analysis }: ModelPartProps) {
  const words = useModelWords();
  const choice = useChoice(published);
  const { model } = choice;
  const running = useRunningModel(architecture, model);
  const offered = weightsFor(published.id);
  const hasTrained = trainedNetworks.has(published.id);
  const [isStorageOpen, setStorageOpen] = useState(false);
  usePageCommands(() => [
    actionCommand('storage', words.storage.open, words.storage.words, () => setStorageOpen(true)),
  ]);
  const isKnown = model === null || model === 'random' || offered.some(({ id }) => id === model);
  return (
    <div className={styles.models}>
      <header className={styles.head}>
        <h2>{words.title}</h2>
        {hasTrained ? null : <p>{words.nothingBefore}</p>}
        <Button variant="quiet" onClick={() => setStorageOpen(true)}>
          {words.storage.open} …
        </Button>
      </header>
      {isKnown ? null : (
        <p role="alert" className={styles.problem}>
          {words.unknown(model)}
        </p>
      )}
      <WeightRows>
        {hasTrained ? (
          <TrainedRow
            id={published.id}
            isInUse={model === null && architecture === published}
            onUse={choice.trained}
          />
        ) : null}
        {offered.map((weights) => (
          <WeightsRow
            key={weights.id}
            published={published}
            weights={weights}
            isInUse={running?.model === weights.id}
            isAsked={model === weights.id}
            onOpen={choice.open}
            onLeave={choice.leave}
          />
        ))}
        {takesPictures(analysis.trained) ? (
          <RandomRow
            analysis={analysis}
            isInUse={running?.kind === 'random'}
            isAsked={model === 'random'}
            onRun={choice.random}
            onLeave={choice.leave}
          />
        ) : null}
      </WeightRows>
      {running?.kind === 'imagenet' ? <Differences running={running} /> : null}
      {offered.length > 0 ? <p className={styles.source}>{words.accuracySource}</p> : null}
      {isStorageOpen ? (
        <Suspense fallback={null}>
          <StorageDialog onClose={() => setStorageOpen(false)} />
        </Suspense>
      ) : null}
    </div>
  );
}

function TrainedRow({
  id,
  isInUse,
  onUse,
}: {
  readonly id: string;
  readonly isInUse: boolean;
  readonly onUse: () => void;
}) {
  const words = useModelWords();
  const { data: card } = useQuery(cardQuery(id));
  if (!card) return null;
  const name = words.trained(words.tasks[card.task as keyof typeof words.tasks] ?? card.task);
  return (
    <Row
      name={name}
      origin={words.trainedOrigin}
      isInUse={isInUse}
      facts={
        <>
          <Fact label={words.columns.size}>{formatBytes(card.bytes)}</Fact>
          <Fact label={words.columns.accuracy} note={words.testPictures(formatInteger(card.accuracy.images))}>
            {words.top1((100 * card.accuracy.test).toFixed(2))}
          </Fact>
          <Fact label={words.columns.licence}>{card.licence.weights}</Fact>
        </>
      }
      action={
        isInUse ? (
          <InUse name={name} onLeave={null} />
        ) : (
          <Button aria-label={words.action(words.use, name)} onClick={onUse}>
            {words.use}
          </Button>
        )
      }
    />
  );
}

function RandomRow({
  analysis: { costs },
  isInUse,
  isAsked,
  onRun,
  onLeave,
}: {
  readonly analysis: Analysis;
  readonly isInUse: boolean;
  readonly isAsked: boolean;
  readonly onRun: () => void;
  readonly onLeave: () => void;
}) {
  const words = useModelWords();
  const { parameters, buffers, activations } = costs.total;
  const weightBytes = 4 * (parameters + buffers);
  const memory = useMemory(runMemory(weightBytes, activations, 'made'));
  const isRefused = memory.refusal !== null;
  // Another input size may ask for more than there is: what runs is then ended.
  useEffect(() => {
    if (isInUse && isRefused) onLeave();
  });
  return (
    <Row
      name={words.random}
      origin={words.randomOrigin(SEED)}
      isInUse={isInUse}
      facts={
        <>
          <Fact label={words.columns.size}>{formatBytes(weightBytes)}</Fact>
          <Fact label={words.columns.accuracy} note={words.guessing}>
            {words.none}
          </Fact>
          <Fact label={words.columns.licence}>{words.none}</Fact>
          {memory.fact}
        </>
      }
      action={
        isInUse ? (
          <InUse name={words.random} onLeave={onLeave} />
        ) : (
          <Button disabled={isRefused} onClick={onRun}>
            {words.runRandom}
          </Button>
        )
      }
    >
      {memory.sentence}
      {isAsked && !isInUse && !isRefused ? <p className={styles.note}>{words.press}</p> : null}
    </Row>
  );
}

/** Layers that are named; there may be dozens. */
const NAMED = 3;

/** Where a file's network differs from the page's. */
function Differences({ running }: { readonly running: ImageNetModel }) {
  const words = useModelWords();
  const { isSame, weights, adopted } = running;
  const { changed, absorbed } = adopted;
  const sentences = [
    ...(changed.length > 0
      ? [
          words.changed(
            changed.length,
            changed
              .slice(0, NAMED)
              .map(({ id, own, file }) => words.changedLayer(id, formatShape(own), formatShape(file)))
              .join('; ') + (changed.length > NAMED ? ' …' : ''),
          ),
        ]
      : []),
    ...(absorbed.length > 0 ? [words.absorbed(absorbed.length)] : []),
  ];
  return (
    <p className={styles.note}>
      {!isSame
        ? words.otherNetwork
        : sentences.length === 0
          ? words.asDefined
          : `${words.sameNetwork} ${sentences.join(' ')}`}{' '}
      {weights.kind === 'int8' ? words.quantised : ''}
    </p>
  );
}
