import { lazy, Suspense, useMemo } from 'react';
import { architectures } from '../../architectures/index.ts';
import { Disclosure } from '../../components/ui/disclosure.tsx';
import { formatBytes, formatMilliseconds } from '../../engine/cost/format.ts';
import type { Backend } from '../../engine/runtime/protocol.ts';
import { PictureAnswer } from '../explore/picture/picture-answer.tsx';
import { PicturePanel } from '../explore/picture/picture-panel.tsx';
import { RunProvider, useRun } from '../explore/run-provider.tsx';
import { RuntimeStatus } from '../explore/runtime-status.tsx';
import { digitNetworks, trainedNetworks } from '../explore/trained-networks.ts';
import { compare as en } from '../i18n/en/compare.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { compare as zh } from '../i18n/zh/compare.ts';
import { Link } from '../link.tsx';
import { shippedSource } from '../queries/model-queries.ts';
import { FigureStoreProvider } from '../state/figure-store.tsx';
import { useBackend } from '../state/url.ts';
import { MOST_COMPARED } from './entries.ts';
import { compareHref } from './hrefs.ts';
import styles from './same-picture.module.css';

const PictureDriver = lazy(() =>
  import('../explore/picture/picture-run.tsx').then(({ PictureDriver: driver }) => ({ default: driver })),
);
const ExplainingPart = lazy(() => import('../explore/explaining/explaining-part.tsx'));

/** Networks whose shipped weights read pictures. */
const readers = [...trainedNetworks].filter((id) => !digitNetworks.has(id));

/** One picture through every compared network whose weights read pictures, at once. */
export default function SamePicturePart({ ids }: { readonly ids: readonly string[] }) {
  const words = useTopic({ en, zh });
  const able = ids.filter((id) => readers.includes(id));
  const unable = ids.filter((id) => !readers.includes(id));
  const titleOf = (id: string): string => architectures.get(id)?.title ?? id;
  const [first] = able;
  // Those that are not there yet: as many as there is room for.
  const offered = readers.filter((id) => !able.includes(id)).slice(0, MOST_COMPARED);
  return (
    <div className={styles.part}>
      {unable.length > 0 ? (
        <p className={styles.note}>{words.picture.noWeights(unable.map(titleOf).join(', '))}</p>
      ) : null}
      {ids.length < MOST_COMPARED && offered.length > 0 ? (
        <p className={styles.note}>
          {words.picture.offer}{' '}
          {offered.map((id, index) => (
            <span key={id}>
              {index > 0 ? ', ' : ''}
              <Link href={compareHref([...ids, id])}>{titleOf(id)}</Link>
            </span>
          ))}
        </p>
      ) : null}
      {first === undefined ? (
        <p className={styles.note}>
          <Link href={compareHref(readers.slice(0, MOST_COMPARED))}>{words.picture.instead}</Link>
        </p>
      ) : (
        <Columns ids={able} />
      )}
    </div>
  );
}

/** The picture, and what each network says. */
function Columns({ ids }: { readonly ids: readonly string[] }) {
  const [choice] = useBackend();
  const backend: Backend = choice === 'webgpu' ? 'webgpu' : 'wasm';
  return (
    <div className={styles.columns}>
      {ids.map((id, index) => (
        <FigureStoreProvider key={id} open={[]}>
          <Reader id={id} backend={backend} place={index} givesPicture={index === 0} />
        </FigureStoreProvider>
      ))}
    </div>
  );
}

function Reader({
  id,
  backend,
  place,
  givesPicture,
}: {
  readonly id: string;
  readonly backend: Backend;
  readonly place: number;
  /** Whether the field for the picture stands before it: one serves all. */
  readonly givesPicture: boolean;
}) {
  const source = useMemo(() => shippedSource(id), [id]);
  return (
    <RunProvider
      reads="pictures"
      of={id}
      drive={(store) => <PictureDriver source={source} backend={backend} store={store} />}
    >
      {givesPicture ? (
        <div className={styles.picture}>
          <PicturePanel />
        </div>
      ) : null}
      <section className={styles.column} data-place={place} aria-label={architectures.get(id)?.title ?? id}>
        <Said id={id} />
      </section>
    </RunProvider>
  );
}

/** One network's answer, how sure, how fast, and where it looked. */
function Said({ id }: { readonly id: string }) {
  const words = useTopic({ en, zh });
  const card = useRun((run) => run?.model.card ?? null);
  const clocks = useRun((run) => run?.model.clocks ?? null);
  const last = useRun((run) => run?.model.last ?? null);
  const problem = useRun((run) => run?.model.runtimeProblem ?? run?.model.weightsProblem ?? null);
  return (
    <>
      <h3>{architectures.get(id)?.title ?? id}</h3>
      <p className={styles.about}>
        {card
          ? words.picture.accuracy(`${(100 * card.accuracy.test).toFixed(2)} %`, formatBytes(card.bytes))
          : words.picture.loading}
      </p>
      <PictureAnswer />
      {clocks?.runMs != null ? (
        <p className={styles.about}>{words.picture.time(formatMilliseconds(clocks.runMs), clocks.runs)}</p>
      ) : null}
      {last ? (
        <Disclosure summary={words.picture.where}>
          <Suspense fallback={null}>
            <ExplainingPart />
          </Suspense>
        </Disclosure>
      ) : null}
      {problem ? <RuntimeStatus /> : null}
    </>
  );
}
