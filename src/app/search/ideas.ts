import type { Architecture } from '../../engine/spec/types.ts';
import { ideas as en, type IdeaId } from '../i18n/en/ideas.ts';
import type { Language } from '../i18n/types.ts';
import { ideas as zh } from '../i18n/zh/ideas.ts';
import { featuresOf } from './features.ts';

/** Ideas that belong to a family's history and do not show in a definition's form. */
const byFamily: Readonly<Record<string, readonly IdeaId[]>> = {
  lenet: ['digits'],
  zfnet: ['visualisation'],
  nin: ['mlpconv'],
  googlenet: ['inception'],
  'preact-resnet': ['preactivation'],
  'wide-resnet': ['preactivation', 'wide'],
  resnext: ['cardinality'],
  squeezenet: ['fire'],
  fractalnet: ['fractal'],
};

const byNetwork = (id: string): readonly IdeaId[] => [
  ...(id === 'alexnet' ? (['twoTowers'] as const) : []),
  ...(id.startsWith('plain') ? (['plain'] as const) : []),
  ...(/1001|1202/.test(id) ? (['veryDeep'] as const) : []),
];

/** The ideas of a network: those that its definition shows, and those of its family. */
export const ideasOf = (architecture: Architecture, family: string): readonly IdeaId[] => [
  ...new Set<IdeaId>([
    ...(byFamily[family] ?? []),
    ...byNetwork(architecture.id),
    ...featuresOf(architecture).ideas,
  ]),
];

/** Every word for an idea in both languages. */
export const wordsForIdea = (idea: IdeaId): readonly string[] => [...en[idea], ...zh[idea]];

/** An idea's name in a language; of a word for it in either. */
export function nameOfIdea(word: string, language: Language): string {
  const id = (Object.keys(en) as IdeaId[]).find((idea) => wordsForIdea(idea).includes(word));
  return (id && (language === 'zh' ? zh : en)[id][0]) ?? word;
}
