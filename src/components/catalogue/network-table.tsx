import { memo } from 'react';
import type { LinkComponent } from '../ui/link-component.ts';
import styles from './network-table.module.css';

/** Columns of the table, in order; all but the first hold numbers or a word. The last stands there only with times to show. */
export const networkColumns = [
  'title',
  'year',
  'task',
  'depth',
  'parameters',
  'macs',
  'weights',
  'time',
] as const;

/** A column of the table. */
export type NetworkColumn = (typeof networkColumns)[number];

/** One network as the table shows it; its numbers are written out. */
export interface NetworkRow {
  readonly id: string;
  readonly title: string;
  readonly href: string;
  /** What it belongs to, and why the search found it. */
  readonly family: string;
  readonly reason: string | null;
  readonly note: string | null;
  readonly year: string;
  readonly task: string;
  readonly depth: string;
  readonly parameters: string;
  readonly macs: string;
  readonly weights: string;
  /** The time of a run on this device, and where it was taken; null where none was. */
  readonly time: { readonly text: string; readonly note: string } | null;
  /** Exact values, shown on pointing. */
  readonly exact: { readonly parameters: string; readonly macs: string };
  /** Where parameters and MACs lie among all networks on a logarithmic line, from 0 to 1. */
  readonly place: { readonly parameters: number; readonly macs: number };
}

/** What the table says. */
export interface NetworkTableMessages {
  readonly caption: string;
  readonly columns: Readonly<Record<NetworkColumn, string>>;
  readonly sortBy: (column: string) => string;
}

/** How the table is sorted: a column and a direction. */
export interface NetworkSort<Column extends string> {
  readonly column: Column;
  readonly descending: boolean;
}

/** Properties of the table. */
export interface NetworkTableProps<Sortable extends NetworkColumn> {
  readonly rows: readonly NetworkRow[];
  readonly sortable: readonly Sortable[];
  readonly sort: NetworkSort<Sortable> | null;
  readonly onSort: (column: Sortable) => void;
  readonly link: LinkComponent;
  readonly messages: NetworkTableMessages;
}

const Row = memo(function Row({
  row,
  hasTimes,
  link: Link,
}: {
  readonly row: NetworkRow;
  readonly hasTimes: boolean;
  readonly link: LinkComponent;
}) {
  const placed = (value: string, exact: string, place: number) => (
    <td className={styles.number} title={exact}>
      <span className={styles.place} aria-hidden="true">
        <span style={{ left: `${100 * place}%` }} />
      </span>
      {value}
    </td>
  );
  return (
    <tr className={styles.row}>
      <th scope="row" className={styles.name}>
        <Link href={row.href} className={styles.link}>
          {row.title}
        </Link>
        <span className={styles.family}>{row.family}</span>
        {row.reason ? <span className={styles.reason}>{row.reason}</span> : null}
        {row.note ? <span className={styles.note}>{row.note}</span> : null}
      </th>
      <td className={styles.year}>{row.year}</td>
      <td className={styles.task}>{row.task}</td>
      <td className={`${styles.number} ${styles.depth}`}>{row.depth}</td>
      {placed(row.parameters, row.exact.parameters, row.place.parameters)}
      {placed(row.macs, row.exact.macs, row.place.macs)}
      <td className={`${styles.number} ${styles.weights}`}>{row.weights}</td>
      {hasTimes ? (
        <td className={styles.number} title={row.time?.note}>
          {row.time?.text}
        </td>
      ) : null}
    </tr>
  );
});

/** Networks with what they cost, sorted by the heads of the columns. */
export function NetworkTable<Sortable extends NetworkColumn>({
  rows,
  sortable,
  sort,
  onSort,
  link,
  messages,
}: NetworkTableProps<Sortable>) {
  const hasTimes = rows.some(({ time }) => time !== null);
  const columns = hasTimes ? networkColumns : networkColumns.filter((column) => column !== 'time');
  return (
    <table className={styles.table}>
      <caption className={styles.caption}>{messages.caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => {
            const key = sortable.find((one) => one === column);
            const sorted = key !== undefined && sort?.column === key;
            return (
              <th
                key={column}
                scope="col"
                className={styles[`${column}Head`]}
                aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
              >
                {key === undefined ? (
                  messages.columns[column]
                ) : (
                  <button
                    type="button"
                    className={styles.sort}
                    title={messages.sortBy(messages.columns[column])}
                    onClick={() => onSort(key)}
                  >
                    {messages.columns[column]}
                    <span aria-hidden="true" className={styles.arrow}>
                      {sorted ? (sort.descending ? '↓' : '↑') : ''}
                    </span>
                  </button>
                )}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row key={row.id} row={row} hasTimes={hasTimes} link={link} />
        ))}
      </tbody>
    </table>
  );
}
