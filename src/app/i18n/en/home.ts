import { plural } from '../plural.ts';

/** The atlas: the way in, and the lineage of the networks. */
export const home = {
  title: 'See what every layer sees.',
  lede: 'Draw a digit and watch a trained LeNet-5 read it while you draw. Then follow the networks that came after it: every shape, parameter and multiply–accumulate, with the arithmetic behind the number.',
  drawADigit: 'Draw a digit',
  browse: 'Find a network',
  own: 'Open your own',
  chart: 'Accuracy against cost',
  padCaption: 'A pen stroke,',
  networkCaption: (title: string, layers: number) =>
    `through the ${layers} ${plural(layers, 'layer', 'layers')} of ${title}, drawn from their shapes,`,
  answerCaption: 'to ten answers.',
  heroLabel: (title: string) => `Draw a digit: open ${title}`,
  lineageTitle: 'The lineage',
  lineageIntro: (families: number, networks: number, from: number, to: number) =>
    `${families} ${plural(families, 'family', 'families')}, ${networks} ${plural(networks, 'network', 'networks')}, ${from}–${to}. Each line leads from a network to what was built on it.`,
  variants: (family: string) => `Forms of ${family}`,
  forms: (count: number) => `${count} ${plural(count, 'network', 'networks')}`,
  doesNotFit: 'does not fit: a lesson',
  shownVariant: (title: string) => `figures: ${title}`,
};
