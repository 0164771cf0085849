import { queryOptions } from '@tanstack/react-query';
import { decodeUtf8 } from '../../engine/weights/platform.ts';
import { parseCurve, parseParts } from '../../engine/weights/training-record.ts';
import { fetchModelFile, lasting } from './model-queries.ts';

const textOf = async (file: string, signal: AbortSignal): Promise<string> =>
  decodeUtf8(await fetchModelFile(file, 0, () => {}, signal));

/** The training curve that a card names. Fails with WeightsError. */
export const curveQuery = (file: string) =>
  queryOptions({
    ...lasting,
    queryKey: ['curve', file] as const,
    queryFn: async ({ signal }) => parseCurve(await textOf(file, signal)),
  });

/** The accuracy of a network's parts, in the file that a card names. Fails with WeightsError. */
export const partsQuery = (file: string) =>
  queryOptions({
    ...lasting,
    queryKey: ['parts', file] as const,
    queryFn: async ({ signal }) => parseParts(await textOf(file, signal)),
  });
