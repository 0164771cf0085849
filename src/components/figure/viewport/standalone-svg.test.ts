import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  escapeXml,
  plainColour,
  plainFont,
  type StandaloneOptions,
  standaloneSvg,
} from './standalone-svg.ts';

const parse = (text: string): Document => new DOMParser().parseFromString(text, 'image/svg+xml');

/** A drawing as the page makes it, with styles by class. */
function draw(markup: string): Element {
  const host = document.createElement('div');
  host.innerHTML = `<svg viewBox="0 0 100 50">${markup}</svg>`;
  return host.firstElementChild as Element;
}

const looks: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  front: { fill: 'color(srgb 0.5 0.25 0 / 0.5)', stroke: 'rgb(10, 20, 30)', 'stroke-width': '0.7px' },
  frame: { fill: 'rgba(0, 0, 0, 0)', stroke: 'none' },
  name: { fill: 'rgb(29, 35, 41)', 'font-family': '"Inter Variable", sans-serif', 'font-size': '12px' },
  faint: { opacity: '0.5', fill: 'rgb(1, 2, 3)' },
  gone: { display: 'none', fill: 'rgb(1, 2, 3)' },
};
const options = (markup: string, rest: Partial<StandaloneOptions> = {}): StandaloneOptions => ({
  layers: [draw(markup)],
  width: 100,
  height: 50,
  title: 'Made',
  description: 'A network made up',
  background: '#ffffff',
  styleOf: (element) => ({
    getPropertyValue: (property) => looks[element.getAttribute('class') ?? '']?.[property] ?? '',
  }),
  ...rest,
});

/** Characters that names may hold, and those that have to be written otherwise or not at all. */
const characters = fc.constantFrom(...'aZ0 ×中😀<>&"\'\u0000\u0008\u001f\ufffe\uffff\t');

describe('a colour outside of the page', () => {
  it('is a hexadecimal one with its opacity', () => {
    expect(plainColour('rgb(46, 111, 183)')).toEqual({ colour: '#2e6fb7', opacity: 1 });
    expect(plainColour('rgba(255, 0, 0, 0.25)')).toEqual({ colour: '#ff0000', opacity: 0.25 });
    expect(plainColour('rgb(255 0 0 / 50%)')).toEqual({ colour: '#ff0000', opacity: 0.5 });
    expect(plainColour('color(srgb 1 0.5 0)')).toEqual({ colour: '#ff8000', opacity: 1 });
    expect(plainColour('color(srgb 1 0.5 0 / 0.3)')).toEqual({ colour: '#ff8000', opacity: 0.3 });
    expect(plainColour('#2E6FB7')).toEqual({ colour: '#2e6fb7', opacity: 1 });
  });

  it('is none where nothing is painted, and asks elsewhere for notations it does not know', () => {
    for (const nothing of ['none', 'transparent', '', 'rgba(1, 2, 3, 0)'])
      expect(plainColour(nothing)).toBeNull();
    const known = { colour: '#123456', opacity: 1 };
    expect(plainColour('oklab(0.6 0.1 0.1)', () => known)).toBe(known);
    expect(plainColour('color(display-p3 1 0 0)', () => known)).toBe(known);
  });
});

describe('a font outside of the page', () => {
  it('is one that other programs know, of the same kind', () => {
    expect(plainFont('"JetBrains Mono Variable", ui-monospace, monospace')).toMatch(/monospace$/);
    expect(plainFont('"Inter Variable", Inter, "Noto Sans SC", sans-serif')).toMatch(/sans-serif$/);
    expect(plainFont('"Source Serif 4 Variable", Georgia, serif')).toMatch(/, serif$/);
  });
});

describe('a standalone figure', () => {
  it('is well-formed, bears title and description, and has its looks written out', () => {
    const text = standaloneSvg(
      options(
        '<g class="box" data-node="conv1" aria-label="conv1 6×28×28"><rect class="frame" x="0" y="0" width="9" height="9"></rect>' +
          '<rect class="front" x="1" y="2" width="3" height="4"></rect><text class="name" x="5" y="6">conv1<tspan class="name" dx="2"> ×2</tspan></text></g>',
      ),
    );
    const file = parse(text);
    expect(file.querySelector('parsererror')).toBeNull();
    expect(file.querySelector('title')?.textContent).toBe('Made');
    expect(file.querySelector('desc')?.textContent).toBe('A network made up');
    const front = file.querySelector('[data-node="conv1"] rect');
    expect(front?.getAttribute('fill')).toBe('#804000');
    expect(front?.getAttribute('fill-opacity')).toBe('0.5');
    expect(front?.getAttribute('stroke')).toBe('#0a141e');
    expect(front?.getAttribute('stroke-width')).toBe('0.7');
    expect(file.querySelector('[data-node="conv1"] title')?.textContent).toBe('conv1 6×28×28');
    expect(file.querySelector('text')?.textContent).toBe('conv1 ×2');
    expect(file.querySelector('text')?.getAttribute('font-family')).toMatch(/sans-serif$/);
  });

  it('leaves out controls, what is not painted, and all that only the page understands', () => {
    const text = standaloneSvg(
      options(
        '<g class="toggle" data-toggle="a"><path class="front" d="M0 0h1"></path></g>' +
          '<g role="button" tabindex="0" style="--x:1"><rect class="frame" width="1" height="1"></rect></g>' +
          '<path class="gone" d="M7 7h7"></path><path class="faint" d="M1 1h2"></path>',
      ),
    );
    expect(text).not.toMatch(/toggle|tabindex|class=|style=|M7 7|M0 0h1|var\(/);
    expect(text.match(/<g[ >]/g)).toBeNull();
    expect(parse(text).querySelector('path')?.getAttribute('opacity')).toBe('0.5');
  });

  it('keeps any name as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 20 }), (name) => {
        const layer = draw('<text class="name" x="0" y="1"></text>');
        const words = layer.querySelector('text');
        if (words) words.textContent = `.${name}`;
        const text = standaloneSvg({ ...options(''), layers: [layer], title: name });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: what a file has no place for
        expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
        const inside = /<title id="title">(.*?)<\/title>/s.exec(text)?.[1] ?? '';
        expect(inside).toBe(escapeXml(name));
        expect(inside).not.toMatch(/[<>"]|&(?!(?:amp|lt|gt|quot);)/);
      }),
      { numRuns: 25 },
    );
  });

  it('holds canvases as embedded pictures in their place', () => {
    const canvas = document.createElement('canvas');
    canvas.toDataURL = () => 'data:image/png;base64,AAAA';
    const text = standaloneSvg({
      ...options(''),
      layers: [
        draw('<path class="faint" d="M1 1h2"></path>'),
        canvas,
        draw('<path class="front" d="M3 3h3"></path>'),
      ],
    });
    expect(text.indexOf('M1 1h2')).toBeLessThan(text.indexOf('<image'));
    expect(text.indexOf('<image')).toBeLessThan(text.indexOf('M3 3h3'));
    expect(text).toContain('href="data:image/png;base64,AAAA"');
  });
});
