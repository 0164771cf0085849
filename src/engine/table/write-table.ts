import { formatInteger, formatShape } from '../cost/format.ts';
import type { Shape } from '../spec/types.ts';
import type { LayerTable, TableRow } from './layer-table.ts';

/** Formats of a table. */
export const tableFormats = ['csv', 'json', 'latex', 'markdown'] as const;

/** A format of a table. */
export type TableFormat = (typeof tableFormats)[number];

/** What the name of a file in a format ends in. */
export const tableExtensions: Readonly<Record<TableFormat, string>> = {
  csv: 'csv',
  json: 'json',
  latex: 'tex',
  markdown: 'md',
};

/** The headings of a table for reading, and which columns are numbers. */
const columns = [
  { heading: 'Layer', isNumber: false },
  { heading: 'Operator', isNumber: false },
  { heading: 'Kernel', isNumber: true },
  { heading: 'Stride', isNumber: true },
  { heading: 'Output', isNumber: true },
  { heading: 'Parameters', isNumber: true },
  { heading: 'MACs', isNumber: true },
  { heading: 'FLOPs', isNumber: true },
  { heading: 'Activations', isNumber: true },
  { heading: 'Receptive field', isNumber: true },
] as const;

/** The first row of a CSV: names, and in brackets what is counted. */
const csvHeader = [
  'layer',
  'operator',
  'kernel [height x width]',
  'stride [vertical x horizontal]',
  'output [channels x height x width]',
  'parameters [learnable numbers]',
  'macs [one image; bias not counted]',
  'flops [one image; 2 macs + all other operations]',
  'activations [values; one image]',
  'receptive field [input pixels; height x width]',
];

/** A number, or a dash for one that is not known: a zero would be a claim. */
const counted = (value: number | null): string => (value === null ? '–' : formatInteger(value));

/** The texts of a row for reading: whole numbers by thousands, `3×3` for windows. */
const cellsOf = (row: TableRow): string[] => [
  row.layer,
  row.operator,
  row.kernel ? formatShape(row.kernel) : '',
  row.stride ? formatShape(row.stride) : '',
  formatShape(row.output),
  formatInteger(row.parameters),
  counted(row.macs),
  counted(row.flops),
  formatInteger(row.activations),
  formatShape(row.receptiveField),
];

const totalCells = ({ totals, uncounted }: LayerTable): string[] => [
  'Total',
  '',
  '',
  '',
  '',
  formatInteger(totals.parameters),
  `${uncounted.length > 0 ? '≥ ' : ''}${formatInteger(totals.macs)}`,
  `${uncounted.length > 0 ? '≥ ' : ''}${formatInteger(totals.flops)}`,
  formatInteger(totals.activations),
  '',
];

/** Notes under a table for reading: what each figure counts. */
const notesOf = ({ conventions, totals, uncounted }: LayerTable): readonly (readonly [string, string])[] => [
  ['Parameters', conventions.parameters],
  ['MACs', conventions.macs],
  ['FLOPs', conventions.flops],
  ['Activations', conventions.activations],
  ['Peak', `${formatInteger(totals.peakActivations)} ${conventions.peakActivations}`],
  ['Receptive field', conventions.receptiveField],
  ...(uncounted.length > 0
    ? ([
        ['Uncounted', `${uncounted.join(', ')}: not in MACs and FLOPs, which are at least what stands here`],
      ] as const)
    : []),
];

/** A table as text. */
export const writeTable = (table: LayerTable, format: TableFormat): string => writers[format](table);

/** RFC 4180, but with plain line feeds: one row an operator call, then one of sums whose layer is `total`. */
function writeCsv(table: LayerTable): string {
  const plain = (shape: Shape | null): string => shape?.join('x') ?? '';
  const rows = table.rows.map((row) => [
    row.layer,
    row.operator,
    plain(row.kernel),
    plain(row.stride),
    plain(row.output),
    row.parameters,
    row.macs ?? '',
    row.flops ?? '',
    row.activations,
    plain(row.receptiveField),
  ]);
  const { parameters, macs, flops, activations } = table.totals;
  const total = ['total', '', '', '', '', parameters, macs, flops, activations, ''];
  return `${[csvHeader, ...rows, total].map((row) => row.map(csvField).join(',')).join('\n')}\n`;
}

/** A value as a field of a CSV line: quoted where it holds what would end it. */
export const csvField = (value: string | number): string => {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const writeJson = (table: LayerTable): string => `${JSON.stringify(table, null, 2)}\n`;

const latexEscapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  _: '\\_',
  '%': '\\%',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '×': '\\(\\times\\)',
  '–': '--',
  '≥': '\\(\\geq\\)',
  '’': "'",
};

/** Text as LaTeX sets it. */
export const escapeLatex = (text: string): string =>
  text.replace(/[\\{}$&#_%~^×–’≥]/g, (character) => latexEscapes[character] ?? character);

/** A long table of the booktabs package, over as many pages as it takes. */
function writeLatex(table: LayerTable): string {
  const line = (cells: readonly string[]): string => `${cells.map(escapeLatex).join(' & ')} \\\\`;
  const header = line(columns.map(({ heading }) => heading));
  const notes = notesOf(table).map(([name, text]) => `\\emph{${escapeLatex(name)}}: ${escapeLatex(text)}.`);
  const source = table.source ? ` ${escapeLatex(table.source)}.` : '';
  return `${[
    '% Needs \\usepackage{booktabs,longtable}.',
    `\\begin{longtable}{@{}${columns.map(({ isNumber }) => (isNumber ? 'r' : 'l')).join('')}@{}}`,
    `\\caption{${escapeLatex(table.title)}, input ${escapeLatex(formatShape(table.input))}.${source}} \\\\`,
    '\\toprule',
    header,
    '\\midrule',
    '\\endfirsthead',
    '\\toprule',
    header,
    '\\midrule',
    '\\endhead',
    '\\bottomrule',
    '\\endfoot',
    ...table.rows.map((row) => line(cellsOf(row))),
    '\\midrule',
    line(totalCells(table)),
    '\\end{longtable}',
    ...notes,
  ].join('\n')}\n`;
}

/** Text in a cell of a Markdown table, letter by letter. */
export const escapeMarkdown = (text: string): string => text.replace(/[\\`*_{}[\]<>#|~]/g, '\\$&');

/** A table as GitHub's Markdown has it, under a heading. */
function writeMarkdown(table: LayerTable): string {
  const rows = [...table.rows.map(cellsOf), totalCells(table)].map((cells) => cells.map(escapeMarkdown));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return `${[
    `## ${escapeMarkdown(table.title)}, input ${formatShape(table.input)}`,
    '',
    ...(table.source ? [`${escapeMarkdown(table.source)}.`, ''] : []),
    line(columns.map(({ heading }) => heading)),
    line(columns.map(({ isNumber }) => (isNumber ? '---:' : ':---'))),
    ...rows.map(line),
    '',
    ...notesOf(table).map(([name, text]) => `- ${name}: ${escapeMarkdown(text)}.`),
  ].join('\n')}\n`;
}

const writers: Readonly<Record<TableFormat, (table: LayerTable) => string>> = {
  csv: writeCsv,
  json: writeJson,
  latex: writeLatex,
  markdown: writeMarkdown,
};
