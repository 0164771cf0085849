import { type PictureStep, preparePicture } from '../../../engine/runtime/preprocess/picture.ts';

/** One pixel in the middle between black and white. */
const grey = { width: 1, height: 1, data: Uint8ClampedArray.of(128, 128, 128, 255) };

/** Mid-grey after a picture's own steps, one value a channel: what a covered pixel is to the network. */
export const coverOf = (steps: readonly PictureStep[]): readonly number[] => [
  ...preparePicture(
    grey,
    steps.filter(({ step }) => step !== 'crop' && step !== 'resize'),
  ).tensor,
];
