import type { Graph } from '../graph/types.ts';
import type { FileParameter } from '../onnx/file-parameters.ts';
import type { FileLike } from '../onnx/import.ts';
import type { QuantisationPlan } from '../onnx/quantise.ts';
import type { LayerTimes } from './layer-times.ts';
import type { RuntimeProblem } from './problem.ts';
import type { InputType } from './tensor-values.ts';

/** Where a network runs: WebAssembly on the CPU, or WebGPU. */
export type Backend = 'wasm' | 'webgpu';

/** The onnxruntime-web build in use: WebAssembly alone; WebGPU with or without JavaScript promise integration. */
export type RuntimeBuild = 'wasm' | 'jspi' | 'asyncify';

/** What is on its way: the runtime's WebAssembly file, or the session being made (of unknown length). */
export type RuntimePhase = 'runtime' | 'session';

/** Progress of a download in bytes after decompression; a total of 0 is not known. */
export interface Progress<Phase extends string> {
  readonly phase: Phase;
  readonly received: number;
  readonly total: number;
}

/** A known input on which the worker compares the runtime with the reference evaluator before the runtime may answer. */
export interface SelfCheck {
  readonly input: Float32Array;
  readonly graph: Graph;
  /** By full name. */
  readonly tensors: ReadonlyMap<string, Float32Array>;
  /** Largest error allowed, relative to a node's largest value. */
  readonly tolerance: number;
}

/** What a model is fed with. */
export interface ModelInput {
  readonly name: string;
  readonly type: InputType;
  /** With its batch axis; an image is repeated where that is more than one. */
  readonly shape: readonly number[];
  /** Its channels where they stand last, pixel by pixel; null where they stand first, as those of a run's input do. */
  readonly channelsLast: number | null;
  /** Different images that one run takes: infinitely many where the batch axis is open, one where images would mix. */
  readonly mostImages: number;
}

/** A model that was written here: every node's output bears the node's id. */
export interface WrittenModel {
  readonly kind: 'written';
  /** `ModelProto` bytes. */
  readonly bytes: Uint8Array;
  /** One entry a tensor, named as in the model. */
  readonly external: readonly { readonly path: string; readonly data: Uint8Array }[];
}

/** A model in a file, whatever wrote it: the worker itself reads it, tensor by tensor. */
export interface ModelInFile {
  readonly kind: 'file';
  /** A `Blob`. */
  readonly file: FileLike;
  /** Files with the tensors that the model leaves to them, by name. */
  readonly beside: ReadonlyMap<string, FileLike>;
  /** Names of tensors in the file by node id: what can be asked for. */
  readonly tensors: ReadonlyMap<string, string>;
  /** Where weights and biases are that can be asked for like nodes, by their full names. */
  readonly parameters: ReadonlyMap<string, FileParameter>;
}

/** A network with untrained weights: the worker itself makes them, so that no other copy of them exists. */
export interface SeededModel {
  readonly kind: 'seeded';
  readonly graph: Graph;
  /** Any 32-bit whole number. */
  readonly seed: number;
  /** Numbers that are computed with; fp32 unless given. */
  readonly dtype?: 'fp32' | 'fp16';
  /** Tensors between layers that are bytes: weights are int8 then. On WebAssembly alone. */
  readonly quantisation?: QuantisationPlan;
  /** Whether the answer alone can be asked for, so that the runtime may put layers together; else every node's output can. */
  readonly answersOnly?: boolean;
}

/** A model to be made ready. */
export interface LoadRequest {
  readonly backend: Backend;
  readonly model: WrittenModel | ModelInFile | SeededModel;
  readonly input: ModelInput;
  /** WebAssembly threads; more than one only where the page is cross-origin isolated. */
  readonly threads: number;
  /** Runs in NCHW under WebGPU (see `needsNchw`). */
  readonly nchw: boolean;
  readonly check: SelfCheck | null;
}

/** What a session cost to make, and how well it agrees with the reference; times in milliseconds. */
export interface SessionFacts {
  readonly backend: Backend;
  readonly build: RuntimeBuild;
  readonly threads: number;
  /** The graphics adapter as the browser names it; '' under WebAssembly, and where it has no name. */
  readonly adapter: string;
  /** Fetching the WebAssembly file. */
  readonly fetchMs: number;
  /** Compiling it and making the session. */
  readonly startMs: number;
  /** The first run, which compiles shaders and warms caches; null without a self-check. */
  readonly firstRunMs: number | null;
  /** Largest error of the self-check, relative to a node's largest value; null without one. */
  readonly maxError: number | null;
}

/** What the page says to the worker. */
export type ToWorker =
  | { readonly type: 'load'; readonly request: LoadRequest }
  | {
      readonly type: 'run';
      readonly run: number;
      /** Images one behind the other. */
      readonly input: Float32Array;
      readonly images: number;
      /** Ids of the nodes whose outputs are wanted. */
      readonly wanted: readonly string[];
    }
  | {
      /** Makes a session that takes the time of every node, and runs it: in a worker that does nothing else. */
      readonly type: 'time-layers';
      readonly request: LoadRequest;
      readonly input: Float32Array;
      /** Runs that count; a few before them warm caches. */
      readonly runs: number;
      /** Ids of the nodes. */
      readonly nodes: readonly string[];
      /** Id of the node whose output is asked for. */
      readonly output: string;
    };

/** What the worker says to the page. */
export type FromWorker =
  | { readonly type: 'progress'; readonly progress: Progress<RuntimePhase> }
  | { readonly type: 'loaded'; readonly facts: SessionFacts }
  | { readonly type: 'load-failed'; readonly problem: RuntimeProblem }
  | {
      readonly type: 'ran';
      readonly run: number;
      /** Of every image, one behind the other. */
      readonly outputs: readonly (readonly [id: string, values: Float32Array])[];
      readonly runMs: number;
    }
  | { readonly type: 'timed'; readonly runs: number }
  | { readonly type: 'layers-timed'; readonly times: LayerTimes }
  | { readonly type: 'run-failed'; readonly run: number; readonly problem: RuntimeProblem };
