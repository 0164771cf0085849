/** The tabs under the table of layers. */
export const aboutArea = {
  label: 'About this network',
  titles: {
    idea: 'The idea',
    sampler: 'In training',
    changes: 'What changed',
    published: 'Published values',
    claims: 'The lecture’s claims',
    weights: 'Weights',
    code: 'Code',
  },
};
