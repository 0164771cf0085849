import { models as en } from '../i18n/en/models.ts';
import type { Widen } from '../i18n/types.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { models as zh } from '../i18n/zh/models.ts';

/** The words around the weights that a network can run with. */
export const useModelWords = (): Widen<typeof en> => useTopic<Widen<typeof en>>({ en, zh });
