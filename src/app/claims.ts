import { architectures } from '../architectures/index.ts';
import { computeCosts } from '../engine/cost/costs.ts';
import { peakMemory } from '../engine/cost/memory.ts';
import { lower } from '../engine/graph/lower.ts';
import { accuracies } from './published/accuracy.ts';

/** The networks between which the lecture compares (CS231n 2017, lecture 9), as far as the atlas has them. */
export const lectureSet = [
  'alexnet',
  'zfnet',
  'nin-imagenet',
  'vgg16',
  'vgg19',
  'googlenet',
  'resnet18',
  'resnet34',
  'resnet50',
  'resnet101',
  'resnet152',
] as const;

/** What a claim is about: three counted by the atlas, one measured by others. */
export type ClaimQuantity = 'parameters' | 'macs' | 'peak' | 'top1';

/** A network's figures at its own input, for one image. */
export interface Measures {
  readonly id: string;
  readonly title: string;
  readonly parameters: number;
  readonly macs: number;
  /** Values alive at the peak of inference. */
  readonly peak: number;
  /** Share of the parameters that stand in fully connected layers, 0 to 1. */
  readonly linearShare: number;
  /** Top-1 accuracy in per cent; null where no comparable one is known. */
  readonly top1: number | null;
}

const measured = new Map<string, Measures>();

/** A network's figures, computed once. @throws RangeError for an unknown id */
export function measuresOf(id: string): Measures {
  const known = measured.get(id);
  if (known) return known;
  const architecture = architectures.get(id);
  if (!architecture) throw new RangeError(`no architecture "${id}"`);
  const graph = lower(architecture);
  const costs = computeCosts(graph);
  const { parameters, macs } = costs.total;
  const linear = graph.nodes.reduce(
    (sum, node) => (node.op === 'Gemm' ? sum + (costs.byNode.get(node.id)?.parameters ?? 0) : sum),
    0,
  );
  const measures = {
    id,
    title: architecture.title,
    parameters,
    macs,
    peak: peakMemory(graph).values,
    linearShare: parameters === 0 ? 0 : linear / parameters,
    top1: accuracies[id]?.top1 ?? null,
  };
  measured.set(id, measures);
  return measures;
}

/** The networks of the atlas that may be compared with the lecture's: those whose accuracy is known. */
const comparable = (): readonly Measures[] =>
  Object.keys(accuracies)
    .filter((id) => architectures.has(id))
    .map(measuresOf);

/** The statements into which the lecture's claims fall. */
export const statementIds = [
  'alexnetFewOperations',
  'alexnetMuchMemory',
  'alexnetLowAccuracy',
  'vggMostMemory',
  'vggMostPeak',
  'vggMostOperations',
  'googlenetOperations',
  'googlenetParameters',
  'resnetModerate',
  'resnetAccuracy',
  'squeezenetAccuracy',
  'squeezenetFifty',
] as const;

/** {@link statementIds} as a type. */
export type StatementId = (typeof statementIds)[number];

/**
 * What the figures make of a statement: it `holds` for the lecture's networks and all others of the atlas; it holds for
 * the lecture's alone, or not to the letter (`qualified`); or it `fails`.
 */
export type Verdict = 'holds' | 'qualified' | 'fails';

/** A statement with the figures that prove or qualify it. */
export interface Statement {
  readonly id: StatementId;
  readonly quantity: ClaimQuantity;
  readonly verdict: Verdict;
  /** The networks compared, largest first. */
  readonly rows: readonly Measures[];
  /** Ids of the rows that the statement speaks of. */
  readonly subjects: ReadonlySet<string>;
  /** Networks beyond the lecture's that go further than what the statement speaks of. */
  readonly beyond: readonly Measures[];
  /** The network that the statement is read off. */
  readonly subject: Measures;
  /** The one it is compared with, where it is one. */
  readonly other?: Measures;
}

const amountOf = (one: Measures, quantity: ClaimQuantity): number => one[quantity] ?? 0;

/** A statement that a network is at one end of the lecture's set. */
function extreme(
  id: StatementId,
  subjectId: string,
  quantity: ClaimQuantity,
  end: 'most' | 'least',
  family: readonly string[],
  among: (one: Measures, subject: Measures) => boolean = () => true,
): Statement {
  const subject = measuresOf(subjectId);
  const further = (one: Measures): boolean =>
    end === 'most'
      ? amountOf(one, quantity) > amountOf(subject, quantity)
      : amountOf(one, quantity) < amountOf(subject, quantity);
  const rows = lectureSet.map(measuresOf).filter((one) => one === subject || among(one, subject));
  const inLecture: ReadonlySet<string> = new Set(lectureSet);
  const beyond = comparable().filter(
    (one) => !inLecture.has(one.id) && !family.includes(one.id) && among(one, subject) && further(one),
  );
  const beaten = rows.some((one) => one !== subject && further(one));
  return {
    id,
    quantity,
    verdict: beaten ? 'fails' : beyond.length > 0 ? 'qualified' : 'holds',
    rows: [...rows].sort((a, b) => amountOf(b, quantity) - amountOf(a, quantity)),
    subjects: new Set(family),
    beyond: [...beyond].sort((a, b) => amountOf(b, quantity) - amountOf(a, quantity)),
    subject,
  };
}

