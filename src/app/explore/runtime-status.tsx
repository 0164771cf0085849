import { memo, useDeferredValue, useEffect, useState } from 'react';
import { Button } from '../../components/ui/button.tsx';
import { Progress } from '../../components/ui/progress.tsx';
import { Select } from '../../components/ui/select.tsx';
import { formatBytes, formatMilliseconds } from '../../engine/cost/format.ts';
import { hasWebGpu } from '../../engine/runtime/features.ts';
import { useFailureWords } from '../i18n/failure-words.ts';
import { useMessages } from '../i18n/index.tsx';
import type { DigitModel } from '../queries/use-digit-model.ts';
import { backends, useBackend } from '../state/url.ts';
import styles from './explore.module.css';
import { useRun } from './run-provider.tsx';

/** Whether the browser has a WebGPU adapter; null while it is being asked. */
function useWebGpu(): boolean | null {
  const [available, setAvailable] = useState<boolean | null>(null);
  useEffect(() => {
    let current = true;
    void hasWebGpu().then((found) => {
      if (current) setAvailable(found);
    });
    return () => {
      current = false;
    };
  }, []);
  return available;
}

/** Progress, problems, the choice of backend, and the clocks, each kept apart. */
export function RuntimeStatus() {
  // Drawing does not wait for what is said about it.
  const model = useDeferredValue(useRun((run) => run?.model ?? null));
  return model ? <Status model={model} /> : null;
}

const Status = memo(function Status({ model }: { readonly model: DigitModel }) {
  const { explore, common } = useMessages();
  const failures = useFailureWords();
  const [backend, setBackend] = useBackend();
  const webGpu = useWebGpu();
  const { progress, last } = model;
  const labels = {
    auto: explore.runOnAuto,
    wasm: explore.runOnWasm,
    webgpu: webGpu === false ? explore.runOnWebgpuMissing : explore.runOnWebgpu,
  };
  const problem = model.runtimeProblem;
  return (
    <>
      <Select
        label={explore.runOn}
        value={backend}
        options={backends.map((value) => ({
          value,
          label: labels[value],
          disabled: value === 'webgpu' && webGpu === false,
        }))}
        onChange={(value) => setBackend(value)}
      />
      {progress ? (
        <Progress
          label={explore.progress[progress.phase]}
          value={progress.total > 0 ? progress.received / progress.total : null}
          {...(progress.total > 0
            ? { detail: explore.progressOf(formatBytes(progress.received), formatBytes(progress.total)) }
            : {})}
        />
      ) : null}
      {last ? <p className={styles.quiet}>{explore.byLong[last.by]}</p> : null}
      {model.agreement !== null && model.status === 'runtime' ? (
        <p className={styles.quiet}>{explore.agreement(model.agreement.toExponential(0))}</p>
      ) : null}
      {problem ? (
        <div role="status" className={styles.trouble}>
          <p>
            {failures.runtime(problem)}
            {backend === 'webgpu' && model.backend === 'wasm' && problem.code !== 'no-adapter'
              ? ` ${explore.fellBack}`
              : null}
          </p>
        </div>
      ) : null}
      {model.weightsProblem ? <p className={styles.quiet}>{explore.weightsFailedRest}</p> : null}
      {model.weightsProblem || problem ? <Button onClick={model.retry}>{common.tryAgain}</Button> : null}
      <Clocks model={model} />
    </>
  );
});

function Clocks({ model }: { readonly model: DigitModel }) {
  const { explore } = useMessages();
  const { clocks } = model;
  if (!clocks) return null;
  const rows: readonly (readonly [string, number | null | undefined])[] = [
    [explore.clockWeights, clocks.weightsMs],
    [explore.clockRuntime, clocks.session?.fetchMs],
    [explore.clockStart, clocks.session?.startMs],
    [explore.clockFirst, clocks.session?.firstRunMs],
    [explore.clockRun, clocks.runMs],
  ];
  return (
    <details className={styles.clocks}>
      <summary>{explore.clocks}</summary>
      <dl>
        {rows.map(([label, value]) =>
          value === null || value === undefined ? null : (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{formatMilliseconds(value)}</dd>
            </div>
          ),
        )}
      </dl>
    </details>
  );
}
