import type { ReactNode } from 'react';
import { familyOf } from '../../architectures/index.ts';
import { BottleneckDiagram } from '../../components/diagrams/bottleneck-diagram.tsx';
import { DenseDiagram } from '../../components/diagrams/dense-diagram.tsx';
import { GroupedDiagram } from '../../components/diagrams/grouped-diagram.tsx';
import { InceptionDiagram } from '../../components/diagrams/inception-diagram.tsx';
import { OneByOneDiagram } from '../../components/diagrams/one-by-one-diagram.tsx';
import { ResidualDiagram } from '../../components/diagrams/residual-diagram.tsx';
import { ThreeThreesDiagram } from '../../components/diagrams/three-threes-diagram.tsx';
import { diagrams as en } from '../i18n/en/diagrams.ts';
import { useTopic } from '../i18n/use-topic.ts';
import { diagrams as zh } from '../i18n/zh/diagrams.ts';
import styles from './diagrams-part.module.css';

type DiagramName = 'residual' | 'bottleneck' | 'threeThrees' | 'dense' | 'oneByOne' | 'inception' | 'grouped';

/** The ideas that a family brought or builds on, most its own first. */
const byFamily: Readonly<Record<string, readonly DiagramName[]>> = {
  alexnet: ['grouped'],
  nin: ['oneByOne'],
  vgg: ['threeThrees'],
  googlenet: ['inception', 'oneByOne'],
  resnet: ['residual', 'bottleneck'],
  'preact-resnet': ['residual', 'bottleneck'],
  'wide-resnet': ['residual'],
  resnext: ['grouped', 'bottleneck'],
  'stochastic-depth': ['residual'],
  densenet: ['dense', 'oneByOne'],
  squeezenet: ['oneByOne'],
};

/** Groups at first: AlexNet's two cards, ResNeXt's cardinality. */
const groups: Readonly<Record<string, number>> = { alexnet: 2, resnext: 32 };

/** Small live diagrams of what a network's family is built on; nothing for a family without one. */
export default function DiagramsPart({ id }: { readonly id: string }) {
  const words = useTopic({ en, zh });
  const family = familyOf(id).id;
  const { common } = words;
  const draw: Readonly<Record<DiagramName, () => ReactNode>> = {
    residual: () => <ResidualDiagram words={words.residual} common={common} />,
    bottleneck: () => <BottleneckDiagram words={words.bottleneck} common={common} />,
    threeThrees: () => <ThreeThreesDiagram words={words.threeThrees} common={common} />,
    dense: () => <DenseDiagram words={words.dense} common={common} />,
    oneByOne: () => <OneByOneDiagram words={words.oneByOne} common={common} />,
    inception: () => <InceptionDiagram words={words.inception} common={common} />,
    grouped: () => <GroupedDiagram words={words.grouped} common={common} start={groups[family] ?? 1} />,
  };
  const names = byFamily[family] ?? [];
  if (names.length === 0) return null;
  return (
    <section className={styles.part}>
      <h2>{words.heading}</h2>
      <div className={styles.diagrams}>
        {names.map((name) => (
          <div key={name}>{draw[name]()}</div>
        ))}
      </div>
    </section>
  );
}
