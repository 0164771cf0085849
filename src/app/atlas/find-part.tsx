import { useDeferredValue, useEffect, useMemo } from 'react';
import { type NetworkRow, NetworkTable } from '../../components/catalogue/network-table.tsx';
import { RangeFilter } from '../../components/catalogue/range-filter.tsx';
import { decadeStops, positionOf, valueStops } from '../../components/catalogue/range-scale.ts';
import { SearchField } from '../../components/catalogue/search-field.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Select } from '../../components/ui/select.tsx';
import { formatBytes, formatCount, formatInteger, formatMilliseconds } from '../../engine/cost/format.ts';
import { useAtlasMessages } from '../i18n/atlas.ts';
import { useLanguage } from '../i18n/index.tsx';
import { exploreHref, representativeOf } from '../lineage.ts';
import { Link } from '../link.tsx';
import { type CatalogueFacts, useCatalogueFacts } from '../search/catalogue-facts.ts';
import { networkEntries, searchFamilies, warmSearch } from '../search/catalogue-search.ts';
import { type Condition, conditionsOf, queryCatalogue, relaxations } from '../search/filter.ts';
import { nameOfIdea } from '../search/ideas.ts';
import { sortKeys, type Task, tasks } from '../search/query.ts';
import { useAtlasState } from '../state/atlas-url.ts';
import { useMeasuredTimes } from '../state/measured-times.ts';
import styles from './find-part.module.css';

/** Families offered above the list at most, and how well they have to answer. */
const FAMILIES = 4;
const FAMILY_SCORE = 60;

/** The scales of the filters, from all networks there are. */
function scalesOf(facts: CatalogueFacts) {
  const all = [...facts.values()];
  const values = {
    years: all.map(({ year }) => year),
    parameters: all.map(({ parameters }) => parameters),
    macs: all.map(({ macs }) => macs),
  };
  return {
    values,
    years: valueStops(values.years),
    parameters: decadeStops(values.parameters),
    macs: decadeStops(values.macs),
  };
}

