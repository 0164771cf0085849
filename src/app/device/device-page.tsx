import { useEffect, useMemo, useState } from 'react';
import { architectures } from '../../architectures/index.ts';
import { Panel } from '../../components/ui/panel.tsx';
import type { DeviceFacts, DeviceReport, Precision } from '../../engine/measure/device-report.ts';
import { device as en } from '../i18n/en/device.ts';
import { useMessages } from '../i18n/index.tsx';
import { useTopic } from '../i18n/use-topic.ts';
import { device as zh } from '../i18n/zh/device.ts';
import { useOwnReport } from '../state/device-store.ts';
import { Benchmark } from './benchmark.tsx';
import styles from './device.module.css';
import { readDeviceFacts } from './device-facts.ts';
import { Intensities } from './intensities.tsx';
import { LayerRooflines } from './layer-rooflines.tsx';
import { Offers } from './offers.tsx';
import { Results } from './results.tsx';
import { Rooflines } from './rooflines.tsx';
import { isMeasurable, subjectOf } from './subject.ts';

/** Networks that are offered first: one of each size. */
const FIRST = ['lenet5', 'resnet20-cifar10', 'squeezenet-1.1', 'resnet18', 'resnet50', 'vgg16'].filter((id) =>
  architectures.has(id),
);
const CHOSEN_FIRST = ['lenet5', 'resnet20-cifar10', 'squeezenet-1.1'].filter((id) => architectures.has(id));

/** This device: what the browser offers, how fast networks run in it, and what limits them. */
export default function DevicePage() {
  const words = useTopic({ en, zh });
  const { common } = useMessages();
  const own = useOwnReport();
  const [facts, setFacts] = useState<DeviceFacts | null>(null);
  const [other, setOther] = useState<DeviceReport | null>(null);
  const [offered, setOffered] = useState<readonly string[]>(FIRST);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(CHOSEN_FIRST));
  const [precisions, setPrecisions] = useState<ReadonlySet<Precision>>(() => new Set<Precision>(['fp32']));
  useEffect(() => {
    let isHere = true;
    void readDeviceFacts().then((read) => {
      if (isHere) setFacts(read);
    });
    return () => {
      isHere = false;
    };
  }, []);
  const subjects = useMemo(() => offered.flatMap((id) => subjectOf(id) ?? []), [offered]);
  const selected = useMemo(
    () => subjects.filter((subject) => chosen.has(subject.id) && isMeasurable(subject)),
    [subjects, chosen],
  );
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <h1>{words.title}</h1>
        <p>{words.lede}</p>
      </header>
      <Panel title={words.offers} messages={common}>
        {facts ? <Offers facts={facts} /> : <p className={styles.note}>{words.asking}</p>}
      </Panel>
      <div className={styles.pair}>
        <Panel title={words.benchmark} messages={common}>
          {facts ? (
            <Benchmark
              facts={facts}
              subjects={subjects}
              chosen={chosen}
              onChosen={setChosen}
              onOffer={(id) => {
                setOffered([...offered, id]);
                setChosen(new Set([...chosen, id]));
              }}
              precisions={precisions}
              onPrecisions={setPrecisions}
            />
          ) : null}
        </Panel>
        <Panel title={words.intensities.title} messages={common}>
          <Intensities subjects={selected} report={own} />
        </Panel>
      </div>
      <Panel title={words.results} messages={common}>
        <Results own={own} other={other} onOther={setOther} />
      </Panel>
      {own ? (
        <Panel title={words.roofline} messages={common}>
          <Rooflines report={own} other={other} />
        </Panel>
      ) : null}
      <Panel title={words.layers.title} messages={common}>
        <LayerRooflines report={own} />
      </Panel>
    </div>
  );
}
