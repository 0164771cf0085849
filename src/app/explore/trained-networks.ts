/** Networks whose weights ship with the site: each has a card and a weight file in `public/models`. */
export const trainedNetworks: ReadonlySet<string> = new Set(['lenet5']);
