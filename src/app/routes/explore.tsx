import { useMemo } from 'react';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../../engine/graph/lower.ts';
import { initialOpenGroups } from '../../engine/layout/figure-layers.ts';
import { ExplorePage } from '../explore/explore-page.tsx';
import { RunProvider } from '../explore/run-provider.tsx';
import { trainedNetworks } from '../explore/trained-networks.ts';
import { UnknownNetwork } from '../explore/unknown-network.tsx';
import { FigureStoreProvider } from '../state/figure-store.tsx';
import { useBackend } from '../state/url.ts';

/** Boxes that a figure starts with at most: more do not fit beside one another on a usual screen. */
const FIRST_BOXES = 16;

/** One network's page, or a kind word where the address names none. */
export default function Explore({ id }: { readonly id: string }) {
  const architecture = architectures.get(id);
  const [backend] = useBackend();
  const open = useMemo(
    () => (architecture ? initialOpenGroups(lower(architecture), FIRST_BOXES) : []),
    [architecture],
  );
  if (!architecture) return <UnknownNetwork id={id} />;
  return (
    <FigureStoreProvider key={id} open={open}>
      <RunProvider
        id={id}
        trained={trainedNetworks.has(id)}
        backend={backend === 'webgpu' ? 'webgpu' : 'wasm'}
      >
        <ExplorePage architecture={architecture} />
      </RunProvider>
    </FigureStoreProvider>
  );
}
