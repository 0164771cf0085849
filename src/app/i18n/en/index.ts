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

/** Every section of the English catalogue. A new section is one file here, one in `zh/`, and one line in each index. */
export const en = {
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
