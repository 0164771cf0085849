import { lazy, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { formatBytes } from '../../engine/cost/format.ts';
import { initialOpenGroups } from '../../engine/layout/figure-layers.ts';
import { NetworkPage } from '../explore/network-page.tsx';
import { takeTransfer } from '../explore/picture/take-picture.ts';
import { RunProvider } from '../explore/run-provider.tsx';
import { useGraphAnalysis } from '../explore/use-analysis.ts';
import { FigureStoreProvider } from '../state/figure-store.tsx';
import { useBackend } from '../state/url.ts';
import styles from './build.module.css';
import { FileNotices } from './file-notices.tsx';
import { runObstacle } from './file-source.ts';
import { OpenPanel } from './open-panel.tsx';
import { openedFile } from './opened-file.ts';
import type { OpenedFile } from './opened-store.ts';
import { useBuildWords } from './use-build-words.ts';

const FileRun = lazy(() => import('./file-run.tsx'));
const panels = () => import('./file-panels.tsx');
const PicturePanel = lazy(() => panels().then(({ PicturePanel: panel }) => ({ default: panel })));
const FileAnswer = lazy(() => panels().then(({ FileAnswer: answer }) => ({ default: answer })));
const FileWay = lazy(() => panels().then(({ FileWay: way }) => ({ default: way })));

/** Boxes that a figure starts with at most: more do not fit on a usual screen, and folds show what they hold. */
const FIRST_BOXES = 12;

const isPicture = ({ type }: File): boolean => type.startsWith('image/');

/** Takes files that are dropped anywhere on the page; true while some are held over it. */
function useDrop(): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;
    const handleOver = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const handleLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    // Before the place for pictures takes it: a model dropped there is a model all the same.
    const handleDrop = (event: DragEvent) => {
      setOver(false);
      if (!hasFiles(event) || !event.dataTransfer) return;
      event.preventDefault();
      const files = [...event.dataTransfer.files];
      if (files.length > 0 && files.every(isPicture)) {
        if (openedFile.getState().opened) {
          event.stopPropagation();
          void takeTransfer(event.dataTransfer);
          return;
        }
      }
      event.stopPropagation();
      openedFile.getState().give(files);
    };
    window.addEventListener('dragover', handleOver);
    window.addEventListener('dragleave', handleLeave);
    window.addEventListener('drop', handleDrop, { capture: true });
    return () => {
      window.removeEventListener('dragover', handleOver);
      window.removeEventListener('dragleave', handleLeave);
      window.removeEventListener('drop', handleDrop, { capture: true });
    };
  }, []);
  return isOver;
}

/** One's own network: a file is opened here, and shown as any network of the atlas. */
export function BuildPage() {
  const words = useBuildWords();
  const opened = useStore(openedFile, (state) => state.opened);
  const isOver = useDrop();
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
  const runs = runObstacle(model) === null && analysis.usualInput;
  return (
    <FigureStoreProvider open={open}>
      <RunProvider
        reads={runs ? 'pictures' : null}
        drive={(store) => (
          <FileRun opened={opened} backend={backend === 'webgpu' ? 'webgpu' : 'wasm'} store={store} />
        )}
      >
        <NetworkPage
          opening={<OpenPanel isFirst={false} />}
          title={graph.title}
          subtitle={words.subtitle(file.name, formatBytes(file.size), opset, producer)}
          architecture={null}
          analysis={analysis}
          inputChoice={[input, openedFile.getState().setInput]}
          isSet={input !== null}
          notices={<FileNotices model={model} ownInput={analysis.usualInput ? null : ownInput} />}
          panels={
            runs
              ? {
                  input: <PicturePanel />,
                  answer: <FileAnswer opened={opened} />,
                  way: <FileWay opened={opened} />,
                }
              : null
          }
        />
      </RunProvider>
    </FigureStoreProvider>
  );
}
