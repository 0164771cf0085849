import type { RuntimeProblem } from '../../../engine/runtime/problem.ts';
import type { WeightsProblem } from '../../../engine/weights/problem.ts';

const weightsFailure = (problem: WeightsProblem): string => {
  switch (problem.code) {
    case 'truncated':
      return `The weight file is cut short: ${problem.actual} of ${problem.expected} bytes arrived.`;
    case 'not-safetensors':
      return 'What arrived is not a weight file.';
    case 'hash-differs':
      return 'The weight file is not the one its card describes: its SHA-256 differs, so it is not used.';
    case 'missing-tensor':
      return `The weight file is of another network: it has no tensor “${problem.tensor}”.`;
    case 'unexpected-tensor':
      return `The weight file is of another network: it holds a tensor “${problem.tensor}” that this one does not have.`;
    case 'shape-differs':
      return `The weight file is of another network: “${problem.tensor}” is ${problem.actual.join('×')}, not ${problem.expected.join('×')}.`;
    case 'bad-card':
      return `The card of the weights is damaged: its field “${problem.field}” is not ${problem.expected}.`;
    case 'http':
      return `The weights could not be fetched: the server answered with status ${problem.status}.`;
    case 'network':
      return 'The weights could not be fetched: the server could not be reached.';
  }
};

const runtimeFailure = (problem: RuntimeProblem): string => {
  switch (problem.code) {
    case 'no-simd':
      return 'This browser has no WebAssembly SIMD, which the runtime needs. The page’s own evaluator goes on answering.';
    case 'no-adapter':
      return 'This browser offers no WebGPU adapter, so the network runs on WebAssembly.';
    case 'download':
      return problem.status === null
        ? 'The runtime could not be fetched: the server could not be reached.'
        : `The runtime could not be fetched: the server answered with status ${problem.status}.`;
    case 'out-of-memory':
      return 'The runtime ran out of memory.';
    case 'session-failed':
      return `The runtime refuses this network: ${problem.detail}`;
    case 'wrong-numbers':
      return `This backend computes wrong numbers (${problem.node} is off by ${problem.maxError.toPrecision(2)}), so its answers are not shown.`;
    case 'run-failed':
      return `The last run failed: ${problem.detail}`;
    case 'worker-died':
      return problem.silent
        ? 'The runtime stopped answering. It is started again; nothing you drew is lost.'
        : 'The runtime broke down. It is started again; nothing you drew is lost.';
    case 'terminated':
      return 'The runtime was closed.';
  }
};

/** Why weights or runtime failed, in a sentence; only what runs a network says it. */
export const failures = { weights: weightsFailure, runtime: runtimeFailure };
