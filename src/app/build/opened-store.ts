import { createStore, type StoreApi } from 'zustand/vanilla';
import { parseInputSize } from '../../components/totals/parse-input-size.ts';
import type { ImportedModel } from '../../engine/onnx/import.ts';
import type { ImportProblem } from '../../engine/onnx/import-problem.ts';
import type { Shape } from '../../engine/spec/types.ts';
import type { openOnnx } from './open-file/open-onnx.ts';

/** A network read from a visitor's file. */
export interface OpenedFile {
  /** Tells it from the files before it. */
  readonly id: string;
  /** Tells what is in it from all other files, in this tab and in addresses. */
  readonly fingerprint: string;
  readonly file: File;
  /** Files given with it, by name. */
  readonly beside: ReadonlyMap<string, File>;
  readonly model: ImportedModel;
  /** The input that the file has, or the visitor gave it where it leaves its size open. */
  readonly ownInput: Shape;
  /** Whether the file leaves the size of its input open. */
  readonly isSizeOpen: boolean;
  /** Another size than its own as the visitor wrote it, else null. */
  readonly input: string | null;
}

/** Why what was given is not opened. */
export type OpenProblem =
  | { readonly code: 'import'; readonly problem: ImportProblem }
  | { readonly code: 'nothing-given' }
  /** None of several files is a model. */
  | { readonly code: 'no-model' }
  | { readonly code: 'several-models'; readonly names: readonly string[] }
  /** The worker that read it broke down. */
  | { readonly code: 'broke-down'; readonly reason: string };

/** A file that leaves the size of its input open, until one is given. */
export interface SizeQuestion {
  readonly file: File;
  readonly beside: ReadonlyMap<string, File>;
  readonly channels: number;
}

/** The visitor's own file; what is wrong with a newer one leaves the one before as it is. */
export interface OpenedState {
  readonly opened: OpenedFile | null;
  /** The files opened in this tab by their fingerprints, the newest last, as they were last read. */
  readonly files: ReadonlyMap<string, OpenedFile>;
  /** What is being read, and how far it is, from 0 to 1. */
  readonly reading: { readonly name: string; readonly share: number } | null;
  readonly problem: { readonly name: string; readonly problem: OpenProblem } | null;
  readonly question: SizeQuestion | null;
  /** Opens a model, with the files beside it, or takes files that the model on the page misses. */
  give(files: readonly File[]): void;
  /** Answers the question for the size of the input: height and width. */
  answer(size: readonly [number, number]): void;
  /** Takes another output for the answer of an opened model, which comes onto the page. */
  setAnswer(fingerprint: string, output: string): void;
  /** Reads the model on the page at another size of its input; null for its own. */
  setInput(text: string | null): void;
  /** Puts one of the files opened before on the page; nothing where it is not open. */
  show(fingerprint: string): void;
  /** Gives up what is being read, or the question. */
  cancel(): void;
}

const isModel = ({ name }: File): boolean => /\.onnx$/i.test(name);

/** Files that are kept open in a tab: more than are ever compared. */
const MOST_KEPT = 8;

/** The files with one more, or one read again, as the newest. */
function withFile(
  files: ReadonlyMap<string, OpenedFile>,
  opened: OpenedFile,
): ReadonlyMap<string, OpenedFile> {
  const others = [...files].filter(([fingerprint]) => fingerprint !== opened.fingerprint);
  return new Map([...others.slice(1 - MOST_KEPT), [opened.fingerprint, opened]]);
}

const lastOf = (path: string): string => path.replace(/^.*[/\\]/, '');

const byName = (files: readonly File[]): ReadonlyMap<string, File> =>
  new Map(files.map((file) => [file.name, file]));

/** What has to be known to read a file. */
interface Reading {
  readonly file: File;
  readonly beside: ReadonlyMap<string, File>;
  /** Of a file that leaves its size open; else undefined. */
  readonly given?: Shape;
  readonly input: string | null;
  /** Which output is the answer; where it is left out, the likeliest. */
  readonly answer?: string | undefined;
  /** What is on the page, where the same file is read once more. */
  readonly again?: OpenedFile;
}

/**
 * The extents that a file leaves open, filled in for the question of its height and width; null where it leaves open more
 * than those of a picture.
 */
