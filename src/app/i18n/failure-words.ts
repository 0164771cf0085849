import { failures as en } from './en/failures.ts';
import { useTopic } from './use-topic.ts';
import { failures as zh } from './zh/failures.ts';

/** Why weights or runtime failed, in the language on screen. */
export type FailureWords = typeof en;

/** The sentences about failed weights and runtimes; not part of the catalogue, for only what runs a network needs them. */
export const useFailureWords = (): FailureWords => useTopic({ en, zh });
