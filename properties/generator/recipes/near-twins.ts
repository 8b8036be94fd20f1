/** Two queries that look alike and must not share a group (H1). */
import { drawAnyQuery } from '../../generation/context.ts';
import { nearMiss } from '../../generation/respell.ts';
import { anyFlowing, meetingInsert, pickFlowing, pickFlowingOr, type Recipe, subscribe } from './recipe.ts';

export const nearTwins: Recipe = {
  name: 'near-twins',
  suits: anyFlowing,
  *play(drawing) {
    const client = pickFlowing(drawing);
    const query = drawAnyQuery(drawing);
    yield subscribe(drawing, client, query);
    yield subscribe(drawing, pickFlowingOr(drawing, client), nearMiss(drawing.chance, query));
    yield meetingInsert(drawing, client, query);
  },
};
