import { picture as en } from '../../i18n/en/picture.ts';
import { weights as enWeights } from '../../i18n/en/weights.ts';
import { useTopic } from '../../i18n/use-topic.ts';
import { picture as zh } from '../../i18n/zh/picture.ts';
import { weights as zhWeights } from '../../i18n/zh/weights.ts';

/** The words around a picture. */
export const usePictureWords = (): typeof en => useTopic({ en, zh });

/** The words around trained weights: what their classes and numbers are called. */
export const useWeightWords = (): typeof enWeights => useTopic({ en: enWeights, zh: zhWeights });

/** A class by its name in the language on screen; as the card calls it where there is none. */
export const nameOfClass = (words: typeof enWeights, name: string): string =>
  words.classes[name as keyof (typeof enWeights)['classes']] ?? name;
