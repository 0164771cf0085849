import { useMemo, useState } from 'react';
import type { LinkComponent } from '../ui/link-component.ts';
import styles from './point-table.module.css';

/** A column of the table. */
export interface PointColumn {
  readonly id: string;
  readonly title: string;
}

/** A cell: what it says, and what it is sorted by; null comes last. */
export interface PointCell {
  readonly text: string;
  readonly value: number | string | null;
}

/** One point as the table shows it. */
export interface PointRow {
  readonly key: string;
  readonly title: string;
  /** Address of its page; null where it has none. */
  readonly href: string | null;
  /** Why it is not to be compared; null where it may be. */
  readonly note: string | null;
  /** Cells by column, without the first. */
  readonly cells: Readonly<Record<string, PointCell>>;
}

/** Properties of the table. */
export interface PointTableProps {
  readonly caption: string;
  /** The columns; the first holds the names. */
  readonly columns: readonly [PointColumn, ...PointColumn[]];
  readonly rows: readonly PointRow[];
  readonly link: LinkComponent;
  readonly sortBy: (column: string) => string;
}

/** Points as a table that is sorted by the heads of its columns. */
export function PointTable({ caption, columns, rows, link: Link, sortBy }: PointTableProps) {
  const [sort, setSort] = useState<{ readonly column: string; readonly descending: boolean } | null>(null);
  const [first] = columns;
  const sorted = useMemo(() => {
    if (!sort) return rows;
    const valueIn = (row: PointRow) =>
      sort.column === first.id ? row.title : (row.cells[sort.column]?.value ?? null);
    return [...rows].sort((a, b) => {
      const [one, other] = [valueIn(a), valueIn(b)];
      if (one === null || other === null) return Number(one === null) - Number(other === null);
      const order =
        typeof one === 'number' && typeof other === 'number'
          ? one - other
          : String(one).localeCompare(String(other), undefined, { numeric: true });
      return sort.descending ? -order : order;
    });
  }, [rows, sort, first]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to be reachable by keyboard
    <section className={styles.scroll} tabIndex={0} aria-label={caption}>
      <table className={styles.table}>
        <caption className={styles.caption}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ id, title }) => {
              const isSorted = sort?.column === id;
              return (
                <th
                  key={id}
                  scope="col"
                  aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
                >
                  <button
                    type="button"
                    className={styles.sort}
                    title={sortBy(title)}
                    onClick={() =>
                      setSort(
                        isSorted
                          ? sort.descending
                            ? null
                            : { column: id, descending: true }
                          : { column: id, descending: false },
                      )
                    }
                  >
                    {title}
                    <span aria-hidden="true" className={styles.arrow}>
                      {isSorted ? (sort.descending ? '↓' : '↑') : ''}
                    </span>
                  </button>
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                {row.href === null ? row.title : <Link href={row.href}>{row.title}</Link>}
                {row.note === null ? null : <span className={styles.note}>† {row.note}</span>}
              </th>
              {columns.slice(1).map(({ id }) => {
                const cell = row.cells[id];
                return (
                  <td key={id} className={typeof cell?.value === 'string' ? styles.words : styles.number}>
                    {cell?.text ?? ''}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
