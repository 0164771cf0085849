import { useMemo } from 'react';
import type { StoreApi } from 'zustand';
import type { Backend } from '../../engine/runtime/protocol.ts';
import { PictureDriver } from '../explore/picture/picture-run.tsx';
import type { RunState } from '../explore/run-provider.tsx';
import { fileSource, isQuantised } from './file-source.ts';
import type { OpenedFile } from './opened-store.ts';
import { expectationOf, type PictureChoices, pixelOrderOf, useChoices } from './picture-choices.ts';
import { type PictureInput, pictureInputOf } from './picture-input.ts';

interface FileRunProps {
  readonly opened: OpenedFile;
  readonly backend: Backend;
  readonly store: StoreApi<RunState>;
}

/** Runs a visitor's file on the picture in hand. Draws nothing. */
export default function FileRun(props: FileRunProps) {
  const { graph } = props.opened.model;
  const input = useMemo(() => pictureInputOf(graph.input), [graph]);
  const choices = useChoices(props.opened);
  return input && <Driven {...props} input={input} choices={choices} />;
}

function Driven({
  opened,
  backend,
  store,
  input,
  choices,
}: FileRunProps & { readonly input: PictureInput; readonly choices: PictureChoices }) {
  const order = pixelOrderOf(input, choices);
  const source = useMemo(() => fileSource(opened, input, order), [opened, input, order]);
  const expectation = useMemo(() => expectationOf(input, choices), [input, choices]);
  return (
    <PictureDriver
      source={source}
      expectation={expectation}
      backend={isQuantised(opened.model) ? 'wasm' : backend}
      store={store}
    />
  );
}
