import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { findClassMaps } from '../../../engine/attribution/class-activation.ts';
import { type Graph, INPUT, shapeOf } from '../../../engine/graph/types.ts';
import { sizeOf } from '../../../engine/ops/window.ts';
import { centredCrop } from '../../../engine/runtime/preprocess/crop.ts';
import {
  breakSteps,
  type PictureExpectation,
  type PictureStep,
  type Pixels,
  type PreparedPicture,
  preparePicture,
  standardSteps,
} from '../../../engine/runtime/preprocess/picture.ts';
import { channelsLast } from '../../../engine/runtime/tensor-values.ts';
import { type ModelSource, shippedSource } from '../../queries/model-queries.ts';
import { queryClient } from '../../queries/query-client.ts';
import { useDigitModel } from '../../queries/use-digit-model.ts';
import { whenIdle } from '../../queries/when-idle.ts';
import { useFigure } from '../../state/figure-store.tsx';
import { HELD_MS, type PictureState, pictureStore, shownPictures } from '../../state/picture-store.ts';
import { useSelectedNode } from '../../state/url.ts';
import type { TrainedRunProps } from '../trained-run.tsx';

/** A picture made ready, and the question about it that is under way. */
interface Question {
  /** Of the run: another choice of tensors asks again about the same picture. */
  readonly revision: number;
  /** The first run about this picture: the answers from there on are its own. */
  readonly since: number;
  readonly isBroken: boolean;
  /** Whether it is a camera's frame. */
  readonly live: boolean;
  readonly standard: readonly PictureStep[];
  readonly prepared: PreparedPicture;
}

/** Milliseconds between two frames of a camera whose maps and steps are painted: answers come faster than a page is painted. */
const PAINTED_MS = 150;

/** Pixels of the side of a picture that only warms up. */
const ANY_SIDE = 256;

/** Values up to which an answer and the maps on screen come by one run: taking a million out takes some milliseconds. */
const MOST_VALUES = 1e6;

/** Runs are numbered through the tab's life: results are kept by network and number. */
let runs = 0;

/** Drives a trained network of the site that reads photographs. Draws nothing. */
export default function PictureRun({ architecture, backend, store }: TrainedRunProps) {
  const source = useMemo(() => shippedSource(architecture.id), [architecture.id]);
  return <PictureDriver source={source} backend={backend} store={store} />;
}

/** A picture of no particular kind, larger than most networks take, so that it is made smaller. */
const anyPicture = (): Pixels => ({
  width: ANY_SIDE,
  height: ANY_SIDE,
  // Whole numbers of every size: what is compiled for zeros alone is thrown away at the first picture.
  data: new Uint8ClampedArray(4 * ANY_SIDE * ANY_SIDE).map((_, index) => index % 256),
});

/** Rounds of making a picture ready after which the browser has compiled the code for it. */
const WARMING_ROUNDS = 6;
let rounds = 0;

/**
 * Makes some picture ready whenever the page is idle, until the browser has compiled what does so: the first that a visitor
 * gives would else take ten times as long. Returns what ends this.
 */
function warmUp(expectation: PictureExpectation): () => void {
  let cancel = () => {};
  const next = () => {
    if (rounds >= WARMING_ROUNDS) return;
    cancel = whenIdle(() => {
      rounds += 1;
      const pixels = anyPicture();
      preparePicture(pixels, standardSteps(expectation, centredCrop(pixels)));
      next();
    });
  };
  next();
  return () => cancel();
}

/** What drives a network that reads photographs is told. */
export interface PictureDriverProps extends Omit<TrainedRunProps, 'architecture'> {
  readonly source: ModelSource;
  /** How a picture becomes the input, where no card says it. */
  readonly expectation?: PictureExpectation;
}

/** Drives a network that reads photographs: prepares the picture, has it answered, and tells the store. Draws nothing. */
export function PictureDriver(props: PictureDriverProps) {
  return (
    <QueryClientProvider client={queryClient}>
      <Driver {...props} />
    </QueryClientProvider>
  );
}

