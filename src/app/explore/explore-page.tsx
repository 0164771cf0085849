import { type CSSProperties, lazy, Suspense } from 'react';
import type { Architecture } from '../../engine/spec/types.ts';
import { useNetworkWords } from '../i18n/network-words.ts';
import type { RunningModel } from '../state/running-model.ts';
import { useInput } from '../state/url.ts';
import styles from './explore.module.css';
import { NetworkPage, type RunPanels } from './network-page.tsx';
import { type Subject, useSubject } from './run-provider.tsx';
import { useAnalysis } from './use-analysis.ts';
import type { VariedNetwork } from './use-variation.ts';

const KnobsPart = lazy(() => import('./knobs-part.tsx'));
const runPanels = () => import('./run-panels.tsx');
const DrawingPanel = lazy(() => runPanels().then(({ DrawingPanel: pad }) => ({ default: pad })));
const AnswerPanel = lazy(() => runPanels().then(({ AnswerPanel: answer }) => ({ default: answer })));
const picturePanels = () => import('./picture/picture-panels.tsx');
const PicturePanel = lazy(() => picturePanels().then(({ PicturePanel: panel }) => ({ default: panel })));
const PictureAnswer = lazy(() => picturePanels().then(({ PictureAnswer: answer }) => ({ default: answer })));
const PictureWay = lazy(() => picturePanels().then(({ PictureWay: way }) => ({ default: way })));

const ModelPart = lazy(() => import('../models/model-part.tsx'));
const ChosenAnswer = lazy(() => import('../models/chosen-answer.tsx'));
const ChosenExplaining = lazy(() =>
  import('../models/chosen-answer.tsx').then(({ ChosenExplaining: part }) => ({ default: part })),
);
const ExplainingPart = lazy(() => import('./explaining/explaining-part.tsx'));

const LayerTimesPart = lazy(() => import('./explaining/layer-times-part.tsx'));

const MisfitNotice = lazy(() => import('./misfit-notice.tsx'));

const explaining = (
  <>
    <ExplainingPart />
    <LayerTimesPart />
  </>
);
const digitPanels: RunPanels = { input: <DrawingPanel />, answer: <AnswerPanel />, way: null, explaining };
const photoPanels: RunPanels = {
  input: <PicturePanel />,
  answer: <PictureAnswer />,
  way: <PictureWay />,
  explaining,
};
// Random weights see nothing anywhere.
const randomPanels: RunPanels = {
  ...photoPanels,
  answer: <ChosenAnswer of="random" />,
  explaining: null,
  takesAnySize: true,
};
const chosenPanels: RunPanels = {
  ...photoPanels,
  answer: <ChosenAnswer of="imagenet" />,
  explaining: (
    <>
      <ChosenExplaining />
      <LayerTimesPart />
    </>
  ),
};

const panelsOf = (subject: Subject, running: RunningModel | null): RunPanels =>
  running
    ? running.kind === 'random'
      ? randomPanels
      : chosenPanels
    : subject === 'digits'
      ? digitPanels
      : photoPanels;

/** A network of the catalogue, perhaps with other numbers. */
export function ExplorePage({
  published,
  variation,
  running,
  isMisfit,
}: {
  /** The network that the address names. */
  readonly published: Architecture;
  /** The same with the address's numbers. */
  readonly variation: VariedNetwork;
  /** Weights that the visitor has chosen; null for those that ship, if any. */
  readonly running: RunningModel | null;
  /** Whether the weights that ship are of other numbers than these, so that nothing runs. */
  readonly isMisfit: boolean;
}) {
  const { architecture } = variation;
  const inputChoice = useInput();
  const [input] = inputChoice;
  const analysis = useAnalysis(
    architecture,
    input,
    running?.kind === 'imagenet' ? running.adopted.graph : null,
  );
  const subject = useSubject();
  const knobCount = Object.keys(published.form?.knobs ?? {}).length;
  // One number alone stands beside the other settings; more have a row of their own.
  const isLone = knobCount === 1;
  const knobs = (
    <Suspense fallback={null}>
      <KnobsPart published={published} architecture={architecture} problem={variation.problem} />
    </Suspense>
  );
  return (
    <NetworkPage
      title={architecture.title}
      subtitle={
        variation.isVaried ? (
          architecture.source.authors
        ) : (
          <Suspense fallback={architecture.source.authors}>
            <Subtitle architecture={architecture} />
          </Suspense>
        )
      }
      architecture={architecture}
      analysis={analysis}
      inputChoice={inputChoice}
      settings={isLone ? knobs : null}
      settingsRow={
        !isLone && (published.form || variation.problem) ? (
          <div className={styles.knobs} style={{ '--knobs': knobCount } as CSSProperties}>
            {knobs}
          </div>
        ) : null
      }
      // What the address changes is in sight.
      isSet={input !== null || variation.isVaried || variation.problem !== null}
      notices={
        isMisfit ? (
          <Suspense fallback={null}>
            <MisfitNotice published={published} shown={architecture} />
          </Suspense>
        ) : null
      }
      models={<ModelPart published={published} architecture={architecture} analysis={analysis} />}
      panels={subject === null ? null : panelsOf(subject, running)}
    />
  );
}

/** Authors, year and form of the network; the authors alone until the words about its family have arrived. */
const Subtitle = ({ architecture }: { readonly architecture: Architecture }) =>
  useNetworkWords(architecture.id)?.subtitle ?? architecture.source.authors;
