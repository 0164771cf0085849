import { chromium, type Page } from '@playwright/test';
import { preview } from 'vite';
import { findChromium } from '../scripts/chromium.mjs';

/** The built site on a port of its own, and a browser. */
export interface Site {
  readonly url: string;
  /** A fresh page, 1440 by 900. */
  openPage(): Promise<Page>;
  close(): Promise<void>;
}

/** Serves `dist/` as `npm start` does and starts Chromium. @throws Error where there is no Chromium or no build */
export async function openSite(): Promise<Site> {
  const executablePath = await findChromium();
  if (!executablePath) throw new Error('no Chromium found; name one in CHROMIUM_PATH');
  const server = await preview({
    preview: { host: '127.0.0.1', port: 0, strictPort: false },
    logLevel: 'warn',
  });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the preview server has no address');
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-background-networking'],
  });
  return {
    url,
    openPage: async () => {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      // tsx marks functions with their names; those handed to the page need the marker there, too.
      await page.addInitScript('globalThis.__name = (value) => value;');
      return page;
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}
