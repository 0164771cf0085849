/** What one network takes the picture for. */
export interface ColumnAnswer {
  readonly title: string;
  /** What its classes are (`cifar10`, `imagenet`); null where they are numbers alone. */
  readonly task: string | null;
  /** The most probable class as the task calls it: the same text for the same class of a task. */
  readonly name: string;
  /** What it is called on the page. */
  readonly label: string;
}

/** Networks that say the same. */
export interface Agreeing {
  readonly label: string;
  readonly titles: readonly string[];
}

/** The networks of one task, by what they say: those of the commonest answer first, else in their order. */
export interface TaskAgreement {
  readonly task: string | null;
  readonly groups: readonly Agreeing[];
}

/**
 * Which networks agree on the picture. Classes are compared by name within one task: the third class of one task has
 * nothing to do with the third of another, and numbers alone are of one network's own.
 */
export function agreementOf(answers: readonly ColumnAnswer[]): readonly TaskAgreement[] {
  const tasks = new Map<string, ColumnAnswer[]>();
  for (const [index, answer] of answers.entries()) {
    const key = answer.task ?? `#${index}`;
    tasks.set(key, [...(tasks.get(key) ?? []), answer]);
  }
  return [...tasks.values()].map((members) => {
    const groups = new Map<string, { readonly label: string; readonly titles: string[] }>();
    for (const { name, label, title } of members) {
      const group = groups.get(name) ?? { label, titles: [] };
      group.titles.push(title);
      groups.set(name, group);
    }
    return {
      task: members[0]?.task ?? null,
      groups: [...groups.values()].sort((a, b) => b.titles.length - a.titles.length),
    };
  });
}
