import { pictureStore } from '../../state/picture-store.ts';
import { decodePicture, PictureError } from './decode-picture.ts';
import type { Sample } from './samples.ts';

/** Counts what was given: of two files decoded at once the newer one is shown. */
let given = 0;

/** What shows a frame of the camera, or decodes a file, later than this is out of date. */
export const giveUpDecoding = (): void => {
  given += 1;
};

/** Decodes a file and shows it, or says why not; the newest file wins. */
export async function takeFile(file: Blob, name: string): Promise<void> {
  given += 1;
  const own = given;
  try {
    const picture = await decodePicture(file, name);
    if (own === given) pictureStore.getState().show(picture);
  } catch (error) {
    if (!(error instanceof PictureError)) throw error;
    if (own === given) pictureStore.getState().fail(error.problem);
  }
}

/** Takes the first file of a drop or a paste; says so where there is none. */
export async function takeTransfer(transfer: DataTransfer): Promise<void> {
  const file = transfer.files[0];
  if (file) await takeFile(file, file.name);
  else pictureStore.getState().fail({ code: 'nothing-given' });
}

/** The address of a sample's file. */
export const sampleUrl = ({ id }: Sample): string => `${import.meta.env.BASE_URL}pictures/${id}.webp`;

/** Fetches a sample from this site and shows it. */
export async function takeSample(sample: Sample): Promise<void> {
  given += 1;
  const own = given;
  try {
    const response = await fetch(sampleUrl(sample));
    if (!response.ok) throw new PictureError({ code: 'no-sample' });
    const { pixels } = await decodePicture(await response.blob(), `${sample.id}.webp`);
    if (own !== given) return;
    pictureStore.getState().show({ pixels, origin: { kind: 'sample', id: sample.id }, notes: [] });
  } catch {
    if (own === given) pictureStore.getState().fail({ code: 'no-sample' });
  }
}
