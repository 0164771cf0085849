import { lazy, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { formatBytes } from '../../engine/cost/format.ts';
import { initialOpenGroups } from '../../engine/layout/figure-layers.ts';
import { writeFileEntry } from '../compare/entries.ts';
import { compareHref } from '../compare/hrefs.ts';
import { NetworkPage } from '../explore/network-page.tsx';
import { RunProvider } from '../explore/run-provider.tsx';
import { useGraphAnalysis } from '../explore/use-analysis.ts';
import { Link } from '../link.tsx';
import { deviceMemory, refuseMemory } from '../models/run-memory.ts';
import { FigureStoreProvider } from '../state/figure-store.tsx';
import { OwnDtype, useBackend } from '../state/url.ts';
import styles from './build.module.css';
import { FileNotices } from './file-notices.tsx';
import { memoryOfFile, runObstacle } from './file-source.ts';
import { OpenPanel } from './open-panel.tsx';
import { openedFile } from './opened-file.ts';
import type { OpenedFile } from './opened-store.ts';
import { ownDtypeOf } from './own-dtype.ts';
import { useBuildWords } from './use-build-words.ts';
import { useFileDrop } from './use-file-drop.ts';

const FileRun = lazy(() => import('./file-run.tsx'));
const panels = () => import('./file-panels.tsx');
const FileInput = lazy(() => panels().then(({ FileInput: input }) => ({ default: input })));
const FileAnswer = lazy(() => panels().then(({ FileAnswer: answer }) => ({ default: answer })));
const FileExplaining = lazy(() => panels().then(({ FileExplaining: parts }) => ({ default: parts })));
const FileWay = lazy(() => panels().then(({ FileWay: way }) => ({ default: way })));

/** Boxes that a figure starts with at most: more do not fit on a usual screen, and folds show what they hold. */
const FIRST_BOXES = 12;

const hasNetwork = (): boolean => openedFile.getState().opened !== null;

/** One's own network: a file is opened here, and shown as any network of the atlas. */
export function BuildPage() {
  const words = useBuildWords();
  const opened = useStore(openedFile, (state) => state.opened);
  const isOver = useFileDrop(hasNetwork);
  return (
    <div className={styles.page} data-over={isOver}>
      {opened ? (
        <Opened key={opened.id} opened={opened} />
      ) : (
        <div className={styles.first}>
          <h1>{words.title}</h1>
          <p className={styles.lede}>{words.lede}</p>
          <OpenPanel isFirst />
          <ul className={styles.takes}>
            {words.takes.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
          <p className={styles.privacy}>{words.privacy}</p>
        </div>
      )}
    </div>
  );
}

/** The network of a file on the page. */
function Opened({ opened }: { readonly opened: OpenedFile }) {
  const words = useBuildWords();
  const [backend] = useBackend();
  const { file, model, ownInput, isSizeOpen, input } = opened;
  const { graph, opset, producer } = model;
  const measured = useGraphAnalysis(graph, ownInput);
  // Where the file leaves the size open, every size is the network's own.
  const analysis = useMemo(
    () => (isSizeOpen ? { ...measured, usualInput: true } : measured),
    [measured, isSizeOpen],
  );
  const [open] = useState(() => initialOpenGroups(graph, FIRST_BOXES));
  // Weights behind a flattened image fit one size, and a fixed input takes no other.
  const memory = useMemo(() => memoryOfFile(model), [model]);
  const refusal = refuseMemory(memory, deviceMemory());
  const runs = runObstacle(model) === null && analysis.usualInput && refusal === null;
  const types = [...model.weights.byType].filter(([, bytes]) => bytes > 0).sort(([, a], [, b]) => b - a);
  return (
    <OwnDtype value={ownDtypeOf(model)}>
      <FigureStoreProvider open={open}>
        <RunProvider
          reads={runs ? 'pictures' : null}
          drive={(store) => (
            <FileRun opened={opened} backend={backend === 'webgpu' ? 'webgpu' : 'wasm'} store={store} />
          )}
        >
          <NetworkPage
            opening={
              <>
                <OpenPanel isFirst={false} />
                <Link href={compareHref([writeFileEntry(opened)])}>{words.compare}</Link>
              </>
            }
            title={graph.title}
            subtitle={`${words.subtitle(file.name, formatBytes(file.size), opset, producer)}${words.weights(
              formatBytes(model.weights.bytes),
              types.map(([type, bytes]) => [type, formatBytes(bytes)] as const),
            )}`}
            architecture={null}
            analysis={analysis}
            inputChoice={[input, openedFile.getState().setInput]}
            isSet={input !== null}
            notices={
              <FileNotices
                model={model}
                ownInput={analysis.usualInput ? null : ownInput}
                memory={memory}
                refusal={refusal}
              />
            }
            panels={
              runs
                ? {
                    input: <FileInput opened={opened} />,
                    answer: <FileAnswer opened={opened} />,
                    way: <FileWay opened={opened} />,
                    explaining: <FileExplaining opened={opened} />,
                  }
                : null
            }
          />
        </RunProvider>
      </FigureStoreProvider>
    </OwnDtype>
  );
}
