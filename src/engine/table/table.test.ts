import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { architectures } from '../../architectures/index.ts';
import { lower } from '../graph/lower.ts';
import { architecture, conv } from '../spec/layers.ts';
import type { Architecture, Series } from '../spec/types.ts';
import { layerTable } from './layer-table.ts';
import { escapeLatex, escapeMarkdown, writeTable } from './write-table.ts';

const tableOf = (id: string) => layerTable(lower(architectures.get(id) as Architecture));

/** Fields by RFC 4180, read letter by letter. */
function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[index + 1] === '"') {
        field += '"';
        index += 1;
      } else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',' || character === '\n') {
      row.push(field);
      field = '';
      if (character === '\n') {
        rows.push(row);
        row = [];
      }
    } else field += character;
  }
  return rows;
}

/** A network whose one layer has any name. */
const named = (name: string): Architecture =>
  architecture({
    id: 'named',
    title: name,
    source: { paper: 'none', where: 'nowhere', year: 2000, authors: 'nobody' },
    input: [1, 3, 3],
    layers: { [name]: conv(1, 1) } as Series,
  });

const layerName = fc
  .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
  .filter((name) => !/^\d+$|[/.$\r\n]|^input$|^\s*$/.test(name) && name !== '__proto__');

describe('the table of a network', () => {
  it('adds up to its totals', () => {
    for (const id of ['lenet5', 'googlenet', 'resnet50']) {
      const { rows, totals } = tableOf(id);
      for (const figure of ['parameters', 'macs', 'flops', 'activations'] as const) {
        expect(
          rows.reduce((sum, row) => sum + (row[figure] ?? Number.NaN), 0),
          `${id} ${figure}`,
        ).toBe(totals[figure]);
      }
    }
    expect(tableOf('vgg16').totals).toMatchObject({ parameters: 138_357_544, macs: 15_470_264_320 });
  });

  it('is refused for a network that does not fit', () => {
    expect(() => tableOf('zfnet-lecture')).toThrow('fc6/fc');
  });
});

describe('as CSV', () => {
  it('gives every figure back', () => {
    const table = tableOf('resnet18');
    const [header, ...rows] = readCsv(writeTable(table, 'csv'));
    expect(header?.every((name) => name !== '')).toBe(true);
    expect(rows.length).toBe(table.rows.length + 1);
    const shape = (text: string | undefined) => (text ? text.split('x').map(Number) : null);
    const back = rows.slice(0, -1).map((cells) => ({
      layer: cells[0],
      operator: cells[1],
      kernel: shape(cells[2]),
      stride: shape(cells[3]),
      output: shape(cells[4]),
      parameters: Number(cells[5]),
      macs: Number(cells[6]),
      flops: Number(cells[7]),
      activations: Number(cells[8]),
      receptiveField: shape(cells[9]),
    }));
    expect(back).toEqual(table.rows);
    const { parameters, macs, flops, activations } = table.totals;
    expect(rows.at(-1)?.slice(5, 9).map(Number)).toEqual([parameters, macs, flops, activations]);
  });

  it('gives any layer name back', () => {
    fc.assert(
      fc.property(layerName, (name) => {
        const rows = readCsv(writeTable(layerTable(lower(named(name))), 'csv'));
        expect(rows[1]?.[0]).toBe(name);
        expect(rows.every((row) => row.length === rows[0]?.length)).toBe(true);
      }),
    );
  });
});

describe('as JSON', () => {
  it('gives the whole table back, with what each figure counts', () => {
    const table = tableOf('densenet40-k12');
    expect(JSON.parse(writeTable(table, 'json'))).toEqual(table);
    expect(Object.keys(table.conventions).sort()).toEqual(
      [...Object.keys(table.totals), 'receptiveField'].sort(),
    );
  });
});

describe('as LaTeX', () => {
  it('is a table of booktabs with the sums under a rule', () => {
    const text = writeTable(tableOf('lenet5'), 'latex');
    expect(text).toMatch(
      /^% Needs \\usepackage\{booktabs,longtable\}\.\n\\begin\{longtable\}\{@\{\}llrrrrrrrr@\{\}\}\n/,
    );
    expect(text).toContain('\\midrule\nTotal &  &  &  &  & 61,706 & ');
    expect(text).toContain('\\emph{MACs}: multiply--accumulates');
  });

  it('leaves nothing in a layer name that LaTeX would read as more than a letter', () => {
    expect(escapeLatex('50% of_a & b#1 {x} ~^\\ $')).toBe(
      '50\\% of\\_a \\& b\\#1 \\{x\\} \\textasciitilde{}\\textasciicircum{}\\textbackslash{} \\$',
    );
    const text = writeTable(tableOf('resnet50'), 'latex');
    const rows = text.split('\n').filter((line) => line.endsWith(' \\\\') && line.includes(' & '));
    for (const row of rows) {
      expect(row.match(/(?<!\\)&/g)?.length).toBe(9);
      expect(row).not.toMatch(/(?<!\\)[_%#$]/);
    }
    expect(text).toContain('conv2\\_x/block1');
  });
});

describe('as Markdown', () => {
  it('has as many cells in every row as in its heading', () => {
    fc.assert(
      fc.property(layerName, (name) => {
        const rows = writeTable(layerTable(lower(named(name))), 'markdown')
          .split('\n')
          .filter((line) => line.startsWith('| '));
        expect(rows.length).toBe(4);
        for (const row of rows) expect(row.match(/(?<!\\)(?:\\\\)*\|/g)?.length).toBe(11);
      }),
    );
  });

  it('shows names as they are', () => {
    expect(escapeMarkdown('a|b_c*d`e<f>')).toBe('a\\|b\\_c\\*d\\`e\\<f\\>');
    expect(writeTable(tableOf('googlenet'), 'markdown')).toContain('| Total |  |  |  |  | 6,998,552 | ');
  });
});
