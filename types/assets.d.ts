/** The address of a file that Vite emits as it is. */
declare module '*?url' {
  const url: string;
  export default url;
}

declare module '*.css';
declare module '@fontsource-variable/*';

/** The class names of a CSS module, by the name written in its source. */
declare module '*.module.css' {
  const classes: Readonly<Record<string, string>>;
  export default classes;
}

/** onnxruntime-web names this build in its export map but gives it no types of its own. */
declare module 'onnxruntime-web/jspi' {
  export * from 'onnxruntime-web';
}

/** Raw sizes in bytes of the WebAssembly files of onnxruntime-web, put in by the build for progress bars. */
declare const __ORT_WASM_BYTES__: { readonly wasm: number; readonly jspi: number; readonly asyncify: number };

/** The part of Vite's `import.meta.env` that the sources use. */
interface ImportMetaEnv {
  readonly BASE_URL: string;
  readonly DEV: boolean;
  readonly PROD: boolean;
  readonly MODE: string;
}

interface ImportMeta {
  readonly env: ImportMetaEnv;
}

/** The address under which all files of ImageNet weights lie, where the build was told one; else null: their own hosts. */
declare const __WEIGHTS_MIRROR__: string | null;
