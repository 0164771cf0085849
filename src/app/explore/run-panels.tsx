// What stands around the figure of a trained network: fetched beside the page, painted a moment after its figure.
export { AnswerPanel } from './answer-panel.tsx';
export { DrawingPanel } from './drawing-panel.tsx';
export { RuntimeStatus } from './runtime-status.tsx';
