import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layTimeline, type TimelineEntry } from './timeline-layout.ts';

const room = { above: 50, below: 80, lane: 24 };

/** Any lineage in which every family stands after its parents. */
const lineage: fc.Arbitrary<TimelineEntry[]> = fc
  .array(fc.record({ wait: fc.integer({ min: 0, max: 30 }), picks: fc.array(fc.nat(), { maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 18,
  })
  .map((drawn) => {
    let time = 1998;
    return drawn.map(({ wait, picks }, index) => {
      time += wait / 12;
      const parents = index === 0 ? [] : [...new Set(picks.map((pick) => `f${pick % index}`))];
      return { id: `f${index}`, year: Math.floor(time), time, parents };
    });
  });

describe('the lineage in time', () => {
  it('gives every year a column, and a year that built on itself another', () => {
    const { columns } = layTimeline(
      [
        { id: 'resnet', year: 2015, time: 2015.9, parents: [] },
        { id: 'wide', year: 2016, time: 2016.4, parents: ['identity'] },
        { id: 'identity', year: 2016, time: 2016.2, parents: ['resnet'] },
        { id: 'fire', year: 2016, time: 2016.1, parents: [] },
      ],
      room,
    );
    expect(columns.map(({ year, ids }) => [year, [...ids].sort()])).toEqual([
      [2015, ['resnet']],
      [2016, ['fire', 'identity']],
      [2016, ['wide']],
    ]);
  });

  it('keeps a single line of descent level', () => {
    const { places } = layTimeline(
      [
        { id: 'a', year: 1998, time: 1998, parents: [] },
        { id: 'b', year: 2012, time: 2012, parents: ['a'] },
        { id: 'c', year: 2014, time: 2014, parents: ['b'] },
      ],
      room,
    );
    expect(new Set([...places.values()].map(({ y }) => y)).size).toBe(1);
  });

  it('never lets a family or a passing line take another’s room, and stays within its height', () => {
    fc.assert(
      fc.property(lineage, (entries) => {
        const { places, edges, height, columns } = layTimeline(entries, room);
        expect(places.size).toBe(entries.length);
        for (const index of columns.keys()) {
          const families = [...places.values()]
            .filter(({ column }) => column === index)
            .map(({ y }) => ({ top: y - room.above, bottom: y + room.below }));
          const lanes = new Set(
            edges.flatMap(({ stops }) =>
              stops.slice(1, -1).flatMap(({ column, y }) => (column === index ? [y] : [])),
            ),
          );
          const boxes = [
            ...families,
            ...[...lanes].map((y) => ({ top: y - room.lane / 2, bottom: y + room.lane / 2 })),
          ].sort((a, b) => a.top - b.top);
          for (const [at, box] of boxes.entries()) {
            expect(box.top).toBeGreaterThanOrEqual((boxes[at - 1]?.bottom ?? 0) - 1e-6);
            expect(box.bottom).toBeLessThanOrEqual(height + 1e-6);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('leads every line through each column between parent and child', () => {
    fc.assert(
      fc.property(lineage, (entries) => {
        const { places, edges } = layTimeline(entries, room);
        expect(edges).toHaveLength(entries.reduce((sum, { parents }) => sum + parents.length, 0));
        for (const { from, to, stops } of edges) {
          expect(stops[0]).toEqual(places.get(from));
          expect(stops.at(-1)).toEqual(places.get(to));
          for (const [index, stop] of stops.entries()) {
            if (index > 0) expect(stop.column).toBe((stops[index - 1]?.column ?? 0) + 1);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('refuses a parent that is unknown', () => {
    expect(() => layTimeline([{ id: 'a', year: 1, time: 1, parents: ['b'] }], room)).toThrow(RangeError);
  });
});
