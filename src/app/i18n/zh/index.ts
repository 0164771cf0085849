import type { Messages } from '../types.ts';
import { common } from './common.ts';
import { digitPad } from './digit-pad.ts';
import { explore } from './explore.ts';
import { figure } from './figure.ts';
import { layerTable } from './layer-table.ts';
import { networks } from './networks/index.ts';
import { notFound } from './not-found.ts';
import { operators } from './operators.ts';
import { predictions } from './predictions.ts';
import { problems } from './problems.ts';
import { shell } from './shell.ts';
import { totals } from './totals.ts';
import { viewport } from './viewport.ts';

/** 中文消息的全部章节；缺少任何一条都无法通过编译。 */
export const zh: Messages = {
  common,
  digitPad,
  explore,
  figure,
  layerTable,
  networks,
  notFound,
  operators,
  predictions,
  problems,
  shell,
  totals,
  viewport,
};
