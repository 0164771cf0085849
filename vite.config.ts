import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { contentSecurityPolicy } from './scripts/vite/content-security-policy.ts';
import { deepPages } from './scripts/vite/deep-pages.ts';
import { firstPaintChunks } from './scripts/vite/first-paint-chunks.ts';
import { measureOrtWasm } from './scripts/vite/ort-wasm-bytes.ts';
import { readMirror, weightOrigins } from './src/app/models/weight-hosts.ts';

/** Cross-origin isolation: without it onnxruntime-web runs on one thread. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Where all files of ImageNet weights lie, instead of on their own hosts. */
const mirror = readMirror(process.env.WEIGHTS_MIRROR);

export default defineConfig(({ mode }) => ({
  base: process.env.BASE_PATH ?? '/',
  plugins: [react(), contentSecurityPolicy(weightOrigins(mirror)), deepPages()],
  define: {
    __ORT_WASM_BYTES__: JSON.stringify(measureOrtWasm()),
    __WEIGHTS_MIRROR__: JSON.stringify(mirror),
  },
  worker: { format: 'es' },
  // The bundled build of onnxruntime-web starts its threads from its own script; merged into our worker that
  // script is the worker itself, and two threads hang. The extern-wasm build loads its glue from its own file.
  optimizeDeps: { exclude: ['onnxruntime-web'] },
  resolve: {
    conditions: [
      'onnxruntime-web-use-extern-wasm',
      'module',
      'browser',
      mode === 'production' ? 'production' : 'development',
    ],
  },
  build: {
    target: 'es2022',
    // The policy allows no data: fonts or workers, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    chunkSizeWarningLimit: 600,
    rolldownOptions: { output: { codeSplitting: { groups: firstPaintChunks() } } },
  },
  server: { headers: isolation },
  preview: { headers: isolation },
}));
