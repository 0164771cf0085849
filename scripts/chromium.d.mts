/** The path of a Chromium on this machine, or undefined. */
export function findChromium(): Promise<string | undefined>;

/** The path of a Chromium, installed first where there is none; throws where none can be had. */
export function ensureChromium(): Promise<string>;
