import { test as base } from '@playwright/test';

export { expect } from '@playwright/test';

interface Watch {
  /** Errors of the console that a test provokes on purpose; any other fails it. */
  readonly allowedErrors: readonly RegExp[];
  /** Addresses beside the site's own that a test has the page ask; any other fails it. */
  readonly allowedRequests: readonly RegExp[];
  /** Fails the test on errors in the console, violations of the Content-Security-Policy and requests to anyone else. */
  readonly watch: undefined;
}

/** The browser's own note on a request that a test lets fail. */
export const failedRequest = /Failed to load resource/;

/** Playwright's `test`, which also fails where the page reports an error or asks another host for anything. */
export const test = base.extend<Watch>({
  allowedErrors: [[], { option: true }],
  allowedRequests: [[], { option: true }],
  watch: [
    async ({ context, baseURL, allowedErrors, allowedRequests }, use) => {
      const troubles: string[] = [];
      const origin = new URL(baseURL ?? '').origin;
      context.on('console', (message) => {
        if (message.type() === 'error') troubles.push(message.text());
      });
      context.on('weberror', (error) => troubles.push(`uncaught: ${error.error().message}`));
      context.on('request', (request) => {
        const url = new URL(request.url());
        if (
          /^https?:|^wss?:/.test(url.protocol) &&
          url.origin !== origin &&
          !allowedRequests.some((one) => one.test(url.href))
        ) {
          troubles.push(`asked another host: ${request.method()} ${request.url()}`);
        }
      });
      await context.addInitScript(() => {
        document.addEventListener('securitypolicyviolation', (event) => {
          console.error(`policy violated: ${event.violatedDirective} by ${event.blockedURI}`);
        });
      });
      await use(undefined);
      const unforeseen = troubles.filter((trouble) => !allowedErrors.some((one) => one.test(trouble)));
      base.expect(unforeseen, 'errors of the page').toEqual([]);
    },
    { auto: true },
  ],
});
