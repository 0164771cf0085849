import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import { digitNetworks, trainedNetworks } from '../explore/trained-networks.ts';
import { cardQuery } from '../queries/model-queries.ts';
import { useMeasuredTimes } from '../state/measured-times.ts';
import { type ChartPoint, type ChartTask, pointOfCard, useImagenetPoints, withTimes } from './points.ts';

const pictureNetworks = [...trainedNetworks].filter((id) => !digitNetworks.has(id));

/** The points of a chart, with the times measured here; null while they are being made. */
export function useChartPoints(task: ChartTask): {
  readonly points: readonly ChartPoint[] | null;
  /** Whether a card could not be had; the others are there all the same. */
  readonly failed: boolean;
} {
  const times = useMeasuredTimes();
  const imagenet = useImagenetPoints();
  const { cards, pending, failed } = useQueries({
    queries: pictureNetworks.map((id) => ({ ...cardQuery(id), enabled: task === 'cifar10' })),
    combine: (results) => ({
      cards: results.flatMap(({ data }) => data ?? []),
      pending: results.some(({ isPending, isError }) => isPending && !isError),
      failed: results.some(({ isError }) => isError),
    }),
  });
  const points = useMemo(() => {
    const own =
      task === 'imagenet' ? imagenet : pending ? null : cards.flatMap((card) => pointOfCard(card) ?? []);
    return own && withTimes(own, times);
  }, [task, imagenet, cards, pending, times]);
  return { points, failed: task === 'cifar10' && failed };
}
