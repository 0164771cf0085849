import { statSync } from 'node:fs';

/** The onnxruntime-web build behind each backend, by the name the runtime gives it. */
const FILES = {
  wasm: 'ort-wasm-simd-threaded.wasm',
  jspi: 'ort-wasm-simd-threaded.jspi.wasm',
  asyncify: 'ort-wasm-simd-threaded.asyncify.wasm',
} as const;

/** Raw sizes in bytes of the WebAssembly files the runtime may fetch; throws where the package is not installed. */
export function measureOrtWasm(): Record<keyof typeof FILES, number> {
  const size = (file: string) =>
    statSync(new URL(`../../node_modules/onnxruntime-web/dist/${file}`, import.meta.url)).size;
  return { wasm: size(FILES.wasm), jspi: size(FILES.jspi), asyncify: size(FILES.asyncify) };
}
