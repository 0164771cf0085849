import { BuildPage } from '../build/build-page.tsx';

/** One's own network. */
export default function Build() {
  return <BuildPage />;
}
