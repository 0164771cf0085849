import { useMemo } from 'react';
import type { StoreApi } from 'zustand';
import type { Graph } from '../../engine/graph/types.ts';
import type { Backend } from '../../engine/runtime/protocol.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { PictureDriver } from '../explore/picture/picture-run.tsx';
import type { RunState } from '../explore/run-provider.tsx';
import { analyse } from '../explore/use-analysis.ts';
import type { ImageNetModel, RunningModel } from '../state/running-model.ts';
import { expectationFor } from './imagenet-weights.ts';
import { fileWeightsSource, randomSource, untrainedExpectation } from './model-sources.ts';

/** What drives the weights that a visitor chose is told. */
export interface ChosenRunProps {
  readonly running: RunningModel;
  readonly architecture: Architecture;
  /** The input size as the address writes it. */
  readonly input: string | null;
  readonly backend: Backend;
  readonly store: StoreApi<RunState>;
}

/** Runs the weights that a visitor chose on the picture in hand. Draws nothing. */
export default function ChosenRun({ running, architecture, input, backend, store }: ChosenRunProps) {
  return running.kind === 'random' ? (
    <RandomRun architecture={architecture} input={input} backend={backend} store={store} />
  ) : (
    <FileRun running={running} backend={backend} store={store} />
  );
}

function RandomRun({ architecture, input, backend, store }: Omit<ChosenRunProps, 'running'>) {
  const graph: Graph = useMemo(() => analyse(architecture, input).graph, [architecture, input]);
  const source = useMemo(() => randomSource(architecture, graph), [architecture, graph]);
  const expectation = useMemo(() => untrainedExpectation(graph), [graph]);
  return <PictureDriver source={source} expectation={expectation} backend={backend} store={store} />;
}

function FileRun({
  running,
  backend,
  store,
}: {
  readonly running: ImageNetModel;
  readonly backend: Backend;
  readonly store: StoreApi<RunState>;
}) {
  const source = useMemo(() => fileWeightsSource(running), [running]);
  const expectation = useMemo(() => expectationFor(running.weights), [running.weights]);
  // onnxruntime's WebGPU has no operators for whole numbers.
  const runsOn = running.weights.kind === 'int8' ? 'wasm' : backend;
  return <PictureDriver source={source} expectation={expectation} backend={runsOn} store={store} />;
}
