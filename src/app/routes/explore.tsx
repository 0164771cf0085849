import { useMemo } from 'react';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../../engine/graph/lower.ts';
import { ExplorePage } from '../explore/explore-page.tsx';
import { RunProvider } from '../explore/run-provider.tsx';
import { trainedNetworks } from '../explore/trained-networks.ts';
import { UnknownNetwork } from '../explore/unknown-network.tsx';
import { FigureStoreProvider } from '../state/figure-store.tsx';
import { useBackend } from '../state/url.ts';

/** One network's page, or a kind word where the address names none. */
export default function Explore({ id }: { readonly id: string }) {
  const architecture = architectures.get(id);
  const [backend] = useBackend();
  const stages = useMemo(
    () =>
      architecture
        ? [...lower(architecture).groups.values()]
            .filter(({ kind }) => kind === 'stage')
            .map((group) => group.id)
        : [],
    [architecture],
  );
  if (!architecture) return <UnknownNetwork id={id} />;
  return (
    <FigureStoreProvider key={id} open={stages}>
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
