import { families } from '../../architectures/index.ts';
import type { Architecture, Family } from '../../engine/spec/types.ts';
import { featuresOf } from './features.ts';
import { ideasOf, wordsForIdea } from './ideas.ts';
import { createSearch, type Search, type SearchEntry } from './rank.ts';
import { doInTurns } from './turns.ts';

/** A network that can be found. */
export interface NetworkEntry extends SearchEntry {
  readonly kind: 'network';
  readonly architecture: Architecture;
  readonly family: Family;
}

/** A family that can be found. */
export interface FamilyEntry extends SearchEntry {
  readonly kind: 'family';
  readonly family: Family;
}

/** Words that people type for operators, beside their names. */
const operatorWords: Readonly<Record<string, readonly string[]>> = {
  Conv: ['convolution', '卷积'],
  Gemm: ['fully connected', 'fc', 'linear', '全连接'],
  MaxPool: ['max pooling', '最大池化'],
  AveragePool: ['average pooling', '平均池化'],
  GlobalAveragePool: ['global average pooling', 'gap', '全局平均池化'],
  BatchNormalization: ['batch normalization', 'BatchNorm', '批归一化'],
  LRN: ['local response normalization', '局部响应归一化'],
  Concat: ['concatenation', '拼接'],
  Add: ['addition', 'sum', '相加'],
  Mean: ['average', '平均'],
  Tanh: ['tanh'],
  Dropout: ['dropout', '随机失活'],
  Subsample: ['trainable subsampling', '可训练的下采样'],
  Rbf: ['radial basis function', '径向基函数'],
};

const networkEntry = (architecture: Architecture, family: Family): NetworkEntry => {
  return {
    kind: 'network',
    architecture,
    family,
    names: [architecture.title, architecture.id],
    words: [
      family.title,
      ...architecture.source.authors.split(/,\s*/),
      String(architecture.source.year),
      architecture.source.paper,
    ],
    // Read off the definition when something is searched, not when a list opens.
    get ideas() {
      return ideasOf(architecture, family.id).flatMap(wordsForIdea);
    },
    get operators() {
      const { operators, kernels } = featuresOf(architecture);
      return [...[...operators].flatMap((op) => [op, ...(operatorWords[op] ?? [])]), ...kernels];
    },
  };
};

let networks: readonly NetworkEntry[] | null = null;
let search: Search<NetworkEntry> | null = null;
let familySearch: Search<FamilyEntry> | null = null;

/** Every network of the catalogue as the search sees it, in the catalogue's order; made at the first use. */
export function networkEntries(): readonly NetworkEntry[] {
  networks ??= families.flatMap((family) => family.variants.map((variant) => networkEntry(variant, family)));
  return networks;
}

let warmed = false;

/** Reads the definitions in short turns, so that the first search need not. */
export function warmSearch(): void {
  if (warmed) return;
  warmed = true;
  doInTurns(
    families.flatMap(({ variants }) => variants.map((variant) => () => void featuresOf(variant))),
    () => undefined,
  );
}

/** Searches the networks of the catalogue. */
export const searchNetworks: Search<NetworkEntry> = (query) => {
  search ??= createSearch(networkEntries());
  return search(query);
};

/** Every family as the search sees it: by its name, its authors and year. */
export const familyEntries = (): readonly FamilyEntry[] =>
  families.map((family) => ({
    kind: 'family',
    family,
    names: [family.title, family.id],
    words: [String(family.year), ...(family.variants[0]?.source.authors.split(/,\s*/) ?? [])],
    ideas: [],
    operators: [],
  }));

/** Searches the families of the catalogue. */
export const searchFamilies: Search<FamilyEntry> = (query) => {
  familySearch ??= createSearch(familyEntries());
  return familySearch(query);
};
