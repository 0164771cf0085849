import { networkWords } from '../../network-messages.ts';

/** What the page says about each ZFNet. */
export const zfnet = networkWords({
  zfnet: {
    subtitle: 'Zeiler, Fergus 2013 · AlexNet with a finer first layer',
    idea: 'The authors projected activations back to pixels to see what each map responds to. AlexNet’s first layer, 11×11 at stride 4, turned out to miss the middle frequencies and to leave aliasing behind it. A 7×7 window at stride 2 keeps that detail, and the error falls: a network repaired by looking at it.',
    notes: [
      'The sizes of Figure 3 (110, 55, 26, 13, 6) need poolings that round up, or padding 1 on the first two poolings. Both give the same parameters and MACs.',
      'The paper states no number of parameters. Its often quoted top-1 error of 38.4 % is an average over ten crops of each image.',
    ],
  },
  'zfnet-lecture': {
    subtitle: 'After Zeiler, Fergus 2013 · as lecture notes print it: it does not fit',
    idea: 'A listing is right only if its sizes follow from one another. This one states 9,216 inputs for its first fully connected layer, but its poolings, rounding down, leave 6,400.',
    notes: [
      'With poolings that round down, inputs of 233 to 264 pixels would reach the 6×6 that the listing expects.',
    ],
    lesson: {
      why: 'Every size is a division rounded down. Half a row is lost at pool1, at conv2 and at pool5; at the end a whole row and column are missing, and a fully connected layer takes exactly the number of inputs it was declared for.',
      asPrinted: 'As printed: round down',
      repairs: { ceil: 'Let the poolings round up', padding: 'Pad the first two poolings by 1' },
      fits: (input: string) => `With an input of ${input} it fits.`,
      stillBroken: 'At this input it still does not fit.',
    },
  },
  'zfnet-cifar10': {
    subtitle: 'After Zeiler, Fergus 2013 · this project’s network for CIFAR-10 images',
    idea: 'Not a network of the paper but its difference to AlexNet at the size of CIFAR-10’s pictures: beside this project’s AlexNet for the same 32×32 images it has a smaller first window with a finer step, and wider layers from the third on. The two can be given the same picture.',
    notes: [
      'A first kernel of 3×3 at stride 1 where AlexNet’s member of this size has 5×5 at stride 2, and 16/3, 32/3 and 16/3 times the first width in the third to fifth convolution: the 512, 1024 and 512 maps of the paper’s section 5, to 96.',
    ],
  },
});
