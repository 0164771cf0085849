import type { SectionProps } from './about-area.tsx';
import AboutNetwork from './about-network.tsx';
import DiagramsPart from './diagrams-part.tsx';

/** What the network brought, in words and in small live diagrams. */
export default function IdeaPart(props: SectionProps) {
  return (
    <>
      <AboutNetwork {...props} />
      <DiagramsPart id={props.architecture.id} />
    </>
  );
}
