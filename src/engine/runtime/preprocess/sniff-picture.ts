/** What a file is, by its bytes. */
export type FileType =
  | 'png'
  | 'jpeg'
  | 'webp'
  | 'gif'
  | 'bmp'
  | 'avif'
  | 'svg'
  | 'ico'
  | 'heic'
  | 'tiff'
  | 'jxl'
  | 'pdf'
  | 'zip'
  | 'video'
  | 'html'
  | 'text'
  | 'unknown';

/** What a file's first bytes say about it before anything is decoded. */
export interface PictureFacts {
  readonly type: FileType;
  /** In pixels as stored, before any rotation; null where the header does not say. */
  readonly width: number | null;
  readonly height: number | null;
  readonly animated: boolean;
  /** Bits a channel; null where the header does not say. */
  readonly depth: number | null;
  /** Whether its colours are printing inks. */
  readonly cmyk: boolean;
  /** Whether it ends before it is complete. */
  readonly truncated: boolean;
  /** Whether a drawing holds scripts. */
  readonly scripted: boolean;
}

/** Types that every browser of today decodes, and those that some do. */
export const pictureTypes: ReadonlySet<FileType> = new Set([
  'png',
  'jpeg',
  'webp',
  'gif',
  'bmp',
  'avif',
  'svg',
  'ico',
  'heic',
  'tiff',
  'jxl',
]);

const nothing = {
  width: null,
  height: null,
  animated: false,
  depth: null,
  cmyk: false,
  truncated: false,
  scripted: false,
} as const;

/** How much of a file is read as text, in bytes. */
const TEXT_BYTES = 4096;

/** Reads numbers from bytes; beyond their end everything is 0. */
class Reader {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  u8(at: number): number {
    return this.bytes[at] ?? 0;
  }

  u16(at: number): number {
    return this.u8(at) * 256 + this.u8(at + 1);
  }

  u32(at: number): number {
    return this.u16(at) * 65_536 + this.u16(at + 2);
  }

  u16le(at: number): number {
    return this.u8(at) + this.u8(at + 1) * 256;
  }

  u24le(at: number): number {
    return this.u16le(at) + this.u8(at + 2) * 65_536;
  }

  u32le(at: number): number {
    return this.u16le(at) + this.u16le(at + 2) * 65_536;
  }

  text(at: number, length: number): string {
    return String.fromCharCode(...this.bytes.subarray(at, at + length));
  }

  starts(...values: readonly number[]): boolean {
    return values.every((value, index) => this.bytes[index] === value) && this.bytes.length >= values.length;
  }
}

/** PNG (W3C Recommendation, third edition): a signature, then chunks of length, name, data and checksum. */
function readPng(reader: Reader): PictureFacts {
  const { length } = reader.bytes;
  let animated = false;
  let isDone = false;
  let at = 8;
  while (at + 8 <= length) {
    const name = reader.text(at + 4, 4);
    if (name === 'acTL') animated = true;
    const next = at + 12 + reader.u32(at);
    if (name === 'IEND') isDone = next <= length;
    if (isDone) break;
    at = next;
  }
  const hasHeader = length >= 33 && reader.text(12, 4) === 'IHDR';
  return {
    ...nothing,
    type: 'png',
    ...(hasHeader ? { width: reader.u32(16), height: reader.u32(20), depth: reader.u8(24) } : {}),
    animated,
    truncated: !isDone,
  };
}

/** Frame headers of JPEG (ITU-T T.81, table B.1): all of C0 to CF but the tables C4, C8 and CC. */
const isFrameHeader = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** JPEG (ITU-T T.81): segments up to the frame header, which says size and components; an end marker closes it. */
function readJpeg(reader: Reader): PictureFacts {
  const { bytes } = reader;
  let frame: Partial<PictureFacts> = {};
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (reader.u8(at) !== 0xff) break;
    const marker = reader.u8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isFrameHeader(marker)) {
      frame = {
        depth: reader.u8(at + 4),
        height: reader.u16(at + 5),
        width: reader.u16(at + 7),
        cmyk: reader.u8(at + 9) === 4,
      };
      break;
    }
    if (marker === 0xda) break;
    // Markers without a length: restart and temporary ones.
    at += marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8) ? 2 : 2 + Math.max(reader.u16(at + 2), 2);
  }
  // Cameras append previews and notes, so the end marker need not be last; inside the data 0xFF is followed by 0.
  const hasEnd = lastPairAt(bytes, 0xff, 0xd9) > at;
  return { ...nothing, type: 'jpeg', ...frame, truncated: !hasEnd };
}

function lastPairAt(bytes: Uint8Array, first: number, second: number): number {
  for (let at = bytes.length - 2; at >= 0; at -= 1) {
    if (bytes[at] === first && bytes[at + 1] === second) return at;
  }
  return -1;
}

