import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { StoreApi } from 'zustand';
import { INPUT } from '../../engine/graph/types.ts';
import { normalise, type PreparedDigit, prepareDrawing } from '../../engine/runtime/preprocess/digit.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { shippedSource } from '../queries/model-queries.ts';
import { queryClient } from '../queries/query-client.ts';
import { type BackendChoice, useDigitModel } from '../queries/use-digit-model.ts';
import { drawnStrokes } from '../state/drawing-store.ts';
import { drawing } from './drawing.ts';
import type { RunState } from './run-provider.tsx';

interface Prepared {
  readonly revision: number;
  readonly digit: PreparedDigit;
}

/** What drives a trained network is told. */
export interface TrainedRunProps {
  readonly architecture: Architecture;
  readonly backend: BackendChoice;
  readonly store: StoreApi<RunState>;
}

/** Drives a trained network: prepares the drawing once a frame, has it answered, and tells the store. Draws nothing. */
export default function TrainedRun(props: TrainedRunProps) {
  return (
    <QueryClientProvider client={queryClient}>
      <Driver {...props} />
    </QueryClientProvider>
  );
}

function Driver({ architecture, backend, store }: TrainedRunProps) {
  const source = useMemo(() => shippedSource(architecture.id), [architecture.id]);
  const model = useDigitModel({ source, backend });
  const { card, run, clear, last } = model;
  const [prepared, setPrepared] = useState<Prepared | null>(null);
  const inputs = useRef(new Map<number, Float32Array>());

  useEffect(() => {
    let frame = 0;
    let seen = -1;
    const update = () => {
      const state = drawing.getState();
      if (state.revision === seen) return;
      seen = state.revision;
      const digit = prepareDrawing(drawnStrokes(state));
      setPrepared({ revision: state.revision, digit });
      if (digit.status === 'empty' || !card) {
        clear();
        return;
      }
      const input = normalise(digit.padded, card.input.preprocessing);
      inputs.current.set(state.revision, input);
      void run(input, state.revision);
    };
    // The first change of a frame is answered at once, without waiting for the frame; those that follow in it, however
    // many points a pointer event brings, are answered together when it ends.
    const endFrame = () => {
      frame = 0;
      if (drawing.getState().revision !== seen) handleChange();
    };
    const handleChange = () => {
      if (frame !== 0) return;
      frame = requestAnimationFrame(endFrame);
      update();
    };
    const unsubscribe = drawing.subscribe(handleChange);
    handleChange();
    return () => {
      unsubscribe();
      cancelAnimationFrame(frame);
    };
  }, [card, run, clear]);

  const activations = useMemo(() => {
    if (!last) return null;
    const input = inputs.current.get(last.revision);
    for (const revision of inputs.current.keys()) {
      if (revision < last.revision) inputs.current.delete(revision);
    }
    return input ? new Map(last.activations).set(INPUT, input) : last.activations;
  }, [last]);

  // Before the paint, so that the answer does not wait for another frame.
  useLayoutEffect(() => {
    const current = last !== null && last.revision === prepared?.revision;
    store.setState({
      run: {
        model,
        prepared: prepared?.digit,
        picture: null,
        activations,
        current,
        stale: !current,
      },
    });
  }, [store, model, prepared, activations, last]);

  return null;
}
