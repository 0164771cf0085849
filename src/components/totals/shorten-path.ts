/** A longer path than this breaks in the middle of a name where there is little room. */
const MOST_CHARACTERS = 22;

/** A path that is short enough, or its first and last names with as many of those behind the first as there is room for. */
export function shortenPath(path: string): string {
  const names = path.split('/');
  const last = names.pop() ?? '';
  if (path.length <= MOST_CHARACTERS || names.length < 2) return path;
  let kept = names[0] ?? '';
  for (const name of names.slice(1)) {
    if (`${kept}/${name}/…/${last}`.length > MOST_CHARACTERS) break;
    kept = `${kept}/${name}`;
  }
  return `${kept}/…/${last}`;
}
