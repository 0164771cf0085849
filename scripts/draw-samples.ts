/**
 * Draws the pictures that ship with the site, `public/pictures/*.webp`, and writes their credits beside them.
 *
 * ```
 * apt-get download openclipart-svg && dpkg-deb -x openclipart-svg_*.deb clip-art
 * npx tsx scripts/draw-samples.ts clip-art/usr/share/openclipart/svg chelsea.png
 * ```
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { origins, type Sample, samples } from '../src/app/explore/picture/samples.ts';
import { findChromium } from './chromium.mjs';

const SIDE = 192;
const QUALITY = 0.86;

/** A drawing of the clip-art library, on a backdrop that its class is often seen against. */
interface Scene {
  /** Path in the package. */
  readonly art: string;
  /** Colours from the top down. */
  readonly backdrop: readonly string[];
  /** How much of the picture the drawing fills. */
  readonly fills: number;
}

const sky = ['#7fb0de', '#d7e6f1'];
const meadow = ['#b9d0e0', '#9db46c', '#6f8a43'];
const sea = ['#a9cbe6', '#d5e4ee', '#3f729c', '#2a567f'];
const street = ['#c3cfd8', '#b7bcbd', '#7f8283', '#6d6f70'];
const room = ['#cdbfa8', '#b9a68a', '#8f7a5e'];
const leaves = ['#3f5f2c', '#5b7a3a'];
const paper = ['#ffffff', '#ffffff'];

const scenes: Readonly<Record<string, Scene>> = {
  'airplane-climbing': {
    art: 'transportation/vehicles/aircraft_jarno_vasamaa_.svg',
    backdrop: sky,
    fills: 0.92,
  },
  'airplane-jet': { art: 'transportation/vehicles/aircraft_jarno_vasamaa2.svg', backdrop: sky, fills: 0.95 },
  'automobile-blue': { art: 'transportation/car_jamin_ellis_.svg', backdrop: street, fills: 0.95 },
  'automobile-sports': {
    art: 'recreation/sports/sportcar_sergio_luiz_ara_01.svg',
    backdrop: paper,
    fills: 0.95,
  },
  'bird-gull': { art: 'animals/birds/jonathon_s_duck_01.svg', backdrop: sky, fills: 0.9 },
  'bird-branch': { art: 'animals/birds/bird_of_peace_mauro_oliv_01.svg', backdrop: leaves, fills: 0.95 },
  'cat-lying': {
    art: 'animals/mammals/housecats/gatto_cat_architetto_fra_01.svg',
    backdrop: room,
    fills: 0.94,
  },
  'dog-beagle': { art: 'animals/mammals/dogs/beagle_copper_ganson.svg', backdrop: meadow, fills: 0.94 },
  'dog-tired': { art: 'animals/mammals/dogs/bored_dog_01.svg', backdrop: room, fills: 0.96 },
  'frog-sitting': { art: 'animals/rana03_architetto_france_01.svg', backdrop: room, fills: 0.92 },
  'frog-red-eyed': { art: 'animals/red-eye_frog_mirko_maisc_01.svg', backdrop: room, fills: 0.98 },
  'ship-schooner': { art: 'transportation/boating/boat_jarno_vasamaa1.svg', backdrop: sea, fills: 0.92 },
  'truck-tipper': { art: 'transportation/truck_jarno_vasamaa1.svg', backdrop: street, fills: 0.94 },
  'truck-red': { art: 'transportation/truck_jarno_vasamaa_.svg', backdrop: street, fills: 0.94 },
};

const [clipArt = '', photograph = ''] = process.argv.slice(2);
const folder = fileURLToPath(new URL('../public/pictures/', import.meta.url));

/** The source of a sample, and what lies behind it. */
function sourceOf({ id, from }: Sample) {
  if (from === 'photograph') return { type: 'image/png', file: photograph, backdrop: paper, fills: null };
  const type = 'image/svg+xml';
  if (from === 'site') {
    const file = fileURLToPath(new URL(`samples/${id}.svg`, import.meta.url));
    return { type, file, backdrop: paper, fills: 1 };
  }
  const scene = scenes[id];
  if (!scene) throw new Error(`no scene for ${id}`);
  return { type, file: `${clipArt}/${scene.art}`, backdrop: scene.backdrop, fills: scene.fills };
}

