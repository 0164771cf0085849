// biome-ignore-all lint/a11y/useSemanticElements: rows are grids and drawn by need, which native tables cannot be.
// biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus (WAI-ARIA treegrid, row focus), cells do not.
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  memo,
  type ReactNode,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Costs, GraphCosts } from '../../engine/cost/costs.ts';
import {
  formatBytes,
  formatCounted,
  formatInteger,
  formatShape,
  formatShare,
} from '../../engine/cost/format.ts';
import { bytesOf, type DType } from '../../engine/cost/memory.ts';
import { type ReceptiveField, receptiveFields } from '../../engine/graph/receptive-field.ts';
import type { Graph } from '../../engine/graph/types.ts';
import type { OperatorWords } from './describe-operator.ts';
import styles from './layer-table.module.css';
import {
  initiallyOpen,
  largestCosts,
  listRows,
  nextSort,
  type Row,
  type Sort,
  type SortKey,
  sortKeys,
  type Units,
  visibleRow,
} from './rows.ts';

/** Words of the layer table. */
export interface LayerTableMessages {
  /** The accessible name of the table. */
  readonly label: string;
  readonly layer: string;
  readonly operator: string;
  readonly output: string;
  readonly parameters: string;
  readonly macs: string;
  readonly flops: string;
  readonly activations: string;
  /** What the column of activations counts. */
  readonly activationsHint: string;
  /** The column of receptive fields. */
  readonly sees: string;
  readonly seesHint: string;
  readonly share: string;
  shareHint(units: Units): string;
  readonly total: string;
  open(layer: string): string;
  fold(layer: string): string;
  /** Stands in place of a number that does not exist. */
  readonly none: string;
  readonly operators: OperatorWords;
}

/** What the layer table shows and tells. */
export interface LayerTableProps {
  readonly graph: Graph;
  readonly costs: GraphCosts;
  /** Receptive fields of the graph, where they are at hand already. */
  readonly fields?: ReadonlyMap<string, ReceptiveField>;
  readonly dtype: DType;
  readonly batch: number;
  readonly units: Units;
  /** Layer or node id; a layer hidden in a folded group lights that group. */
  readonly selected: string | null;
  readonly hovered: string | null;
  /** Open groups; without it the table keeps its own, with stages open and units folded. */
  readonly open?: ReadonlySet<string>;
  onToggle?(group: string): void;
  onSelect(id: string): void;
  onHover(id: string | null): void;
  /** Why the network does not fit, for the row of the layer that broke. */
  readonly problem?: string | null;
  readonly messages: LayerTableMessages;
}

/** More rows than this are drawn only where they can be seen, in a view of their own: what follows stays at hand. */
const virtualFrom = 80;

/** Columns after the header's sort buttons: the share has none, for it orders as the operations do. */
const columnCount = 8;

