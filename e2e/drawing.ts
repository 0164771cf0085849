import { readFileSync } from 'node:fs';
import type { CDPSession, Locator, Page } from '@playwright/test';
import { expect } from './test.ts';

/** A position on the pad in pad units, 280 to a side. */
export type Place = readonly [x: number, y: number];

/** A digit as a person drew it: strokes of points on a 280×280 pad. */
export interface StoredDigit {
  readonly label: number;
  readonly style: string;
  readonly width: number;
  readonly strokes: readonly (readonly Place[])[];
}

/** Side of the pad in the units of the stored strokes. */
const PAD = 280;

const pens = [
  { name: 'Thin', width: 12 },
  { name: 'Normal', width: 20 },
  { name: 'Thick', width: 30 },
] as const;

/** Digits as people wrote them, several styles of each. */
export const storedDigits: readonly StoredDigit[] = JSON.parse(
  readFileSync(new URL('./fixtures/digits.json', import.meta.url), 'utf8'),
);

/** The first stored digit of a label, in its plainest style. @throws RangeError where there is none */
export function storedDigit(label: number): StoredDigit {
  const found = storedDigits.find((digit) => digit.label === label);
  if (!found) throw new RangeError(`no stored ${label}`);
  return found;
}

/** The drawing surface of the explore page. */
export const pad = (page: Page): Locator => page.getByLabel('Draw a digit', { exact: true });

/** The list of predictions, most probable first. */
export const predictions = (page: Page): Locator => page.getByRole('list', { name: 'Predictions' });

/** Where a place on the pad is on the screen; the pad has to be in view. */
export async function screenPlaces(page: Page): Promise<(place: Place) => [x: number, y: number]> {
  const surface = pad(page);
  await surface.scrollIntoViewIfNeeded();
  const box = await surface.boundingBox();
  if (!box) throw new Error('the drawing surface is not visible');
  return ([x, y]) => [box.x + (x / PAD) * box.width, box.y + (y / PAD) * box.height];
}

/** Takes the pen nearest to a width in pad units. */
export async function choosePen(page: Page, width: number): Promise<void> {
  const pen = pens.reduce((best, one) =>
    Math.abs(one.width - width) < Math.abs(best.width - width) ? one : best,
  );
  const radio = page.getByRole('radio', { name: pen.name });
  if (!(await radio.isChecked())) await page.getByTitle(pen.name, { exact: true }).click();
  await expect(radio).toBeChecked();
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** The page's input as the browser's protocol has it: a thousand points of a pen are no thousand steps of a test. */
function inputOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  return session;
}

/** Draws strokes on the pad with the mouse, as a visitor would, with the pen nearest to the digit's. */
export async function draw(page: Page, digit: Pick<StoredDigit, 'strokes' | 'width'>): Promise<void> {
  await choosePen(page, digit.width);
  const place = await screenPlaces(page);
  const input = await inputOf(page);
  const send = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', at: Place) => {
    const [x, y] = place(at);
    const isDown = type !== 'mouseReleased';
    return input.send('Input.dispatchMouseEvent', {
      type,
      x,
      y,
      button: 'left',
      buttons: isDown ? 1 : 0,
      clickCount: 1,
    });
  };
  for (const stroke of digit.strokes) {
    const [first, last] = [stroke[0], stroke.at(-1)];
    if (!first || !last) continue;
    await send('mousePressed', first);
    // A hand does not wait for the page between two points: those of one frame arrive together.
    await Promise.all(stroke.slice(1).map((point) => send('mouseMoved', point)));
    await send('mouseReleased', last);
  }
}

/** Sends one touch event with all fingers that are down; a context with touch is needed. */
export async function touch(
  session: CDPSession,
  type: 'touchStart' | 'touchMove' | 'touchEnd',
  fingers: readonly (readonly [x: number, y: number])[],
): Promise<void> {
  await session.send('Input.dispatchTouchEvent', {
    type,
    touchPoints: fingers.map(([x, y], id) => ({ x, y, id })),
  });
}

/** Draws strokes on the pad with a finger. */
export async function drawByTouch(page: Page, digit: Pick<StoredDigit, 'strokes'>): Promise<void> {
  const place = await screenPlaces(page);
  const session = await inputOf(page);
  for (const stroke of digit.strokes) {
    const [first, ...rest] = stroke;
    if (!first) continue;
    await touch(session, 'touchStart', [place(first)]);
    await Promise.all(rest.map((point) => touch(session, 'touchMove', [place(point)])));
    await touch(session, 'touchEnd', []);
  }
}

/** Waits until the list of predictions belongs to the drawing that is on the pad. */
export async function waitForAnswer(page: Page, timeout = 15_000): Promise<void> {
  await expect(page.locator('[data-current="true"]').getByRole('list', { name: 'Predictions' })).toBeVisible({
    timeout,
  });
}

/** The first prediction's label once the answer belongs to the drawing that is on the pad. */
export async function readAnswer(page: Page): Promise<string> {
  await waitForAnswer(page);
  const text = (await predictions(page).getByRole('listitem').first().textContent()) ?? '';
  return text.trim().slice(0, 1);
}

/** Expects the pad to hold this many finished strokes, as it tells those who do not see it. */
export async function expectStrokes(page: Page, count: number): Promise<void> {
  const text =
    count === 0 ? /^The pad is empty/ : `The pad holds ${count} ${count === 1 ? 'stroke' : 'strokes'}.`;
  await expect(pad(page)).toHaveAccessibleDescription(text);
}

/** Expects the pad to show its own sample, as it does before anything is drawn. */
export async function expectDemonstration(page: Page): Promise<void> {
  await expect(pad(page)).toHaveAccessibleDescription(/^The pad shows a sample/);
}

/** Waits until onnxruntime-web on WebAssembly has taken over from the page's own evaluator; something has to be drawn. */
export async function waitForRuntime(page: Page): Promise<void> {
  await expect(page.getByText('Answered by onnxruntime-web on WebAssembly.')).toBeVisible({
    timeout: 30_000,
  });
}