/** GIF89a: a logical screen, then blocks; every image descriptor is a frame, a trailer closes the file. */
function readGif(reader: Reader): PictureFacts {
  const { length } = reader.bytes;
  const tableSize = (flags: number): number => ((flags & 0x80) !== 0 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const skipBlocks = (from: number): number => {
    let place = from;
    while (place < length && reader.u8(place) !== 0) place += 1 + reader.u8(place);
    return place + 1;
  };
  let frames = 0;
  let isDone = false;
  let at = 13 + tableSize(reader.u8(10));
  while (at < length) {
    const introducer = reader.u8(at);
    if (introducer === 0x2c) {
      frames += 1;
      at = skipBlocks(at + 11 + tableSize(reader.u8(at + 9)));
    } else if (introducer === 0x21) {
      at = skipBlocks(at + 2);
    } else {
      isDone = introducer === 0x3b;
      break;
    }
  }
  return {
    ...nothing,
    type: 'gif',
    ...(length >= 10 ? { width: reader.u16le(6), height: reader.u16le(8) } : {}),
    depth: 8,
    animated: frames > 1,
    truncated: !isDone,
  };
}

/** WebP (RFC 9649): a RIFF file with one of three first chunks. */
function readWebp(reader: Reader): PictureFacts {
  const base = { ...nothing, type: 'webp', depth: 8 } as const;
  const truncated = reader.u32le(4) + 8 > reader.bytes.length;
  switch (reader.text(12, 4)) {
    case 'VP8X':
      return {
        ...base,
        width: reader.u24le(24) + 1,
        height: reader.u24le(27) + 1,
        animated: (reader.u8(20) & 2) !== 0,
        truncated,
      };
    case 'VP8L': {
      const packed = reader.u32le(21);
      return { ...base, width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1, truncated };
    }
    case 'VP8 ':
      return { ...base, width: reader.u16le(26) & 0x3fff, height: reader.u16le(28) & 0x3fff, truncated };
    default:
      return { ...base, truncated };
  }
}

/** BMP: its length, then a header of one of two kinds; a negative height means rows from the top. */
function readBmp(reader: Reader): PictureFacts {
  const isOld = reader.u32le(14) === 12;
  const height = reader.u32le(22);
  return {
    ...nothing,
    type: 'bmp',
    ...(isOld
      ? { width: reader.u16le(18), height: reader.u16le(20) }
      : { width: reader.u32le(18), height: height > 0x7fffffff ? 2 ** 32 - height : height }),
    truncated: reader.u32le(10) >= reader.bytes.length,
  };
}

/** Brands of ISO base media files (ISO/IEC 23008-12, AV1 Image File Format): stills in HEVC, stills in AV1. */
const HEIC_BRANDS: ReadonlySet<string> = new Set([
  'heic',
  'heix',
  'hevc',
  'hevx',
  'heim',
  'heis',
  'mif1',
  'msf1',
]);
const AVIF_BRANDS: ReadonlySet<string> = new Set(['avif', 'avis']);

/** Where the boxes that describe a still picture end at the latest, in bytes. */
const META_BYTES = 65_536;

function readIsoMedia(reader: Reader): PictureFacts {
  const end = Math.min(reader.u32(0), reader.bytes.length, 256);
  const brands = [reader.text(8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(reader.text(at, 4));
  const isAvif = brands.some((brand) => AVIF_BRANDS.has(brand));
  const isHeic = brands.some((brand) => HEIC_BRANDS.has(brand));
  if (!isAvif && !isHeic) return { ...nothing, type: 'video' };
  // The largest `ispe` (image spatial extents): thumbnails and tiles have smaller ones.
  let width = 0;
  let height = 0;
  const last = Math.min(reader.bytes.length - 16, META_BYTES);
  for (let at = 0; at <= last; at += 1) {
    if (reader.u8(at) !== 0x69 || reader.text(at, 4) !== 'ispe') continue;
    const [across, down] = [reader.u32(at + 8), reader.u32(at + 12)];
    if (across * down > width * height) [width, height] = [across, down];
  }
  return {
    ...nothing,
    type: isAvif ? 'avif' : 'heic',
    ...(width > 0 ? { width, height } : {}),
    animated: brands[0] === 'avis' || brands[0] === 'msf1' || brands[0] === 'hevc',
  };
}

/** A length of a drawing in CSS pixels; null for none, or one in per cent. */
function svgLength(tag: string, name: string): number | null {
  const found = new RegExp(`\\s${name}\\s*=\\s*["']\\s*([0-9.]+)\\s*(px|pt|mm|cm|in|pc)?\\s*["']`, 'i').exec(
    tag,
  );
  if (!found) return null;
  const units: Readonly<Record<string, number>> = {
    pt: 96 / 72,
    mm: 96 / 25.4,
    cm: 96 / 2.54,
    in: 96,
    pc: 16,
  };
  const value = Number(found[1]) * (units[found[2]?.toLowerCase() ?? ''] ?? 1);
  return Number.isFinite(value) && value > 0 ? value : null;
}

function readSvg(text: string): PictureFacts {
  const tag = /<svg\b[^>]*>/i.exec(text)?.[0] ?? '';
  const box = /viewBox\s*=\s*["']\s*[-0-9.e]+[\s,]+[-0-9.e]+[\s,]+([0-9.e]+)[\s,]+([0-9.e]+)/i.exec(tag);
  const [boxWidth, boxHeight] = [Number(box?.[1] ?? Number.NaN), Number(box?.[2] ?? Number.NaN)];
  const ratio = boxWidth > 0 && boxHeight > 0 ? boxWidth / boxHeight : null;
  const [ownWidth, ownHeight] = [svgLength(tag, 'width'), svgLength(tag, 'height')];
  const width = ownWidth ?? (ownHeight !== null && ratio !== null ? ownHeight * ratio : ratio && boxWidth);
  const height = ownHeight ?? (ownWidth !== null && ratio !== null ? ownWidth / ratio : ratio && boxHeight);
  return {
    ...nothing,
    type: 'svg',
    width,
    height,
    truncated: !/<\/svg\s*>|<svg\b[^>]*\/>/i.test(text),
    scripted: /<script\b|\son[a-z]+\s*=|javascript:/i.test(text),
  };
}

/** The bytes as text, where all of the beginning is text; null where it is not. */
function asText(bytes: Uint8Array): string | null {
  // Only the beginning decides: control characters that no text has.
  const head = bytes.subarray(0, TEXT_BYTES);
  for (const value of head) {
    if (value < 9 || (value > 13 && value < 32 && value !== 27)) return null;
  }
  let text = '';
  for (let at = 0; at < bytes.length; at += TEXT_BYTES) {
    text += String.fromCharCode(...bytes.subarray(at, at + TEXT_BYTES));
  }
  return text;
}

/** What is read of a text that may be a drawing, in bytes. */
const MOST_TEXT = 8 * 2 ** 20;

function readText(bytes: Uint8Array): PictureFacts {
  const text = asText(bytes.subarray(0, MOST_TEXT));
  if (text === null) return { ...nothing, type: 'unknown' };
  const start = text
    // A byte order mark, read byte by byte.
    .replace(/^\xef\xbb\xbf/, '')
    .replace(/^(\s|<\?[^>]*\?>|<!--[\s\S]*?-->|<!DOCTYPE\s+svg[^[>]*(\[[\s\S]*?\]\s*)?>)*/i, '');
  if (/^<svg[\s>]/i.test(start)) return readSvg(text);
  return { ...nothing, type: /^<(!doctype\s+html|html|head|body)\b/i.test(start) ? 'html' : 'text' };
}

/** Says what a file is, how large a picture it holds and what is unusual about it, without decoding it. */
export function sniffPicture(bytes: Uint8Array): PictureFacts {
  const reader = new Reader(bytes);
  if (reader.starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return readPng(reader);
  if (reader.starts(0xff, 0xd8, 0xff)) return readJpeg(reader);
  if (/^GIF8[79]a/.test(reader.text(0, 6))) return readGif(reader);
  if (reader.text(0, 4) === 'RIFF') {
    return reader.text(8, 4) === 'WEBP' ? readWebp(reader) : { ...nothing, type: 'video' };
  }
  if (reader.text(4, 4) === 'ftyp') return readIsoMedia(reader);
  if (reader.starts(0x42, 0x4d) && bytes.length >= 26 && reader.u32le(14) <= 256) return readBmp(reader);
  if (reader.starts(0, 0, 1, 0)) {
    // The largest of its pictures; 0 stands for 256.
    const sides = Array.from({ length: Math.min(reader.u16le(4), 64) }, (_, index) => [
      reader.u8(6 + 16 * index) || 256,
      reader.u8(7 + 16 * index) || 256,
    ]);
    const [width = null, height = null] = sides.sort((a, b) => (b[0] ?? 0) - (a[0] ?? 0))[0] ?? [];
    return { ...nothing, type: 'ico', width, height };
  }
  if (reader.starts(0x49, 0x49, 0x2a, 0) || reader.starts(0x4d, 0x4d, 0, 0x2a))
    return { ...nothing, type: 'tiff' };
  if (reader.starts(0xff, 0x0a) || reader.starts(0, 0, 0, 0x0c, 0x4a, 0x58, 0x4c, 0x20)) {
    return { ...nothing, type: 'jxl' };
  }
  if (reader.text(0, 5) === '%PDF-') return { ...nothing, type: 'pdf' };
  if (reader.starts(0x50, 0x4b, 3, 4)) return { ...nothing, type: 'zip' };
  if (reader.starts(0x1a, 0x45, 0xdf, 0xa3)) return { ...nothing, type: 'video' };
  return readText(bytes);
}

const endings: Readonly<Record<string, FileType>> = {
  png: 'png',
  apng: 'png',
  jpg: 'jpeg',
  jpeg: 'jpeg',
  jfif: 'jpeg',
  webp: 'webp',
  gif: 'gif',
  bmp: 'bmp',
  avif: 'avif',
  svg: 'svg',
  ico: 'ico',
  heic: 'heic',
  heif: 'heic',
  tif: 'tiff',
  tiff: 'tiff',
  jxl: 'jxl',
};

/** The type that a file's name promises; null where its ending says nothing about pictures. */
export const promisedType = (name: string): FileType | null =>
  endings[/\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''] ?? null;
