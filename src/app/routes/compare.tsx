export { default } from '../compare/compare-page.tsx';
