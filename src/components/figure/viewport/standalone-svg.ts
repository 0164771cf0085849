/** Computed style of an element, by property. */
export type StyleOf = (element: Element) => { getPropertyValue(property: string): string };

/** A colour as files can hold it, and how opaque it is. */
export interface PlainColour {
  /** `#rrggbb`. */
  readonly colour: string;
  /** From 0 to 1. */
  readonly opacity: number;
}

const hex = (value: number): string =>
  Math.round(Math.min(255, Math.max(0, value)))
    .toString(16)
    .padStart(2, '0');

/**
 * A computed CSS colour without CSS: `rgb()`, `color(srgb …)` and `#rrggbb` are understood; others are left to the fallback.
 *
 * @returns null where nothing is painted
 */
export function plainColour(
  value: string,
  fallback: (value: string) => PlainColour | null = () => null,
): PlainColour | null {
  const text = value.trim();
  if (text === '' || text === 'none' || text === 'transparent') return null;
  if (/^#[0-9a-f]{6}$/i.test(text)) return { colour: text.toLowerCase(), opacity: 1 };
  const call = /^(rgba?|color)\((?:(srgb) )?([^)]*)\)$/i.exec(text);
  if (!call || (call[1]?.toLowerCase() === 'color' && !call[2])) return fallback(text);
  const factor = call[2] ? 255 : 1;
  const [red = 0, green = 0, blue = 0, alpha = 1] = (call[3] ?? '')
    .split(/[\s,/]+/)
    .filter((part) => part !== '')
    .map((part) => (part.endsWith('%') ? Number.parseFloat(part) / 100 : Number.parseFloat(part)));
  if (alpha === 0) return null;
  return {
    colour: `#${hex(red * factor)}${hex(green * factor)}${hex(blue * factor)}`,
    opacity: Math.round(Math.min(1, alpha) * 1000) / 1000,
  };
}

/** Text as it may stand in XML, in content and attributes: escaped, without characters that XML has no place for. */
export const escapeXml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what has to go
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Fonts that other programs know, for the page's own. */
export const plainFont = (family: string): string =>
  /mono/i.test(family)
    ? "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
    : /serif/i.test(family) && !/sans/i.test(family)
      ? "Georgia, 'Times New Roman', serif"
      : "system-ui, 'Segoe UI', Helvetica, Arial, 'Noto Sans SC', sans-serif";

const shapes: ReadonlySet<string> = new Set([
  'path',
  'rect',
  'circle',
  'ellipse',
  'line',
  'polyline',
  'polygon',
]);
const containers: ReadonlySet<string> = new Set(['svg', 'g']);
const geometry = [
  'd',
  'x',
  'y',
  'dx',
  'dy',
  'x1',
  'y1',
  'x2',
  'y2',
  'cx',
  'cy',
  'r',
  'rx',
  'ry',
  'width',
  'height',
  'points',
  'transform',
] as const;

/** What of an element's look is written down; equal for elements of equal kind. */
interface Look {
  /** Attributes, ready to write. */
  readonly text: string;
  readonly isPainted: boolean;
  readonly isHidden: boolean;
}

/** What a standalone file is made from. */
export interface StandaloneOptions {
  /** Pictures and drawings over one another, the undermost first: `svg` elements, and canvases as wide as the figure. */
  readonly layers: readonly Element[];
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  /** The ground's colour. */
  readonly background: string;
  readonly styleOf: StyleOf;
  /** For colours in notations that are not understood here. */
  readonly colourOf?: (value: string) => PlainColour | null;
}

const isOne = (value: string): boolean => value === '' || Number.parseFloat(value) === 1;

/**
 * Drawings of the page as one SVG file that looks the same outside of it: colours and fonts written out, controls and
 * everything unseen left out, layers named and titled by their `data-node` and `aria-label`.
 */
