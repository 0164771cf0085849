import { openOnnx } from './open-file/open-onnx.ts';
import { createOpenedStore } from './opened-store.ts';

/** The file that was opened in this tab: it outlives a change of page, not a reload. */
export const openedFile = createOpenedStore(openOnnx);