const executablePath = await findChromium();
if (!executablePath) throw new Error('no Chromium found; name one in CHROMIUM_PATH');
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
const page = await browser.newPage();
// tsx marks functions with their names; those handed to the page need the marker there, too.
await page.addInitScript('globalThis.__name = (value) => value;');
await page.goto('about:blank');

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
let total = 0;
for (const sample of samples) {
  const { type, file, backdrop, fills } = sourceOf(sample);
  const url = `data:${type};base64,${readFileSync(file).toString('base64')}`;
  const drawn = await page.evaluate(
    async ({ url, backdrop, fills, side, quality }) => {
      const load = async (source: string) => {
        const image = new Image();
        image.src = source;
        await image.decode();
        return image;
      };
      const image = await load(url);
      // A first drawing finds where the ink is: clip art has margins of any size.
      const probe = document.createElement('canvas');
      const long = Math.max(image.naturalWidth, image.naturalHeight) || 1;
      const scale = 600 / long;
      probe.width = Math.max(1, Math.round(image.naturalWidth * scale));
      probe.height = Math.max(1, Math.round(image.naturalHeight * scale));
      const ink = probe.getContext('2d');
      const canvas = document.createElement('canvas');
      canvas.height = side;
      // A photograph keeps its form, so that there is something to cut.
      canvas.width = fills === null ? Math.round((side * probe.width) / probe.height) : side;
      const context = canvas.getContext('2d');
      if (!ink || !context) throw new Error('no canvas');
      ink.drawImage(image, 0, 0, probe.width, probe.height);
      const { data } = ink.getImageData(0, 0, probe.width, probe.height);
      let [left, top, right, bottom] = [probe.width, probe.height, 0, 0];
      for (let at = 3; at < data.length; at += 4) {
        if ((data[at] ?? 0) < 16) continue;
        const x = ((at - 3) / 4) % probe.width;
        const y = Math.floor((at - 3) / 4 / probe.width);
        left = Math.min(left, x);
        right = Math.max(right, x + 1);
        top = Math.min(top, y);
        bottom = Math.max(bottom, y + 1);
      }
      const gradient = context.createLinearGradient(0, 0, 0, side);
      for (const [index, colour] of backdrop.entries()) {
        gradient.addColorStop(index / (backdrop.length - 1), colour);
      }
      context.fillStyle = gradient;
      context.fillRect(0, 0, canvas.width, side);
      context.imageSmoothingQuality = 'high';
      const [width, height] = [right - left, bottom - top];
      const zoom = fills === null ? side / height : (side * fills) / Math.max(width, height);
      context.drawImage(
        probe,
        left,
        top,
        width,
        height,
        (canvas.width - width * zoom) / 2,
        (side - height * zoom) / 2,
        width * zoom,
        height * zoom,
      );
      return canvas.toDataURL('image/webp', quality);
    },
    { url, backdrop, fills, side: SIDE, quality: QUALITY },
  );
  const bytes = Buffer.from(drawn.split(',')[1] ?? '', 'base64');
  total += bytes.length;
  writeFileSync(`${folder}${sample.id}.webp`, bytes);
}
await browser.close();

const rows = samples.map(
  ({ id, title, author, from }) =>
    `| \`${id}.webp\` | ${title} | ${author} | ${origins[from].licence} | ${origins[from].source} |`,
);
writeFileSync(
  `${folder}CREDITS.md`,
  `# Pictures\n\nWritten by \`scripts/draw-samples.ts\`, which also drew the files.\n\n| file | title | made by | terms | source |\n|---|---|---|---|---|\n${rows.join('\n')}\n`,
);
console.log(`${samples.length} pictures, ${(total / 1000).toFixed(0)} kB`);
