export { default } from '../device/device-page.tsx';
