/** That costs are told at all (H5): a server that keeps silent of them would be held to none. */
import { reject } from '../rejection.ts';
import type { State } from '../state.ts';

/** What was evaluated, or looked through, has its cost told by the end of its commit or breath. */
export function requireCostTold({ server: { cost, lookUntold } }: State): void {
  const evaluated = cost === null || cost.isSpentTold ? undefined : Object.keys(cost.evaluations)[0];
  if (evaluated !== undefined)
    reject('H5', 'commit untold', `what the commit of version ${cost?.version} took was not told`, ['its cost'], 'nothing');
  if (lookUntold !== null)
    reject('H5', 'look untold', `what it took to look through all rows for ${lookUntold} was not told`, ['its cost'], 'nothing');
}