/** Every layer with its operator, shape, costs and receptive field: a `treegrid` that sorts, folds and is worked by keys. */
export function LayerTable(props: LayerTableProps) {
  const { graph, costs, units, messages, onHover } = props;
  const [sort, setSort] = useState<Sort>(null);
  const [open, toggle] = useOpenGroups(props);
  const fields = useMemo(() => props.fields ?? receptiveFields(graph), [props.fields, graph]);
  const rows = useMemo(
    () => listRows(graph, costs, fields, open, sort, units, messages.operators),
    [graph, costs, fields, open, sort, units, messages.operators],
  );
  const rowById = useMemo(() => new Map(rows.map((row, index) => [row.id, index])), [rows]);
  const largest = useMemo(() => largestCosts(graph, costs, units), [graph, costs, units]);
  const [active, setActive] = useState<string | null>(null);
  const selected = visibleRow(rowById, props.selected);
  const hovered = visibleRow(rowById, props.hovered);
  const current = visibleRow(rowById, active) ?? selected ?? rows[0]?.id ?? null;
  const grid = useRef<HTMLDivElement>(null);
  const reveal = useRef<((index: number) => void) | null>(null);

  // What was selected elsewhere is brought into the table's own view; the page stays where it is.
  const selectedIndex = selected === null ? null : (rowById.get(selected) ?? null);
  useEffect(() => {
    if (selectedIndex !== null) reveal.current?.(selectedIndex);
  }, [selectedIndex]);

  const focusRow = (id: string | undefined) => {
    if (id === undefined) return;
    setActive(id);
    const find = () => grid.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
    const found = find();
    if (found) {
      found.focus();
      return;
    }
    // A row outside the drawn range exists only after it was scrolled to.
    reveal.current?.(rowById.get(id) ?? 0);
    requestAnimationFrame(() => requestAnimationFrame(() => find()?.focus()));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || current === null) return;
    const index = rowById.get(current) ?? 0;
    const row = rows[index];
    if (!row) return;
    const step = 10;
    switch (event.key) {
      case 'ArrowDown':
        focusRow(rows[index + 1]?.id);
        break;
      case 'ArrowUp':
        focusRow(rows[index - 1]?.id);
        break;
      case 'PageDown':
        focusRow(rows[Math.min(rows.length - 1, index + step)]?.id);
        break;
      case 'PageUp':
        focusRow(rows[Math.max(0, index - step)]?.id);
        break;
      case 'Home':
        focusRow(rows[0]?.id);
        break;
      case 'End':
        focusRow(rows.at(-1)?.id);
        break;
      case 'ArrowRight':
        if (row.open === false) toggle(row.id);
        else if (row.open) focusRow(rows[index + 1]?.id);
        break;
      case 'ArrowLeft':
        if (row.open) toggle(row.id);
        else focusRow(visibleRow(rowById, parentOf(row.id)) ?? undefined);
        break;
      case 'Enter':
      case ' ':
        props.onSelect(row.id);
        break;
      default:
        return;
    }
    event.preventDefault();
  };

  const drawRow = (row: Row, index: number): ReactNode => (
    <TableRow
      key={row.id}
      row={row}
      index={index}
      units={units}
      dtype={props.dtype}
      batch={props.batch}
      totalOperations={costs.total[units]}
      totalParameters={costs.total.parameters}
      largestParameters={largest.parameters}
      largestOperations={largest.operations}
      selected={row.id === selected}
      hovered={row.id === hovered}
      current={row.id === current}
      problem={row.broken ? (props.problem ?? null) : null}
      messages={messages}
      onSelect={props.onSelect}
      onHover={onHover}
      onToggle={toggle}
      onCurrent={setActive}
    />
  );

  return (
    <div className={styles.container}>
      <div
        ref={grid}
        role="treegrid"
        aria-label={messages.label}
        aria-rowcount={rows.length + 2}
        aria-colcount={columnCount}
        className={styles.grid}
        data-sorted={sort !== null || undefined}
        style={numberWidths(costs.total, units)}
        onPointerLeave={() => onHover(null)}
      >
        <Header
          sort={sort}
          onSort={(key) => setSort(nextSort(sort, key))}
          units={units}
          messages={messages}
        />
        {rows.length > virtualFrom ? (
          <VirtualBody rows={rows} drawRow={drawRow} onKeyDown={onKeyDown} reveal={reveal} />
        ) : (
          <div role="rowgroup" onKeyDown={onKeyDown}>
            {rows.map(drawRow)}
          </div>
        )}
        <TotalRow {...props} rowIndex={rows.length + 2} />
      </div>
    </div>
  );
}

/** Room for the longest number of each column, which is its total; the bars take what is left. */
const numberWidths = (total: Costs, units: Units): CSSProperties =>
  ({
    '--parameters-digits': formatInteger(total.parameters).length,
    '--operations-digits': formatCounted(total[units], total.uncounted).length,
  }) as CSSProperties;

const parentOf = (id: string): string | null => (id.includes('/') ? id.slice(0, id.lastIndexOf('/')) : null);

/** The caller's open groups, or the table's own for as long as it shows the same network. */
function useOpenGroups({
  graph,
  open,
  onToggle,
}: LayerTableProps): [ReadonlySet<string>, (id: string) => void] {
  const [own, setOwn] = useState(() => ({ network: graph.id, groups: initiallyOpen(graph) }));
  if (own.network !== graph.id) setOwn({ network: graph.id, groups: initiallyOpen(graph) });
  const toggleOwn = useMemo(
    () => (id: string) =>
      setOwn(({ network, groups }) => {
        const next = new Set(groups);
        if (!next.delete(id)) next.add(id);
        return { network, groups: next };
      }),
    [],
  );
  return [open ?? own.groups, open && onToggle ? onToggle : toggleOwn];
}

