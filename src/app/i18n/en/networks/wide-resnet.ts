import { networkWords } from '../../network-messages.ts';

const idea =
  'A thousand thin layers learn slowly: each adds little, and a graphics card has to do them one after the other. Here 16 to 40 layers are k times as wide. Parameters and MACs grow with k², but a wide layer runs in one go. WRN-16-8 has about the parameters and MACs of the pre-activation network of 1001 layers, a sixtieth of its depth, and a lower error on CIFAR-10 (4.27 % against 4.62 %). Width, it turned out, had been the neglected number.';

const depthNote =
  'The first number counts convolutions with the three 1×1 on the shortcuts, but not the classifier; ResNet’s own count does the opposite. 6n + 4 layers have n blocks in each of three stages.';

const inputNote =
  'The paper has two sets of errors, for whitened images (ZCA) and for images of mean 0 and deviation 1; both are quoted, so the figure needs its preparation beside it.';

const imagenetIdea =
  'ResNet’s bottleneck with the 3×3 inside twice as wide; what goes in and out of a block stays as it was. Most of the added arithmetic is in large convolutions, which graphics cards do best.';

/** What the page says about each wide ResNet. */
export const wideResnet = networkWords({
  'wrn-16-4': {
    subtitle: 'Zagoruyko, Komodakis 2016 · CIFAR-10, 16 layers, 4 times as wide',
    idea,
    notes: [depthNote],
  },
  'wrn-16-8': {
    subtitle: 'Zagoruyko, Komodakis 2016 · CIFAR-10, 16 layers, 8 times as wide',
    idea,
    notes: [depthNote, `${inputNote} Here: 4.81 % and 4.27 % on CIFAR-10.`],
  },
  'wrn-22-8': {
    subtitle: 'Zagoruyko, Komodakis 2016 · CIFAR-10, 22 layers, 8 times as wide',
    idea,
    notes: [depthNote, 'The paper’s 17.2 M count batch normalization; without it they would be 17.1 M.'],
  },
  'wrn-28-10': {
    subtitle: 'Zagoruyko, Komodakis 2016 · CIFAR-10, 28 layers, 10 times as wide',
    idea,
    notes: [depthNote, `${inputNote} Here: 4.17 % and 4.00 % on CIFAR-10, 20.50 % and 19.25 % on CIFAR-100.`],
  },
  'wrn-28-12': {
    subtitle: 'Zagoruyko, Komodakis 2016 · CIFAR-10, 28 layers, 12 times as wide',
    idea,
    notes: [
      depthNote,
      'Where width stops paying: 44 % more parameters than 28-10, and on CIFAR-10 an error of 4.33 % against 4.17 % (both whitened).',
    ],
  },
  'wrn-40-4': {
    subtitle: 'Zagoruyko, Komodakis 2016 · CIFAR-10, 40 layers, 4 times as wide',
    idea,
    notes: [
      depthNote,
      'The authors’ comparison with thin and deep: 4.53 % error against 4.62 % for 1001 pre-activation layers, at fewer parameters and about an eighth of the time to train.',
    ],
  },
  'wrn-50-2': {
    subtitle: 'Zagoruyko, Komodakis 2016 · ImageNet, 50 layers, bottlenecks twice as wide',
    idea: `${imagenetIdea} A third of ResNet-152’s depth, as many MACs (11.4 against 11.5 G), and a slightly lower error: 21.9 % against 22.16 %.`,
    notes: [
      'The paper’s Tables 8 and 9 disagree about its top-5 error: 6.03 % and 5.79 %. The second figure stands in Table 8 beside the pre-activation ResNet-200.',
      'torchvision’s first weight file of 131.8 MiB is in half precision; its size divided by 4 is not the number of parameters. The authors’ file has 263 MiB.',
    ],
  },
  'wrn-101-2': {
    subtitle: 'After Zagoruyko, Komodakis 2016 · torchvision’s ResNet-101, twice as wide',
    idea: imagenetIdea,
    notes: [
      'The paper stops at 50 layers for ImageNet; this one is torchvision’s. Twice the MACs of WRN-50-2 lower its top-1 error by 0.4 points, from 21.5 % to 21.2 %.',
      'torchvision’s first weight file of 242.9 MiB is in half precision.',
    ],
  },
  'wrn-16-2-cifar10': {
    subtitle: 'After Zagoruyko, Komodakis 2016 · this project’s network for CIFAR-10',
    idea: 'Not a network of the paper’s tables but a small one by its rule: 16 layers, twice as wide as the thin ResNet, so that it trains here and runs in any browser. Fewer layers than ResNet-20, and more than twice its parameters.',
    notes: [depthNote],
  },
});
