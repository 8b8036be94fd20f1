/** Two queries that look alike and must not share a group (H1). */
import { drawAnyQuery } from '../../generation/context.ts';
import { nearMiss } from '../../generation/respell.ts';
import * as act from './recipe.ts';

export const nearTwins = act.recipe(act.flowing, function* ({ drawing, chance, client }) {
  const query = drawAnyQuery(drawing);
  yield act.subscribe(drawing, client, query);
  yield act.subscribe(drawing, act.pickFlowingOr(drawing, client), nearMiss(chance, query));
  yield act.meetingInsert(drawing, client, query);
});
