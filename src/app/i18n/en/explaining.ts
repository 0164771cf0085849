/** What the page says of where a network looks. */
export const explaining = {
  title: 'Why this answer?',
  empty: 'Once there is something to read, this shows which parts of it decided.',
  live: 'Stop the camera to ask about a picture.',
  classLabel: 'Class',
  mostProbable: (name: string) => `Most probable (${name})`,
  opacity: 'Opacity',
  percent: (share: number) => `${Math.round(100 * share)} %`,
  against: 'against',
  towards: 'for',
  cam: {
    title: 'Class activation map',
    how: (maps: string, size: string) =>
      `Exact: the last maps (${maps}, ${size}) weighted by the class’s row of the classifier.`,
    howAlone: (maps: string, size: string) =>
      `Exact: the class’s own map (${maps}, ${size}); its mean is the class’s logit.`,
    sum: (mean: string, bias: string, logit: string) => `mean ${mean} + bias ${bias} = logit ${logit}`,
    sumAlone: (mean: string) => `mean = logit ${mean}`,
    scale:
      'Colours: what a place adds to the logit, times the number of places; the full colour is the strongest.',
    picture: (name: string) => `Class activation map of ${name} over the picture`,
    missing:
      'This network has no class activation map: it does not end in a mean over maps with one linear layer behind it. Cover parts of the picture instead.',
    waiting: 'The last maps are on their way.',
    unread:
      'The file has the classifier’s weights in a form that is not read here. Cover parts of the picture instead.',
  },
  occlusion: {
    title: 'Occlusion',
    how: (fill: string) =>
      `A square (${fill}) covers one place after the other: where it hides what counts, the class’s probability falls (Zeiler and Fergus 2013).`,
    fillGrey: 'mid-grey',
    fillPaper: 'empty paper',
    patch: 'Square',
    stride: 'Step',
    pixels: (value: number) => `${value} px`,
    places: (places: string) => `${places} places`,
    placesAbout: (places: string, time: string) => `${places} places, about ${time}`,
    tooMany: (places: string, most: string) =>
      `${places} places are more than ${most}: take a larger square or step.`,
    start: 'Cover and ask',
    again: 'Ask again',
    cancel: 'Cancel',
    progress: 'Places covered',
    progressOf: (done: string, total: string) => `${done} of ${total}`,
    cancelled: (done: string, total: string) => `Cancelled after ${done} of ${total} places.`,
    failed: 'The runs failed, so the map is not complete.',
    waiting: 'This waits for the runtime.',
    scale: 'Colours: the mean fall of the probability over the squares that covered a pixel.',
    towards: 'falls',
    against: 'rises',
    strongest: (name: string, before: string, after: string, x: number, y: number) =>
      `${name}: ${before} with nothing covered, down to ${after} with the square at ${x}, ${y}.`,
    picture: (name: string) => `What covering each place does to ${name}, over the picture`,
  },
};
