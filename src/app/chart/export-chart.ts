import { paintedColour, svgToPng } from '../../components/figure/viewport/paint-svg.ts';
import { standaloneSvg } from '../../components/figure/viewport/standalone-svg.ts';
import { csvField } from '../../engine/table/write-table.ts';
import type { ChartMessages } from '../i18n/chart.ts';
import type { ChartPoint } from './points.ts';
import { quantities, quantityFacts } from './quantities.ts';

/** Drawings of the page as one SVG file of their size. @throws Error where there is no drawing */
export function chartToSvg(host: Element, title: string, description: string): string {
  const layers = [...host.querySelectorAll(':scope > svg')];
  const [, , width, drawn] = (layers[0]?.getAttribute('viewBox') ?? '').split(' ').map(Number);
  // What marks mean stands beside the chart on the page, and below it in the file.
  const below = Number(host.querySelector('[data-height]')?.getAttribute('data-height') ?? 0);
  const height = drawn && drawn + below;
  if (!width || !height) throw new Error('the chart is not drawn');
  return standaloneSvg({
    layers,
    width,
    height,
    title,
    description,
    background: getComputedStyle(document.documentElement).getPropertyValue('--panel'),
    styleOf: (element) => getComputedStyle(element),
    colourOf: paintedColour(),
  });
}

/** The same as a picture. @throws Error where the browser does not paint it */
export async function chartToPng(svg: string): Promise<Blob> {
  const [, width = '0', height = '0'] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  const { file } = await svgToPng(new Blob([svg], { type: 'image/svg+xml' }), Number(width), Number(height));
  return file;
}

/** Points as a table: a line each, every quantity in its own units, what is not known left empty. */
export function pointsToCsv(points: readonly ChartPoint[], messages: ChartMessages): string {
  const header = [
    'network',
    'title',
    'family',
    ...quantities.map((quantity) => quantityFacts[quantity].column),
    'input',
    'evaluation',
    'source',
    'not_comparable',
  ];
  const lines = points.map(({ network, title, family, values, crop, evaluation, source, incomparable }) => [
    network ?? '',
    title,
    family,
    ...quantities.map((quantity) => values[quantity] ?? ''),
    crop,
    messages.evaluation[evaluation](crop),
    source ?? messages.own,
    incomparable === null ? '' : messages.incomparable[incomparable],
  ]);
  return `${[header, ...lines].map((line) => line.map(csvField).join(',')).join('\n')}\n`;
}