const atLeastAsAccurate = (one: Measures, subject: Measures): boolean =>
  one.top1 !== null && subject.top1 !== null && one.top1 >= subject.top1;

const alexnets = ['alexnet', 'alexnet-owt'];
const vggs = ['vgg11', 'vgg13', 'vgg16', 'vgg19', 'vgg11-bn', 'vgg13-bn', 'vgg16-bn', 'vgg19-bn'];
const googlenets = ['googlenet', 'googlenet-torchvision'];
const resnets = [
  ...['resnet18', 'resnet34', 'resnet50', 'resnet101', 'resnet152'],
  ...['resnet50-v1', 'resnet101-v1', 'resnet152-v1'],
];
const squeezenets = ['squeezenet-1.0', 'squeezenet-1.1'];

const evaluators: Readonly<Record<StatementId, () => Statement>> = {
  alexnetFewOperations: () => extreme('alexnetFewOperations', 'alexnet', 'macs', 'least', alexnets),
  alexnetMuchMemory: () => {
    // Not the most: the lecture gives that to VGG. Much, if nothing else has more.
    const all = extreme('alexnetMuchMemory', 'alexnet', 'parameters', 'most', [...alexnets, ...vggs]);
    const more = all.rows.filter((one) => one.parameters > all.subject.parameters);
    // A twentieth more is still as much.
    const others = more.filter(
      (one) => !vggs.includes(one.id) && one.parameters > 1.05 * all.subject.parameters,
    );
    return { ...all, subjects: new Set(alexnets), verdict: others.length > 0 ? 'fails' : 'qualified' };
  },
  alexnetLowAccuracy: () => extreme('alexnetLowAccuracy', 'alexnet', 'top1', 'least', alexnets),
  vggMostMemory: () => extreme('vggMostMemory', 'vgg19', 'parameters', 'most', vggs),
  vggMostPeak: () => extreme('vggMostPeak', 'vgg16', 'peak', 'most', vggs),
  vggMostOperations: () => extreme('vggMostOperations', 'vgg19', 'macs', 'most', vggs),
  googlenetOperations: () =>
    extreme('googlenetOperations', 'googlenet', 'macs', 'least', googlenets, atLeastAsAccurate),
  googlenetParameters: () =>
    extreme('googlenetParameters', 'googlenet', 'parameters', 'least', googlenets, atLeastAsAccurate),
  resnetModerate: () => {
    const all = extreme('resnetModerate', 'resnet152', 'macs', 'least', resnets);
    const other = measuresOf('vgg19');
    const between = all.subject.macs < other.macs && all.subject.macs > measuresOf('googlenet').macs;
    return { ...all, other, beyond: [], verdict: between ? 'holds' : 'fails' };
  },
  resnetAccuracy: () => extreme('resnetAccuracy', 'resnet152', 'top1', 'most', resnets),
  squeezenetAccuracy: () => {
    const subject = measuresOf('squeezenet-1.0');
    const other = measuresOf('alexnet');
    return {
      id: 'squeezenetAccuracy',
      quantity: 'top1',
      verdict: atLeastAsAccurate(subject, other) ? 'holds' : 'fails',
      rows: [...squeezenets.map(measuresOf), other].sort((a, b) => amountOf(b, 'top1') - amountOf(a, 'top1')),
      subjects: new Set(squeezenets),
      beyond: [],
      subject,
      other,
    };
  },
  squeezenetFifty: () => {
    const subject = measuresOf('squeezenet-1.0');
    const other = measuresOf('alexnet');
    const times = other.parameters / subject.parameters;
    return {
      id: 'squeezenetFifty',
      quantity: 'parameters',
      verdict: times >= 50 ? 'holds' : times >= 45 ? 'qualified' : 'fails',
      rows: [other, ...squeezenets.map(measuresOf)],
      subjects: new Set(squeezenets),
      beyond: [],
      subject,
      other,
    };
  },
};

/** The lecture's claims, by the networks on whose pages they stand. */
const claims: readonly {
  readonly networks: readonly string[];
  readonly statements: readonly StatementId[];
}[] = [
  {
    networks: [...alexnets, 'alexnet-lecture'],
    statements: ['alexnetFewOperations', 'alexnetMuchMemory', 'alexnetLowAccuracy'],
  },
  {
    networks: [...vggs, 'vgg11-lrn', 'vgg16-c'],
    statements: ['vggMostMemory', 'vggMostPeak', 'vggMostOperations'],
  },
  { networks: [...googlenets, 'googlenet-aux'], statements: ['googlenetOperations', 'googlenetParameters'] },
  { networks: resnets, statements: ['resnetAccuracy', 'resnetModerate'] },
  {
    networks: [...squeezenets, 'squeezenet-1.0-simple-bypass', 'squeezenet-1.0-complex-bypass'],
    statements: ['squeezenetAccuracy', 'squeezenetFifty'],
  },
];

/** Statements of the lecture that concern a network. */
export const statementsOf = (id: string): readonly StatementId[] =>
  claims.find(({ networks }) => networks.includes(id))?.statements ?? [];

/** A statement, worked out from the catalogue. */
export const evaluateStatement = (id: StatementId): Statement => evaluators[id]();
