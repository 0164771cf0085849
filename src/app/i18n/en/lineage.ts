import { plural } from '../plural.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** The lineage drawn in time: what its lines and glyphs say. */
export const lineage = {
  /** `A`, `A and B`, `A, B and C`. */
  since: (parents: readonly string[]) =>
    `since ${parents.length > 1 ? `${parents.slice(0, -1).join(', ')} and ${parents.at(-1)}` : parents[0]}`,
  glyphLabel: (title: string, layers: number) =>
    `The skyline of ${title}: ${layers} ${plural(layers, 'layer', 'layers')} deep`,
  layersDeep: (layers: number) => `${layers} deep`,
  months: (first: number, last: number) =>
    first === last ? `${months[first - 1]}` : `${months[first - 1]}–${months[last - 1]}`,
  yearsBetween: (years: number) => `${years} years`,
  discName: 'Parameters',
  scale:
    'Each network stands as a skyline: one bar a layer of its longest path, as tall as √ of its feature map, as long as √ of its depth. The disc’s area is its parameters. Under each name: what changed; parameters, MACs and layers.',
  /** What a family took from those of its parents that are not the first, by child and parent. */
  links: {
    vgg: { zfnet: 'finer filters' },
    googlenet: { alexnet: 'ReLU, LRN, dropout' },
    resnext: { googlenet: 'split, transform, merge' },
    densenet: { 'stochastic-depth': 'skippable layers' },
    squeezenet: { nin: 'an end without fc', googlenet: '1×1, then branches' },
  },
};
