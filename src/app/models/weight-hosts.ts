import { type ImageNetWeights, imagenetWeights } from './imagenet-weights.ts';

/** Where a host sends a request on to (huggingface.co answers with an address of its storage, all under hf.co). */
const redirects: Readonly<Record<string, readonly string[]>> = {
  'https://huggingface.co': ['https://*.hf.co'],
};

/**
 * A mirror's address as the build was told it, with a slash at its end; null for none.
 *
 * @throws TypeError where it is no http or https address
 */
export function readMirror(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  const { protocol, href } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') throw new TypeError(`${text} is no http address`);
  return href.endsWith('/') ? href : `${href}/`;
}

/** Where a file is asked for: on the mirror alone where there is one, else on its hosts, in order. */
export const addressesOf = ({ urls, file }: ImageNetWeights, mirror: string | null): readonly string[] =>
  mirror === null ? urls : [`${mirror}${file}`];

/** Origins that a download may ask, for the page's Content-Security-Policy: no others, and a mirror's alone where there is one. */
export function weightOrigins(mirror: string | null): readonly string[] {
  const asked = imagenetWeights.flatMap((weights) =>
    addressesOf(weights, mirror).map((address) => new URL(address).origin),
  );
  return [...new Set(asked.flatMap((origin) => [origin, ...(redirects[origin] ?? [])]))];
}
