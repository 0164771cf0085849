/** The network as code, as a file, and as a table. */
export const code = {
  kind: 'Form',
  kinds: { torch: 'PyTorch', keras: 'Keras', onnx: 'ONNX', table: 'Table' },
  format: 'Format',
  formats: { csv: 'CSV', json: 'JSON', latex: 'LaTeX', markdown: 'Markdown' },
  hints: {
    torch:
      'PyTorch 1.10 or newer. The keys of the state_dict are the layers’ names here, with dots for slashes; what repeats is a class.',
    keras:
      'Keras 3 with any backend, channels last. Layers bear the names they have here, with dots for slashes; what Keras pads otherwise is padded explicitly.',
    table: 'Every operator with its figures, for one image, and their sums.',
    onnx: 'Opset 17. The network as shown here with untrained weights: random numbers that follow from the seed, in the ranges of He et al. (2015) and Glorot and Bengio (2010), the same on every machine.',
  },
  lines: (count: string) => `${count} lines`,
  cut: (shown: string, all: string) =>
    `The first ${shown} of ${all} lines. Copying and downloading take all of them.`,
  copy: 'Copy',
  copied: 'Copied.',
  copyFailed: 'The browser did not allow copying; select the text instead.',
  download: 'Download',
  seed: 'Seed of the weights',
  decrease: 'Lower seed',
  increase: 'Higher seed',
  makeFile: (size: string) => `Make and download (${size})`,
  large: (size: string) =>
    `The file is made in your browser, piece by piece. It takes ${size} of disk space twice over until it is saved.`,
  tooLarge: (size: string) => `With ${size} this network is over the 2 GiB that one ONNX file may hold.`,
  making: 'Making the file',
  made: (done: string, all: string) => `${done} of ${all}`,
  cancel: 'Cancel',
  cancelled: 'Given up; nothing was saved.',
  saved: (name: string) => `${name} is handed to your browser’s downloads.`,
  formless: (form: string, operators: readonly string[]) =>
    `There is no ${form} code of this network: of ${operators.join(', ')} nothing is known here but the shape.`,
  failed: (reason: string) => `The file could not be made: ${reason}`,
};
