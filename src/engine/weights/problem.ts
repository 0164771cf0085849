import type { Shape } from '../spec/types.ts';

/** Why weights (or the card that describes them) cannot be used. */
export type WeightsProblem =
  /** The file ends too early: bytes that are there, and bytes that its header or card promises. */
  | { readonly code: 'truncated'; readonly actual: number; readonly expected: number }
  /** The bytes are no safetensors file; `reason` is for the developer. */
  | { readonly code: 'not-safetensors'; readonly reason: string }
  /** The file is not the one its card describes (SHA-256, hexadecimal). */
  | { readonly code: 'hash-differs'; readonly actual: string; readonly expected: string }
  /** A tensor of the network is not in the file: the file is of another network. */
  | { readonly code: 'missing-tensor'; readonly tensor: string }
  /** The file holds a tensor that the network does not have. */
  | { readonly code: 'unexpected-tensor'; readonly tensor: string }
  | {
      readonly code: 'shape-differs';
      readonly tensor: string;
      readonly actual: Shape;
      readonly expected: Shape;
    }
  /** The card is not one, or not one of this version; `field` is a path such as `input.shape`. */
  | { readonly code: 'bad-card'; readonly field: string; readonly expected: string }
  /** The server answered with an error, such as 404. */
  | { readonly code: 'http'; readonly url: string; readonly status: number }
  /** The server could not be reached, or the connection broke. */
  | { readonly code: 'network'; readonly url: string };

/** The problem in English, for logs and the command line. */
export function describeWeightsProblem(problem: WeightsProblem): string {
  switch (problem.code) {
    case 'truncated':
      return `the file is cut short: ${problem.actual} of ${problem.expected} bytes`;
    case 'not-safetensors':
      return `not a safetensors file: ${problem.reason}`;
    case 'hash-differs':
      return `the file is not the one its card describes: its SHA-256 is ${problem.actual}, the card says ${problem.expected}`;
    case 'missing-tensor':
      return `the file is of another network: it has no tensor "${problem.tensor}"`;
    case 'unexpected-tensor':
      return `the file is of another network: the network has no tensor "${problem.tensor}"`;
    case 'shape-differs':
      return `the file is of another network: "${problem.tensor}" is ${problem.actual.join('×')}, not ${problem.expected.join('×')}`;
    case 'bad-card':
      return `the card's ${problem.field} is not ${problem.expected}`;
    case 'http':
      return `${problem.url} answered with status ${problem.status}`;
    case 'network':
      return `${problem.url} could not be fetched`;
  }
}

/** Thrown where weights cannot be used. */
export class WeightsError extends Error {
  readonly problem: WeightsProblem;

  /** @param problem why, with its numbers */
  constructor(problem: WeightsProblem) {
    super(describeWeightsProblem(problem));
    this.name = 'WeightsError';
    this.problem = problem;
  }
}
