import { queryOptions } from '@tanstack/react-query';
import { fetchBytes } from '../../engine/runtime/fetch-bytes.ts';
import { decodeUtf8 } from '../../engine/weights/platform.ts';
import type { Language } from '../i18n/types.ts';
import { lasting } from '../queries/model-queries.ts';

/** Names of ImageNet's 1,000 classes, in the order that its networks answer in, by language. Fails with DownloadError. */
export const imagenetLabelsQuery = queryOptions({
  ...lasting,
  queryKey: ['labels', 'imagenet-1k'] as const,
  queryFn: async ({ signal }): Promise<Readonly<Record<Language, readonly string[]>>> => {
    const bytes = await fetchBytes(`${import.meta.env.BASE_URL}labels/imagenet-1k.json`, 0, () => {}, signal);
    return JSON.parse(decodeUtf8(bytes));
  },
});