/** The header row: one tab stop, left and right move between its buttons. */
function Header({
  sort,
  onSort,
  units,
  messages,
}: {
  readonly sort: Sort;
  onSort(key: SortKey): void;
  readonly units: Units;
  readonly messages: LayerTableMessages;
}) {
  const [active, setActive] = useState<SortKey>('layer');
  const titles: Readonly<Record<SortKey, { readonly text: string; readonly hint?: string }>> = {
    layer: { text: messages.layer },
    operator: { text: messages.operator },
    output: { text: messages.output },
    parameters: { text: messages.parameters },
    operations: { text: messages[units] },
    activations: { text: messages.activations, hint: messages.activationsHint },
    receptiveField: { text: messages.sees, hint: messages.seesHint },
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const index = sortKeys.indexOf(active);
    const next =
      event.key === 'ArrowRight'
        ? sortKeys[index + 1]
        : event.key === 'ArrowLeft'
          ? sortKeys[index - 1]
          : event.key === 'Home'
            ? sortKeys[0]
            : event.key === 'End'
              ? sortKeys.at(-1)
              : undefined;
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-sort="${next}"]`)?.focus();
  };
  return (
    <div role="rowgroup">
      <div role="row" aria-rowindex={1} className={styles.header} onKeyDown={onKeyDown}>
        {sortKeys.map((key) => (
          <div
            key={key}
            role="columnheader"
            aria-sort={sort?.key === key ? sort.direction : 'none'}
            className={styles[key]}
          >
            <button
              type="button"
              data-sort={key}
              className={styles.sort}
              tabIndex={key === active ? 0 : -1}
              title={titles[key].hint}
              onFocus={() => setActive(key)}
              onClick={() => onSort(key)}
            >
              {titles[key].text}
              <svg className={styles.arrow} viewBox="0 0 8 10" aria-hidden="true">
                <path d="M4 1 1.2 4h5.6Z" data-up="" />
                <path d="M4 9 1.2 6h5.6Z" data-down="" />
              </svg>
            </button>
          </div>
        ))}
        <div role="columnheader" className={styles.share} title={messages.shareHint(units)}>
          {messages.share}
        </div>
      </div>
    </div>
  );
}

interface TableRowProps {
  readonly row: Row;
  readonly index: number;
  readonly units: Units;
  readonly dtype: DType;
  readonly batch: number;
  readonly totalParameters: number;
  readonly totalOperations: number;
  readonly largestParameters: number;
  readonly largestOperations: number;
  readonly selected: boolean;
  readonly hovered: boolean;
  readonly current: boolean;
  readonly problem: string | null;
  readonly messages: LayerTableMessages;
  onSelect(id: string): void;
  onHover(id: string | null): void;
  onToggle(id: string): void;
  onCurrent(id: string): void;
}

/** One layer; drawn anew only when its own light, fold or figures change. */
const TableRow = memo(function TableRow(props: TableRowProps) {
  const { row, messages, units } = props;
  const { figures } = row;
  const state = figures ? 'sound' : row.broken ? 'broken' : 'unreached';
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the group of rows handles the keys, for all of them move the focus.
    <div
      role="row"
      data-row={row.id}
      data-node={row.id}
      data-state={state}
      data-hovered={props.hovered || undefined}
      data-category={row.category}
      data-free={
        (figures &&
          figures.costs.parameters === 0 &&
          figures.costs[units] === 0 &&
          figures.costs.uncounted === 0) ||
        undefined
      }
      className={styles.row}
      aria-rowindex={props.index + 2}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={row.open ?? undefined}
      aria-selected={props.selected}
      tabIndex={props.current ? 0 : -1}
      onClick={() => props.onSelect(row.id)}
      onPointerEnter={() => props.onHover(row.id)}
      onFocus={() => {
        props.onCurrent(row.id);
        props.onHover(row.id);
      }}
      onBlur={() => props.onHover(null)}
    >
      <div
        role="rowheader"
        className={styles.layer}
        title={row.id}
        style={{ paddingInlineStart: `${(row.level - 1) * 13}px` }}
      >
        <Expander row={row} onToggle={props.onToggle} messages={messages} />
        {row.name.includes('/') && (
          <span className={styles.parents}>{row.name.slice(0, row.name.lastIndexOf('/') + 1)}</span>
        )}
        <span className={styles.name}>{row.name.slice(row.name.lastIndexOf('/') + 1)}</span>
      </div>
      <div role="gridcell" className={styles.operator} title={row.operator}>
        {row.operator}
      </div>
      {state === 'broken' ? (
        <div role="gridcell" aria-colspan={6} className={styles.problem}>
          {props.problem ?? messages.none}
        </div>
      ) : (
        <>
          <div role="gridcell" className={styles.output}>
            {figures ? formatShape(figures.shape) : messages.none}
          </div>
          <Amount
            className={styles.parameters}
            value={figures?.costs.parameters ?? null}
            total={props.totalParameters}
            largest={props.largestParameters}
            none={messages.none}
          />
          <Amount
            className={styles.operations}
            value={figures?.costs[units] ?? null}
            uncounted={figures?.costs.uncounted ?? 0}
            total={props.totalOperations}
            largest={props.largestOperations}
            none={messages.none}
          />
          <div role="gridcell" className={styles.activations}>
            {figures
              ? formatBytes(bytesOf(figures.costs.activations, props.dtype, props.batch))
              : messages.none}
          </div>
          <div role="gridcell" className={styles.receptiveField}>
            {figures?.field ? formatShape(figures.field.size) : messages.none}
          </div>
          <div role="gridcell" className={styles.share}>
            {figures && (figures.costs.uncounted === 0 || figures.costs[units] > 0)
              ? formatShare(figures.costs[units], props.totalOperations)
              : messages.none}
          </div>
        </>
      )}
    </div>
  );
});

/** The triangle that folds a group; the arrow keys do the same, so that it is no tab stop of its own. */
function Expander({
  row,
  onToggle,
  messages,
}: {
  readonly row: Row;
  onToggle(id: string): void;
  readonly messages: LayerTableMessages;
}) {
  if (row.open === null) return null;
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.expander}
      data-open={row.open || undefined}
      aria-label={row.open ? messages.fold(row.id) : messages.open(row.id)}
      onClick={(event) => {
        event.stopPropagation();
        onToggle(row.id);
      }}
    />
  );
}

/** A count with its bar, drawn against the largest of the column: one element a cell, for a table has hundreds. */
function Amount({
  className,
  value,
  uncounted = 0,
  total,
  largest,
  none,
}: {
  readonly className: string | undefined;
  readonly value: number | null;
  /** Operators inside of which the count is not known. */
  readonly uncounted?: number;
  readonly total: number;
  readonly largest: number;
  readonly none: string;
}) {
  return (
    <div
      role="gridcell"
      className={className}
      data-zero={(value === 0 && uncounted === 0) || undefined}
      title={value === null ? undefined : formatShare(value, total)}
      style={value ? ({ '--share': value / largest } as CSSProperties) : undefined}
    >
      {value === null ? none : formatCounted(value, uncounted)}
    </div>
  );
}

/** The sums of the network; a network that does not fit has none. */
function TotalRow({
  graph,
  costs,
  dtype,
  batch,
  units,
  messages,
  rowIndex,
}: LayerTableProps & { readonly rowIndex: number }) {
  const whole = graph.problem === null;
  const { total } = costs;
  return (
    <div role="rowgroup">
      <div role="row" aria-rowindex={rowIndex} className={styles.total} data-total="">
        <div role="rowheader" className={styles.layer}>
          {messages.total}
        </div>
        <div role="gridcell" className={styles.operator} />
        <div role="gridcell" className={styles.output} />
        <div role="gridcell" className={styles.parameters}>
          {whole ? formatInteger(total.parameters) : messages.none}
        </div>
        <div role="gridcell" className={styles.operations}>
          {whole ? formatCounted(total[units], total.uncounted) : messages.none}
        </div>
        <div role="gridcell" className={styles.activations}>
          {whole ? formatBytes(bytesOf(total.activations, dtype, batch)) : messages.none}
        </div>
        <div role="gridcell" className={styles.receptiveField} />
        <div role="gridcell" className={styles.share} />
      </div>
    </div>
  );
}

/** Height of most rows, in CSS pixels: in narrow tables some have a second line. */
const ROW_HEIGHT = 30;

/** The rows of a long network: only those in view are in the document. */
function VirtualBody({
  rows,
  drawRow,
  onKeyDown,
  reveal,
}: {
  readonly rows: readonly Row[];
  drawRow(row: Row, index: number): ReactNode;
  onKeyDown(event: KeyboardEvent): void;
  readonly reveal: { current: ((index: number) => void) | null };
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    // Measured by its observer alone, right after the page's own layout: asking a row that has just been put in costs another.
    measureElement: (row, entry, { itemSizeCache, indexFromElement }) =>
      entry?.borderBoxSize[0]?.blockSize ??
      itemSizeCache.get(rows[indexFromElement(row)]?.id ?? '') ??
      ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
  });
  useEffect(() => {
    reveal.current = (index) => virtualizer.scrollToIndex(index, { align: 'auto' });
    return () => {
      reveal.current = null;
    };
  }, [virtualizer, reveal]);
  return (
    <div ref={scroller} role="presentation" className={styles.scroller}>
      <div
        role="rowgroup"
        className={styles.virtual}
        style={{ blockSize: `${virtualizer.getTotalSize()}px` }}
        onKeyDown={onKeyDown}
      >
        {virtualizer.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <div
                key={item.key}
                role="presentation"
                ref={virtualizer.measureElement}
                data-index={item.index}
                className={styles.placed}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                {drawRow(row, item.index)}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}
