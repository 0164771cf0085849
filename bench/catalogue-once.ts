import { timeCatalogue } from './catalogue.ts';

// A process of its own for `measureCatalogue`: one time in milliseconds on standard output.
console.log(timeCatalogue());
