/** An address that leads nowhere. */
export const notFound = {
  title: 'There is no such page',
  text: (path: string) => `Nothing stands at ${path}.`,
  back: 'Back to the atlas',
};