/** The tensors that stand behind a layer's arithmetic: its own and those that it reads. */
function tensorsBehind(graph: Graph, id: string | null | undefined): readonly string[] {
  if (!id) return [];
  const node = graph.nodeById.get(id) ?? graph.nodeById.get(graph.groups.get(id)?.output ?? '');
  return node ? [node.id, ...node.inputs] : [];
}

/** Calls back once the next frame has been painted; returns what cancels it. */
function afterPaint(callback: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(callback);
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

function Driver({ source, expectation: given, backend, store }: PictureDriverProps) {
  const model = useDigitModel({ source, backend });
  const { card, graph, returned, answersAt, run, clear, last } = model;
  const expectation: PictureExpectation | null = given ?? card?.input ?? null;
  const [question, setQuestion] = useState<Question | null>(null);
  const [unbroken, setUnbroken] = useState<{
    readonly key: string;
    readonly probabilities: Float32Array;
  } | null>(null);
  const visible = useStore(store, (state) => state.visible);
  const pointed = useFigure((state) => state.cell);
  const [selected] = useSelectedNode();

  const wanted = useMemo(() => {
    if (!graph) return null;
    const ids = [
      ...visible,
      ...tensorsBehind(graph, selected),
      ...tensorsBehind(graph, pointed?.node),
      // The last maps are small, and tell where each class was seen.
      findClassMaps(graph)?.maps ?? '',
      answersAt ?? graph.outputs[0] ?? '',
    ];
    return [...new Set(ids)].filter((id) => returned.has(id));
  }, [graph, returned, answersAt, visible, selected, pointed?.node]);
  // Taking many values out of the runtime takes longer than the run itself: the answer comes first, by a run of its own.
  const first = useMemo(() => {
    if (!graph || !wanted) return wanted;
    const values = wanted.reduce((sum, id) => sum + sizeOf(shapeOf(graph, id)), 0);
    return values > MOST_VALUES ? wanted.filter((id) => id === (answersAt ?? graph.outputs[0])) : wanted;
  }, [graph, wanted, answersAt]);
  const wantedNow = useRef({ first, all: wanted });
  useLayoutEffect(() => {
    wantedNow.current = { first, all: wanted };
  }, [first, wanted]);

  useEffect(() => (expectation ? warmUp(expectation) : undefined), [expectation]);

  useEffect(() => {
    let frame = 0;
    let seen = -1;
    const update = () => {
      const state = pictureStore.getState();
      if (state.revision === seen) return;
      seen = state.revision;
      const next = expectation ? prepare(state, expectation) : null;
      setQuestion(next);
      const { first: answer, all } = wantedNow.current;
      // Frames follow one another: with a run for the answer and one for the maps there would be half as many.
      if (next) void run(next.prepared.tensor, next.revision, next.live ? all : answer);
      else clear();
    };
    // The first change of a frame is answered at once; those that follow in it are answered together when it ends.
    const endFrame = () => {
      frame = 0;
      if (pictureStore.getState().revision !== seen) handleChange();
    };
    const handleChange = () => {
      if (frame !== 0) return;
      frame = requestAnimationFrame(endFrame);
      update();
    };
    const unsubscribe = pictureStore.subscribe(handleChange);
    handleChange();
    return () => {
      unsubscribe();
      cancelAnimationFrame(frame);
    };
  }, [expectation, run, clear]);

  // What comes into view is fetched then: the same picture once more, with other outputs.
  const isComplete =
    !wanted ||
    !last ||
    last.revision !== question?.revision ||
    wanted.every((id) => last.activations.has(id));
  useEffect(
    () =>
      isComplete
        ? undefined
        : // The processor is the answer's until that is on screen.
          afterPaint(() => {
            runs += 1;
            const revision = runs;
            setQuestion((before) => {
              if (!before) return before;
              void run(before.prepared.tensor, revision, wantedNow.current.all);
              return { ...before, revision };
            });
          }),
    [isComplete, run],
  );

  // Asked once more for its maps, a picture has the answer that it has.
  const isCurrent = last !== null && question !== null && last.revision >= question.since;
  const key = useMemo(() => keyOf(question), [question]);
  useEffect(() => {
    if (last && question && isCurrent && !question.isBroken) {
      setUnbroken({ key: keyOf(question), probabilities: last.probabilities });
    }
  }, [last, question, isCurrent]);

  const isInterleaved = expectation?.isInterleaved ?? false;
  const answered = useMemo(() => {
    if (!last || !question || !isCurrent) return null;
    const { tensor, width, height } = question.prepared;
    const input = isInterleaved ? channelsLast(tensor, 1, tensor.length / (width * height)) : tensor;
    return new Map(last.activations).set(INPUT, input);
  }, [last, question, isCurrent, isInterleaved]);
  // While the maps of a picture are on their way, those of the one before stay, with the input that they are of.
  const [activations, setActivations] = useState(answered);
  const isWhole = answered !== null && (wanted?.every((id) => answered.has(id)) ?? true);
  const next = !last ? null : answered && (isWhole || !activations) ? answered : activations;
  if (next !== activations) setActivations(next);

  const picture = useMemo(
    () =>
      question && {
        prepared: question.prepared,
        standard: question.standard,
        unbroken: unbroken && unbroken.key === key ? unbroken.probabilities : null,
        live: question.live,
      },
    [question, unbroken, key],
  );
  // The processor is the answer's, and the next frame the answer's alone: what else there is to draw of a picture follows.
  const isReady = model.session !== null;
  useEffect(() => (isReady ? shownPictures.hold() : undefined), [isReady]);
  useEffect(() => (isCurrent ? afterPaint(shownPictures.release) : undefined), [isCurrent]);
  const painted = useRef({ at: 0, heldSince: 0, picture, activations });
  useLayoutEffect(() => {
    const show = (isPainted: boolean) => {
      if (isPainted) painted.current = { at: performance.now(), heldSince: 0, picture, activations };
      const { picture: shown, activations: values } = painted.current;
      store.setState({
        run: {
          model,
          prepared: undefined,
          picture: shown,
          activations: values,
          current: isCurrent,
          stale: isPainted && !isCurrent,
        },
      });
    };
    const { at, heldSince, picture: before, activations: values } = painted.current;
    if (!isReady || !picture || !before || (picture === before && activations === values)) {
      show(true);
      return;
    }
    const now = performance.now();
    const wait = picture.live ? at + PAINTED_MS - now : (heldSince || now) + HELD_MS - now;
    if (wait <= 0) {
      show(true);
      return;
    }
    if (heldSince === 0) painted.current.heldSince = now;
    show(false);
    const showAll = () => show(true);
    if (!picture.live && isCurrent) return afterPaint(showAll);
    // The last frame of a camera is painted in any case.
    const timer = setTimeout(showAll, wait);
    return () => clearTimeout(timer);
  }, [store, model, picture, activations, isCurrent, isReady]);

  return null;
}

const pictureNumbers = new WeakMap<object, number>();
let pictures = 0;

/** What an answer with no step broken belongs to: one picture, made ready in one way. */
function keyOf(question: Question | null): string {
  const pixels = pictureStore.getState().picture?.pixels;
  if (!question || !pixels) return '';
  let number = pictureNumbers.get(pixels);
  if (number === undefined) {
    pictures += 1;
    number = pictures;
    pictureNumbers.set(pixels, number);
  }
  return `${number} ${JSON.stringify(question.standard)}`;
}

function prepare({ picture, crop, faults }: PictureState, expectation: PictureExpectation): Question | null {
  if (!picture || !crop) return null;
  const { pixels } = picture;
  const standard = standardSteps(expectation, crop);
  runs += 1;
  return {
    revision: runs,
    since: runs,
    isBroken: faults.size > 0,
    live: picture.origin.kind === 'camera',
    standard,
    prepared: preparePicture(pixels, breakSteps(standard, faults, pixels)),
  };
}
