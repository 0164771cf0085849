// What stands around the figure of a network that reads photographs: fetched beside the page, behind its first paint.
export { PictureAnswer } from './picture-answer.tsx';
export { PicturePanel } from './picture-panel.tsx';
export { PictureWay } from './picture-way.tsx';
