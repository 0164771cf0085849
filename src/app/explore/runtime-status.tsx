import { memo, useDeferredValue, useEffect, useState } from 'react';
import { Button } from '../../components/ui/button.tsx';
import { Progress } from '../../components/ui/progress.tsx';
import { Select } from '../../components/ui/select.tsx';
import { formatBytes, formatMilliseconds } from '../../engine/cost/format.ts';
import { hasWebGpu } from '../../engine/runtime/features.ts';
import { runTimes as en } from '../i18n/en/run-times.ts';
import { useFailureWords } from '../i18n/failure-words.ts';
import { useMessages } from '../i18n/index.tsx';
import { useTopic } from '../i18n/use-topic.ts';
import { runTimes as zh } from '../i18n/zh/run-times.ts';
import type { DigitModel, TrialState } from '../queries/use-digit-model.ts';
import { backends, useBackend } from '../state/url.ts';
import { Clocks } from './clocks.tsx';
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
  const { trial, status } = useTopic({ en, zh });
  const [backend, setBackend] = useBackend();
  const webGpu = useWebGpu();
  const { progress, last } = model;
  const labels = {
    auto: model.backend ? trial.auto(explore.by[model.backend]) : status.runOnAuto,
    wasm: status.runOnWasm,
    webgpu: webGpu === false ? status.runOnWebgpuMissing : status.runOnWebgpu,
  };
  const problem = model.runtimeProblem;
  return (
    <>
      <Select
        label={status.runOn}
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
          label={status.progress[progress.phase]}
          value={progress.total > 0 ? progress.received / progress.total : null}
          {...(progress.total > 0
            ? { detail: status.progressOf(formatBytes(progress.received), formatBytes(progress.total)) }
            : {})}
        />
      ) : null}
      {last ? <p className={styles.quiet}>{status.byLong[last.by]}</p> : null}
      {model.agreement !== null && model.status === 'runtime' ? (
        <p className={styles.quiet}>{status.agreement(model.agreement.toExponential(0))}</p>
      ) : null}
      {model.trial ? <Trial state={model.trial} isAuto={backend === 'auto'} /> : null}
      {problem ? (
        <div role="status" className={styles.trouble}>
          <p>
            {failures.runtime(problem)}
            {backend === 'webgpu' && model.backend === 'wasm' && problem.code !== 'no-adapter'
              ? ` ${status.fellBack}`
              : null}
          </p>
        </div>
      ) : null}
      {model.weightsProblem ? <p className={styles.quiet}>{status.weightsFailedRest}</p> : null}
      {model.weightsProblem || problem ? <Button onClick={model.retry}>{common.tryAgain}</Button> : null}
      <Clocks model={model} />
    </>
  );
});

/** What came of trying WebGPU beside WebAssembly. */
function Trial({ state, isAuto }: { readonly state: TrialState; readonly isAuto: boolean }) {
  const { explore } = useMessages();
  const { trial } = useTopic({ en, zh });
  const { isUnderWay, result, problem } = state;
  if (isUnderWay) {
    return (
      <p className={styles.quiet} role="status">
        {trial.running}
      </p>
    );
  }
  // Where WebGPU was asked for, the problem itself stands in full beside this.
  if (problem) return isAuto ? <p className={styles.quiet}>{result ? trial.wrong : trial.unusable}</p> : null;
  if (!result) return null;
  const { times, faster } = result;
  return (
    <>
      <p className={styles.quiet}>{trial.parity(result.compared, result.maxError.toExponential(0))}</p>
      {times.webgpu ? (
        <p className={styles.quiet}>
          {trial.faster(
            explore.by[faster],
            formatMilliseconds(times.wasm.median),
            formatMilliseconds(times.webgpu.median),
            times.wasm.runs,
          )}
        </p>
      ) : null}
    </>
  );
}
