import { build as en } from '../i18n/en/build.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { build as zh } from '../i18n/zh/build.ts';

/** The words of the page of one's own network. */
export const useBuildWords = (): typeof en => useTopic({ en, zh });
