import { chart as en } from './en/chart.ts';
import type { Widen } from './types.ts';
import { useTopic } from './use-topic.ts';
import { chart as zh } from './zh/chart.ts';

/** Every sentence of the chart and the chooser, in one language. */
export type ChartMessages = Widen<typeof en>;

/** The sentences of the chart in the language on screen; they come with it. */
export const useChartMessages = (): ChartMessages => useTopic<ChartMessages>({ en, zh });
