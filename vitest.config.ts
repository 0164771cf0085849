import { defineConfig } from 'vitest/config';
import { measureOrtWasm } from './scripts/vite/ort-wasm-bytes.ts';

const define = { __ORT_WASM_BYTES__: JSON.stringify(measureOrtWasm()), __WEIGHTS_MIRROR__: 'null' };

/** Properties over many networks take their time on a slow machine; none of them waits for anything. */
const testTimeout = 60_000;

/** Node for what knows no DOM, happy-dom for what does. */
export default defineConfig({
  test: {
    projects: [
      {
        define,
        test: {
          name: 'node',
          testTimeout,
          environment: 'node',
          include: ['src/{engine,architectures,cli,app}/**/*.test.ts', 'scripts/**/*.test.ts'],
        },
      },
      {
        define,
        test: {
          name: 'dom',
          testTimeout,
          environment: 'happy-dom',
          setupFiles: './vitest.setup.ts',
          include: ['src/components/**/*.test.{ts,tsx}', 'src/app/**/*.test.tsx'],
        },
      },
    ],
  },
});
