/** Words that many parts of the page share. */
export const common = {
  applicationName: 'ConvAtlas',
  parameters: 'Parameters',
  macs: 'MACs',
  macsLong: 'multiply–accumulates',
  loading: 'Loading…',
  tryAgain: 'Try again',
  close: 'Close',
  panelFailed: (title: string) => `“${title}” stopped working. The rest of the page is not affected.`,
  routeFailed: 'This page stopped working',
  routeFailedHint: 'Nothing you drew is lost. Try again, or go back to the atlas.',
  chunkFailed: 'A part of the page could not be loaded. Check the connection and try again.',
};
