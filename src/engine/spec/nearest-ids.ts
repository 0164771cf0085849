/** Up to three known ids that differ least from a mistyped one; none where all differ in more than half their letters and hold no part of it. */
export function nearestIds(id: string, known: readonly string[]): readonly string[] {
  const wanted = id.toLowerCase();
  return known
    .map((candidate) => {
      const isPart = wanted.length > 1 && (candidate.includes(wanted) || wanted.includes(candidate));
      // Who leaves out what tells variants apart wrote nothing wrong; between two as near, the one that holds what was typed.
      const whole = wanted.length > 1 && candidate.startsWith(`${wanted}-`) ? wanted : candidate;
      return { candidate, isPart, distance: editDistance(wanted, whole) - (isPart ? 0.5 : 0) };
    })
    .filter(
      ({ candidate, isPart, distance }) =>
        isPart || distance <= Math.max(wanted.length, candidate.length) / 2,
    )
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Insertions, deletions and substitutions of one character that turn one text into another (Levenshtein 1966). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      next.push(
        Math.min(
          (next[column] ?? 0) + 1,
          (row[column + 1] ?? 0) + 1,
          (row[column] ?? 0) + (letter === other ? 0 : 1),
        ),
      );
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