export function standaloneSvg(options: StandaloneOptions): string {
  const { layers, width, height, title, description, background, styleOf, colourOf } = options;
  const looks = new Map<string, Look>();

  const paint = (style: ReturnType<StyleOf>, property: 'fill' | 'stroke'): [string, boolean] => {
    const colour = plainColour(style.getPropertyValue(property), colourOf);
    if (!colour) return [property === 'fill' ? ' fill="none"' : '', false];
    const opacity = colour.opacity * Number.parseFloat(style.getPropertyValue(`${property}-opacity`) || '1');
    const rest = opacity < 1 ? ` ${property}-opacity="${Math.round(opacity * 1000) / 1000}"` : '';
    return [` ${property}="${colour.colour}"${rest}`, opacity > 0];
  };
  const lookOf = (element: Element, key: string): Look => {
    const known = looks.get(key);
    if (known) return known;
    const style = styleOf(element);
    const name = element.localName;
    let text = '';
    let isPainted = false;
    if (shapes.has(name) || name === 'text' || name === 'tspan') {
      const [fill, isFilled] = paint(style, 'fill');
      const [stroke, isStroked] = paint(style, 'stroke');
      isPainted = isFilled || isStroked;
      text += fill + stroke;
      if (isStroked) {
        text += ` stroke-width="${Number.parseFloat(style.getPropertyValue('stroke-width') || '1')}"`;
        const dashes = style.getPropertyValue('stroke-dasharray').replaceAll('px', '');
        if (dashes !== '' && dashes !== 'none') text += ` stroke-dasharray="${escapeXml(dashes)}"`;
        for (const property of ['stroke-linejoin', 'stroke-linecap'] as const) {
          const value = style.getPropertyValue(property);
          if (value === 'round' || value === 'bevel' || value === 'square') text += ` ${property}="${value}"`;
        }
      }
    }
    if (name === 'text' || name === 'tspan') {
      // An outline lies under its letters.
      if (style.getPropertyValue('paint-order').startsWith('stroke')) text += ' paint-order="stroke"';
      text += ` font-family="${escapeXml(plainFont(style.getPropertyValue('font-family')))}"`;
      text += ` font-size="${Number.parseFloat(style.getPropertyValue('font-size') || '12')}"`;
      const weight = style.getPropertyValue('font-weight');
      if (weight !== '' && weight !== '400' && weight !== 'normal')
        text += ` font-weight="${escapeXml(weight)}"`;
      const anchor = style.getPropertyValue('text-anchor');
      if (anchor === 'middle' || anchor === 'end') text += ` text-anchor="${anchor}"`;
    }
    const opacity = style.getPropertyValue('opacity');
    if (!isOne(opacity)) text += ` opacity="${Number.parseFloat(opacity)}"`;
    const isHidden =
      style.getPropertyValue('display') === 'none' ||
      style.getPropertyValue('visibility') === 'hidden' ||
      Number.parseFloat(opacity) === 0;
    const look = { text, isPainted, isHidden };
    looks.set(key, look);
    return look;
  };

  /** What decides an element's look, its ancestors' included; names and places do not. */
  const keyOf = (element: Element, parent: string): string => {
    let key = `${parent}>${element.localName}`;
    for (const { name, value } of element.attributes) {
      if (name === 'class' || name === 'opacity' || name === 'style' || name === 'font-size')
        key += ` ${name}=${value}`;
      else if (name.startsWith('data-') && (name !== 'data-node' || value === 'input'))
        key += ` ${name}=${value}`;
      else if (name === 'fill' || name.startsWith('stroke')) key += ` ${name}=${value}`;
    }
    return key;
  };

  const children = (element: Element, key: string): string => {
    let text = '';
    for (const child of element.childNodes) {
      if (child.nodeType === 1) text += write(child as Element, key);
      else if (child.nodeType === 3 && (element.localName === 'text' || element.localName === 'tspan')) {
        text += escapeXml(child.textContent ?? '');
      }
    }
    return text;
  };

  const write = (element: Element, parent: string): string => {
    const name = element.localName;
    // A control does nothing on paper.
    if (element.hasAttribute('data-toggle')) return '';
    const key = keyOf(element, parent);
    const isText = name === 'text' || name === 'tspan';
    if (!containers.has(name) && !shapes.has(name) && !isText) return '';
    const look = lookOf(element, key);
    if (look.isHidden || (shapes.has(name) && !look.isPainted)) return '';
    let attributes = '';
    if (name !== 'svg') {
      for (const attribute of geometry) {
        const value = element.getAttribute(attribute);
        if (value !== null) attributes += ` ${attribute}="${escapeXml(value)}"`;
      }
    }
    if (shapes.has(name)) return `<${name}${attributes}${look.text}/>`;
    const inside = children(element, key);
    if (inside === '') return '';
    if (isText) return `<${name}${attributes}${look.text}>${inside}</${name}>`;
    const node = element.getAttribute('data-node');
    const label = element.getAttribute('aria-label');
    const named = node === null ? '' : ` data-node="${escapeXml(node)}"`;
    const titled = node !== null && label ? `<title>${escapeXml(label)}</title>` : '';
    if (attributes === '' && look.text === '' && named === '') return inside;
    return `<g${named}${attributes}${look.text}>${titled}${inside}</g>\n`;
  };

  const ground = plainColour(background, colourOf);
  const body = layers.map((layer) => {
    if (layer.localName === 'canvas') {
      const url = (layer as HTMLCanvasElement).toDataURL('image/png');
      return `<image x="0" y="0" width="${width}" height="${height}" preserveAspectRatio="none" href="${escapeXml(url)}"/>\n`;
    }
    return write(layer, '');
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title desc">\n`,
    `<title id="title">${escapeXml(title)}</title>\n<desc id="desc">${escapeXml(description)}</desc>\n`,
    ground ? `<rect width="${width}" height="${height}" fill="${ground.colour}"/>\n` : '',
    ...body,
    '</svg>\n',
  ].join('');
}
