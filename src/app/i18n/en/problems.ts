import { describePlacedProblem, describeProblem } from '../../../engine/graph/problem.ts';

/** Why a network cannot be built, in words; English is the engine's own text. */
export const problems = {
  title: 'This network does not fit',
  describe: describeProblem,
  describePlaced: describePlacedProblem,
};
