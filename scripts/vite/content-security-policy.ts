import type { Plugin } from 'vite';

/**
 * What the built page may load: its own files, and the WebAssembly it compiles itself.
 *
 * @param origins what else it may ask for data, once a visitor wants it
 */
export const policyWith = (origins: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self' blob: data:",
    ["connect-src 'self'", ...origins].join(' '),
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
  ].join('; ');

/** Puts the policy into the head of the built page; the development server needs inline scripts and goes without. */
export function contentSecurityPolicy(origins: readonly string[]): Plugin {
  return {
    name: 'convatlas:content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: policyWith(origins) },
        injectTo: 'head-prepend',
      },
    ],
  };
}
