/** What this is, how it counts, and where everything comes from. */
export const about = {
  title: 'About ConvAtlas',
  lede: 'An atlas of convolutional networks for students, teachers and engineers. It runs wholly in the browser: there is no server behind it.',
  countingTitle: 'What is counted, and how',
  counting: [
    {
      term: 'Shapes',
      text: 'Channels × height × width; the batch is left out. Rounding up or down is a property of each layer, never a global choice.',
    },
    {
      term: 'Parameters',
      text: 'Learnable numbers only. Batch normalization has two a channel; its running statistics are listed apart.',
    },
    {
      term: 'MACs',
      text: 'Multiply–accumulates of convolutions and fully connected layers, biases not counted, for one image. Most papers print this number and call it FLOPs.',
    },
    {
      term: 'FLOPs',
      text: '2 × MACs, plus bias additions, plus the operations of every other layer. The word never labels a MAC count here.',
    },
    {
      term: 'Memory',
      text: 'Weights, the sum of all activations, and the peak of the activations that are alive at once: three figures, named each time.',
    },
    {
      term: 'Receptive field',
      text: 'The largest part of the input, over all paths, that one unit can see; its jump is the distance between neighbouring units in input pixels.',
    },
  ],
  derivedTitle: 'Where the figures come from',
  derived:
    'Each network is written down once, as its paper’s table has it. Shapes, costs, the drawing, the ONNX file and the PyTorch code are computed from that definition, not copied. Where a paper states a figure, it stands beside the computed one, and where they differ the page says why.',
  privacyTitle: 'What leaves this device',
  privacy:
    'Nothing. Drawings, pictures and files are read in this browser, no request goes to anyone else, and there are no cookies.',
  papersTitle: 'Papers',
  licencesTitle: 'Licences',
  licencesIntro: 'ConvAtlas itself is under the MIT licence. It ships with:',
  component: 'Component',
  use: 'Used for',
  licence: 'Licence',
  uses: {
    react: 'the interface',
    baseUi: 'menus, dialogs, sliders',
    state: 'the state of the page',
    routing: 'addresses and their parameters',
    queries: 'weights and results',
    charts: 'curves of the figure and the lineage',
    runtime: 'running the networks',
    fonts: 'type',
    labels: 'names of classes; no picture is shipped',
    mnist: 'handwritten digits, for training and testing only; not shipped',
  },
};
