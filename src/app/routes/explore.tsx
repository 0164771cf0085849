import { lazy, useState } from 'react';
import { architectures } from '../../architectures/index.ts';
import { initialOpenGroups } from '../../engine/layout/figure-layers.ts';
import type { Architecture } from '../../engine/spec/types.ts';
import { ExplorePage } from '../explore/explore-page.tsx';
import { lowerUsual } from '../explore/lower-usual.ts';
import { RunProvider } from '../explore/run-provider.tsx';
import { digitNetworks, trainedNetworks } from '../explore/trained-networks.ts';
import { UnknownNetwork } from '../explore/unknown-network.tsx';
import { useVariation } from '../explore/use-variation.ts';
import { FigureStoreProvider } from '../state/figure-store.tsx';
import { useRunningModel } from '../state/running-model.ts';
import { useBackend, useInput, useModel } from '../state/url.ts';

// Nothing of weights, runtime or ONNX is needed to draw the page: it comes after the first paint.
const TrainedRun = lazy(() => import('../explore/trained-run.tsx'));
const PictureRun = lazy(() => import('../explore/picture/picture-run.tsx'));
const ChosenRun = lazy(() => import('../models/chosen-run.tsx'));

/** Boxes that a figure starts with at most: more do not fit on a usual screen, and folds show what they hold. */
const FIRST_BOXES = 12;

/** One network's page, or a kind word where the address names none. */
export default function Explore({ id }: { readonly id: string }) {
  const published = architectures.get(id);
  return published ? <ExploreNetwork key={id} published={published} /> : <UnknownNetwork id={id} />;
}

/** The page of a published network, with the numbers that the address changes. */
function ExploreNetwork({ published }: { readonly published: Architecture }) {
  const { id } = published;
  const variation = useVariation(published);
  const [backend] = useBackend();
  // What the page starts with; from then on the visitor folds.
  const [open] = useState(() => initialOpenGroups(lowerUsual(variation.architecture), FIRST_BOXES));
  const readsDigits = digitNetworks.has(id);
  const Driver = readsDigits ? TrainedRun : PictureRun;
  const [model] = useModel();
  const [input] = useInput();
  const running = useRunningModel(variation.architecture, model);
  const runsOn = backend === 'webgpu' ? 'webgpu' : 'wasm';
  // What no model is called counts as left out; weights from elsewhere are of networks for which none ship.
  const isTrained = model !== 'random' && trainedNetworks.has(id);
  // The weights that ship are of the published numbers.
  const isMisfit = isTrained && !running && variation.isVaried;
  return (
    <FigureStoreProvider open={open}>
      <RunProvider
        reads={running ? 'pictures' : isTrained && !isMisfit ? (readsDigits ? 'digits' : 'pictures') : null}
        of={isMisfit ? 'misfit' : (running?.model ?? '')}
        drive={(store) =>
          running ? (
            <ChosenRun
              running={running}
              architecture={variation.architecture}
              input={input}
              backend={runsOn}
              store={store}
            />
          ) : (
            <Driver architecture={variation.architecture} backend={backend} store={store} />
          )
        }
      >
        <ExplorePage published={published} variation={variation} running={running} isMisfit={isMisfit} />
      </RunProvider>
    </FigureStoreProvider>
  );
}
