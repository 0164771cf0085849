import { useMemo } from 'react';
import type { StoreApi } from 'zustand';
import type { Backend } from '../../engine/runtime/protocol.ts';
import { PictureDriver } from '../explore/picture/picture-run.tsx';
import type { RunState } from '../explore/run-provider.tsx';
import { fileSource, isQuantised } from './file-source.ts';
import type { OpenedFile } from './opened-store.ts';
import { expectationOf, useChoices } from './picture-choices.ts';

/** Runs a visitor's file on the picture in hand. Draws nothing. */
export default function FileRun({
  opened,
  backend,
  store,
}: {
  readonly opened: OpenedFile;
  readonly backend: Backend;
  readonly store: StoreApi<RunState>;
}) {
  const { graph } = opened.model;
  const source = useMemo(() => fileSource(opened), [opened]);
  const choices = useChoices(opened);
  const expectation = useMemo(() => expectationOf(graph.input, choices), [graph, choices]);
  return (
    <PictureDriver
      source={source}
      expectation={expectation}
      backend={isQuantised(opened.model) ? 'wasm' : backend}
      store={store}
    />
  );
}
