import { lazy, Suspense, useMemo } from 'react';
import { architectures } from '../../architectures/index.ts';
import { Disclosure } from '../../components/ui/disclosure.tsx';
import { formatBytes, formatMilliseconds } from '../../engine/cost/format.ts';
import type { Backend } from '../../engine/runtime/protocol.ts';
import { runObstacle } from '../build/file-source.ts';
import type { OpenedFile } from '../build/opened-store.ts';
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
import type { Side } from './sides.ts';

const PictureDriver = lazy(() =>
  import('../explore/picture/picture-run.tsx').then(({ PictureDriver: driver }) => ({ default: driver })),
);
const FileRun = lazy(() => import('../build/file-run.tsx'));
const filePanels = () => import('../build/file-panels.tsx');
const FileAnswer = lazy(() => filePanels().then(({ FileAnswer: answer }) => ({ default: answer })));
const FileWay = lazy(() => filePanels().then(({ FileWay: way }) => ({ default: way })));
const ExplainingPart = lazy(() => import('../explore/explaining/explaining-part.tsx'));

/** Networks whose shipped weights read pictures. */
const readers = [...trainedNetworks].filter((id) => !digitNetworks.has(id));

/** A compared network that can be given a picture here. */
type PictureReader = {
  readonly key: string;
  readonly title: string;
  /** Its place in the comparison, which has a colour. */
  readonly place: number;
} & (
  | { readonly kind: 'shipped'; readonly id: string }
  | { readonly kind: 'file'; readonly opened: OpenedFile }
);

/** A side as something that reads pictures; null where nothing that runs here does. */
function readerOf(side: Side, place: number): PictureReader | null {
  const { title, entry } = side;
  if (side.kind === 'network') {
    const { id } = side.entry;
    // Trained weights are of the published numbers.
    return entry.text === id && readers.includes(id) ? { kind: 'shipped', key: id, title, place, id } : null;
  }
  const { opened } = side;
  const isOwnSize = opened.isSizeOpen || opened.input === null;
  const key = `${opened.id} ${opened.model.graph.input.join('×')}`;
  return runObstacle(opened.model) === null && isOwnSize ? { kind: 'file', key, title, place, opened } : null;
}

const titlesOf = (sides: readonly Side[]): string => sides.map(({ title }) => title).join(', ');

/** One picture through every compared network that can read one here, at once. */
export default function SamePicturePart({ sides }: { readonly sides: readonly Side[] }) {
  const words = useTopic({ en, zh });
  const able = useMemo(() => sides.flatMap((side, place) => readerOf(side, place) ?? []), [sides]);
  const unable = sides.filter((_, place) => !able.some((one) => one.place === place));
  const untrained = unable.filter(({ kind }) => kind === 'network');
  const stuck = unable.filter(({ kind }) => kind === 'file');
  const texts = sides.map(({ entry }) => entry.text);
  // Those that are not there yet: as many as there is room for.
  const offered = readers.filter((id) => !texts.includes(id)).slice(0, MOST_COMPARED);
  return (
    <div className={styles.part}>
      {untrained.length > 0 ? (
        <p className={styles.note}>{words.picture.noWeights(titlesOf(untrained))}</p>
      ) : null}
      {stuck.length > 0 ? <p className={styles.note}>{words.picture.cannotRun(titlesOf(stuck))}</p> : null}
      {texts.length < MOST_COMPARED && offered.length > 0 ? (
        <p className={styles.note}>
          {words.picture.offer}{' '}
          {offered.map((id, index) => (
            <span key={id}>
              {index > 0 ? ', ' : ''}
              <Link href={compareHref([...texts, id])}>{architectures.get(id)?.title ?? id}</Link>
            </span>
          ))}
        </p>
      ) : null}
      {able.length === 0 ? (
        <p className={styles.note}>
          <Link href={compareHref(readers.slice(0, MOST_COMPARED))}>{words.picture.instead}</Link>
        </p>
      ) : (
        <Columns readers={able} />
      )}
    </div>
  );
}

/** The picture, and what each network says. */
function Columns({ readers: all }: { readonly readers: readonly PictureReader[] }) {
  const [choice] = useBackend();
  const backend: Backend = choice === 'webgpu' ? 'webgpu' : 'wasm';
  return (
    <div className={styles.columns}>
      {all.map((reader, index) => (
        <FigureStoreProvider key={reader.key} open={[]}>
          <Reader reader={reader} backend={backend} givesPicture={index === 0} />
        </FigureStoreProvider>
      ))}
    </div>
  );
}

function Reader({
  reader,
  backend,
  givesPicture,
}: {
  readonly reader: PictureReader;
  readonly backend: Backend;
  /** Whether the field for the picture stands before it: one serves all. */
  readonly givesPicture: boolean;
}) {
  const source = useMemo(() => (reader.kind === 'shipped' ? shippedSource(reader.id) : null), [reader]);
  return (
    <RunProvider
      reads="pictures"
      of={reader.key}
      drive={(store) =>
        reader.kind === 'file' ? (
          <FileRun opened={reader.opened} backend={backend} store={store} />
        ) : source ? (
          <PictureDriver source={source} backend={backend} store={store} />
        ) : null
      }
    >
      {givesPicture ? (
        <div className={styles.picture}>
          <PicturePanel />
        </div>
      ) : null}
      <section className={styles.column} data-place={reader.place} aria-label={reader.title}>
        <Said reader={reader} />
      </section>
    </RunProvider>
  );
}

/** One network's answer, how sure, how fast, and where it looked. */
function Said({ reader }: { readonly reader: PictureReader }) {
  const words = useTopic({ en, zh });
  const card = useRun((run) => run?.model.card ?? null);
  const clocks = useRun((run) => run?.model.clocks ?? null);
  const last = useRun((run) => run?.model.last ?? null);
  const hasPicture = useRun((run) => run?.picture != null);
  const problem = useRun((run) => run?.model.runtimeProblem ?? run?.model.weightsProblem ?? null);
  return (
    <>
      <h3>{reader.title}</h3>
      <p className={styles.about}>
        {reader.kind === 'file'
          ? words.picture.ownFile(formatBytes(reader.opened.file.size))
          : card
            ? words.picture.accuracy(`${(100 * card.accuracy.test).toFixed(2)} %`, formatBytes(card.bytes))
            : words.picture.loading}
      </p>
      {reader.kind === 'file' ? (
        <Suspense fallback={null}>
          <FileAnswer opened={reader.opened} />
          <Disclosure summary={words.picture.prepared}>
            {hasPicture ? (
              <FileWay opened={reader.opened} />
            ) : (
              <p className={styles.about}>{words.picture.noPicture}</p>
            )}
          </Disclosure>
        </Suspense>
      ) : (
        <PictureAnswer />
      )}
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