export function openSize(problem: ImportProblem & { readonly code: 'input-size' }): number | null {
  const { shape, channels } = problem;
  if (shape.length !== 4) return null;
  const own = shape[1];
  return typeof own === 'number' ? own : (channels ?? 3);
}

/** Creates the store of one opened file. @param open reads a file in a worker */
export const createOpenedStore = (open: typeof openOnnx): StoreApi<OpenedState> =>
  createStore<OpenedState>()((set, get) => {
    let end: (() => void) | null = null;
    let count = 0;

    const read = (reading: Reading): void => {
      end?.();
      const { file, beside, given, input, answer, again } = reading;
      const { name } = file;
      const ownInput = given ?? again?.ownInput;
      const parsed = input === null ? null : parseInputSize(input, ownInput?.[0] ?? 1);
      const asked = parsed?.kind === 'size' ? [ownInput?.[0] ?? 1, ...parsed.size] : (given ?? undefined);
      const settle = (state: Partial<OpenedState>): void => {
        end = null;
        set({ reading: null, ...state });
      };
      set({ reading: { name, share: 0 }, problem: null, question: null });
      end = open(
        {
          file,
          options: {
            name,
            files: [...beside.values()].map((one) => ({ name: one.name, size: one.size })),
            ...(asked ? { input: asked } : {}),
            ...(answer === undefined ? {} : { answer }),
          },
        },
        {
          progress: (share) => set({ reading: { name, share } }),
          opened: (model, fingerprint) => {
            count += 1;
            const opened: OpenedFile = {
              id: again?.id ?? `file-${count}`,
              fingerprint,
              file,
              beside,
              model,
              ownInput: ownInput ?? model.graph.input,
              isSizeOpen: given !== undefined,
              input: parsed?.kind === 'size' ? input : null,
            };
            settle({ opened, files: withFile(get().files, opened) });
          },
          refused: (problem) => {
            const channels = problem.code === 'input-size' ? openSize(problem) : null;
            settle(
              channels === null
                ? { problem: { name, problem: { code: 'import', problem } } }
                : { question: { file, beside, channels } },
            );
          },
          failed: (reason) => settle({ problem: { name, problem: { code: 'broke-down', reason } } }),
        },
      );
    };

    /** The same file with other files beside it, or at another size. */
    const readAgain = (
      opened: OpenedFile,
      change: Partial<Pick<Reading, 'beside' | 'input' | 'answer'>>,
    ): void =>
      read({
        file: opened.file,
        beside: opened.beside,
        input: opened.input,
        answer: opened.model.answer ?? undefined,
        again: opened,
        ...(opened.isSizeOpen ? { given: opened.ownInput } : {}),
        ...change,
      });

    return {
      opened: null,
      files: new Map(),
      reading: null,
      problem: null,
      question: null,
      give(files) {
        const refuse = (name: string, problem: OpenProblem): void => {
          set({ problem: { name, problem } });
        };
        const models = files.filter(isModel);
        const [first] = files;
        if (!first) return refuse('', { code: 'nothing-given' });
        if (models.length > 1) {
          return refuse(first.name, { code: 'several-models', names: models.map(({ name }) => name) });
        }
        const [model] = models;
        const { opened } = get();
        const missed = new Set((opened?.model.weights.files ?? []).map(lastOf));
        if (!model && opened && files.some(({ name }) => missed.has(name))) {
          return readAgain(opened, { beside: new Map([...opened.beside, ...byName(files)]) });
        }
        if (!model && files.length > 1) return refuse(first.name, { code: 'no-model' });
        const file = model ?? first;
        read({ file, beside: byName(files.filter((one) => one !== file)), input: null });
      },
      answer([height, width]) {
        const { question } = get();
        if (!question) return;
        const { file, beside, channels } = question;
        read({ file, beside, given: [channels, height, width], input: null });
      },
      setInput(input) {
        const { opened } = get();
        if (opened) readAgain(opened, { input });
      },
      setAnswer(fingerprint, answer) {
        const opened = get().files.get(fingerprint);
        if (opened) readAgain(opened, { answer });
      },
      show(fingerprint) {
        const opened = get().files.get(fingerprint);
        if (opened) set({ opened, problem: null });
      },
      cancel() {
        end?.();
        end = null;
        set({ reading: null, question: null });
      },
    };
  });