/** Search, filters and the table of all networks. */
export default function FindPart() {
  const { find } = useAtlasMessages();
  const { language } = useLanguage();
  const [query, setQuery] = useAtlasState();
  const deferred = useDeferredValue(query);
  const facts = useCatalogueFacts();
  const entries = networkEntries();
  const scales = useMemo(() => (facts ? scalesOf(facts) : null), [facts]);
  const times = useMeasuredTimes();
  const rows = useMemo(
    () => (facts ? queryCatalogue(deferred, facts, entries, times) : []),
    [deferred, facts, entries, times],
  );
  const written = useMemo(
    () =>
      rows.map(({ entry: { architecture, family }, facts: own, reason }): NetworkRow => {
        const place = (value: number, scale: ReturnType<typeof decadeStops> | undefined): number =>
          scale ? positionOf(value, scale) / Math.max(1, scale.stops.length - 1) : 0;
        const time = times[architecture.id];
        return {
          id: architecture.id,
          title: architecture.title,
          href: exploreHref(architecture.id),
          family: family.title,
          reason:
            reason === null || reason.field === 'words'
              ? null
              : reason.field === 'ideas'
                ? nameOfIdea(reason.text, language)
                : reason.text,
          note: own.fits ? null : find.doesNotFit,
          year: String(own.year),
          task: find.tasksShort[own.task],
          depth: String(own.depth),
          parameters: formatCount(own.parameters),
          macs: formatCount(own.macs),
          weights: formatBytes(own.weights),
          time: time
            ? {
                text: formatMilliseconds(time.ms),
                note: find.measuredHere(find.backends[time.backend], time.runs),
              }
            : null,
          exact: { parameters: formatInteger(own.parameters), macs: formatInteger(own.macs) },
          place: {
            parameters: place(own.parameters, scales?.parameters),
            macs: place(own.macs, scales?.macs),
          },
        };
      }),
    [rows, scales, find, language, times],
  );
  const families = useMemo(
    () =>
      searchFamilies(deferred.q)
        .filter(({ score }) => score >= FAMILY_SCORE)
        .slice(0, FAMILIES),
    [deferred.q],
  );
  useEffect(warmSearch, []);
  const conditions = conditionsOf(query);
  const release = (condition: Condition) => setQuery({ [condition]: condition === 'q' ? '' : null });
  const descending = query.sort?.startsWith('-') ?? false;
  const column = sortKeys.find((key) => query.sort === key || query.sort === `-${key}`);

  return (
    <div className={facts ? styles.find : styles.counting}>
      <div className={styles.search}>
        <SearchField
          label={find.search}
          placeholder={find.placeholder}
          value={query.q}
          onChange={(q) => setQuery({ q })}
          clearLabel={find.clearSearch}
        />
        {query.q === '' ? (
          <p className={styles.examples}>
            <span>{find.try}</span>
            {find.examples.map((example) => (
              <button key={example} type="button" onClick={() => setQuery({ q: example })}>
                {example}
              </button>
            ))}
          </p>
        ) : families.length > 0 ? (
          <p className={styles.examples}>
            <span>{find.families}</span>
            {families.map(({ entry: { family } }) => (
              <Link key={family.id} href={exploreHref(representativeOf(family).id)}>
                {family.title}
              </Link>
            ))}
          </p>
        ) : null}
      </div>
      <fieldset className={styles.filters} aria-label={find.filters}>
        <Select<Task | 'any'>
          label={find.task}
          value={query.task ?? 'any'}
          options={[
            { value: 'any', label: find.anyTask },
            ...tasks.map((task) => ({ value: task, label: find.tasks[task] })),
          ]}
          onChange={(task) => setQuery({ task: task === 'any' ? null : task })}
          className={styles.task ?? ''}
        />
        {scales
          ? (['parameters', 'macs', 'years'] as const).map((key) => (
              <RangeFilter
                key={key}
                label={find[key]}
                scale={scales[key]}
                all={scales.values[key]}
                found={rows.map(({ facts: own }) => (key === 'years' ? own.year : own[key]))}
                from={query[key]?.from ?? null}
                to={query[key]?.to ?? null}
                onChange={(from, to) =>
                  setQuery({ [key]: from === null && to === null ? null : { from, to } })
                }
                format={key === 'years' ? String : formatCount}
                messages={find.range}
              />
            ))
          : null}
      </fieldset>
      <div className={styles.state}>
        <p role="status">{facts ? find.found(rows.length, entries.length) : find.counting(entries.length)}</p>
        {conditions.length > 0 ? (
          <Button
            variant="quiet"
            onClick={() => setQuery({ q: '', task: null, years: null, parameters: null, macs: null })}
          >
            {find.reset}
          </Button>
        ) : null}
      </div>
      {facts && rows.length === 0 ? (
        <Nothing query={query} facts={facts} onRelease={release} />
      ) : (
        <>
          <NetworkTable
            rows={written}
            sortable={sortKeys}
            sort={column ? { column, descending } : null}
            onSort={(key) => {
              // Names begin at A, times at the shortest, other numbers at the largest: what one looks for first.
              const rises = key === 'title' || key === 'year' || key === 'time';
              const first = rises ? key : (`-${key}` as const);
              const second = rises ? (`-${key}` as const) : key;
              setQuery({ sort: query.sort === first ? second : query.sort === second ? null : first });
            }}
            link={Link}
            messages={find.table}
          />
          <p className={styles.note}>{find.note}</p>
        </>
      )}
    </div>
  );
}

/** Nothing is left: which condition to take back for how many networks. */
function Nothing({
  query,
  facts,
  onRelease,
}: {
  readonly query: ReturnType<typeof useAtlasState>[0];
  readonly facts: CatalogueFacts;
  readonly onRelease: (condition: Condition) => void;
}) {
  const { find } = useAtlasMessages();
  const offers = relaxations(query, facts, networkEntries());
  const alone = conditionsOf(query).every((condition) => condition === 'q');
  return (
    <div className={styles.nothing}>
      <p>{alone ? find.nothingAtAll(query.q.trim()) : find.nothing}</p>
      <ul>
        {offers.map(({ condition, count }) => (
          <li key={condition}>
            <Button onClick={() => onRelease(condition)}>{find.relax[condition](count)}</Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
