import { queryOptions } from '@tanstack/react-query';
import { tellingTensors } from '../../engine/attribution/telling-tensors.ts';
import type { Graph } from '../../engine/graph/types.ts';
import { type FileParameter, inOwnLayout } from '../../engine/onnx/file-parameters.ts';
import { knownInput, lasting, type ModelSource, sessionQuery, weightsQuery } from './model-queries.ts';

/** Where a file has the weights that explain its network's answers, as far as it has them in a form that is known. */
export const tellingParameters = ({
  graph,
  parameters,
}: {
  readonly graph: Graph;
  readonly parameters: ReadonlyMap<string, FileParameter>;
}): ReadonlyMap<string, FileParameter> =>
  new Map(
    tellingTensors(graph).flatMap((name) => {
      const found = parameters.get(name);
      return found ? [[name, found] as const] : [];
    }),
  );

/** The weights that explain answers, out of the runtime that alone has them: by one run, behind all else. Fails with RuntimeError. */
export const parametersQuery = (source: ModelSource) =>
  queryOptions({
    ...lasting,
    queryKey: ['parameters', source.id] as const,
    gcTime: source.keptMs,
    queryFn: async ({ client: queryClient, signal }): Promise<ReadonlyMap<string, Float32Array>> => {
      const { graph, parameters } = await queryClient.fetchQuery(weightsQuery(source));
      if (parameters.size === 0) return new Map();
      const { client } = await queryClient.fetchQuery(sessionQuery(source, 'wasm'));
      const names = [...parameters.keys()];
      const outcome = await client.run(knownInput(graph), names, { signal, inBackground: true });
      if (outcome.status !== 'done') return new Map();
      return new Map(
        [...parameters].map(([name, parameter]) => {
          const node = graph.nodeById.get(name.slice(0, name.lastIndexOf('.')));
          const features = node?.shape[0] ?? 1;
          return [name, inOwnLayout(parameter, outcome.outputs.get(name) ?? new Float32Array(0), features)];
        }),
      );
    },
  });
