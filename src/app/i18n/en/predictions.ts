import type { PredictionsMessages } from '../../../components/probabilities/predictions.tsx';

/** `a 7`, `an 8`: by the sound with which the label begins. */
const withArticle = (label: string): string => `${/^(8|11$|18$|[aeiou])/i.test(label) ? 'an' : 'a'} ${label}`;

/** What the network answers. */
export const predictions = {
  label: 'Predictions',
  sure: (label: string) => `It is ${withArticle(label)}`,
  likely: (label: string, other: string) => `Perhaps ${withArticle(label)} (or ${withArticle(other)})`,
  unsure: (label: string, other: string) => `Hard to tell: ${withArticle(label)}, or ${withArticle(other)}?`,
  empty: 'Draw a digit to see what the network makes of it',
  waiting: 'Reading …',
} satisfies PredictionsMessages;
