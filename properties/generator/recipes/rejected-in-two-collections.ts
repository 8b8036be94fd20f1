/** A transaction over two collections is rejected, and taken back in both, whichever is watched (W4). */

import { drawFittingRow } from '../../generation/fitting.ts';
import { toClient, toServer } from '../../language/labels.ts';
import * as act from './recipe.ts';

const about = act.within(['transactions'], act.oftener(2, act.flowingWithSchema));

export const rejectedInTwoCollections = act.recipe(about, function* ({ drawing, chance, client }) {
  const label = chance.pick([toServer(client.name), toClient(client.name)]);
  yield act.subscribe(drawing, client, { collection: 'notes', where: [], order: [] });
  if (chance.percent(30)) yield act.subscribe(drawing, client, act.everyTodo);
  if (chance.percent(30)) yield* act.holdOnce(drawing, label);
  const bad = { do: 'insert', collection: 'todos', row: act.illTodo('visa') } as const;
  const good = {
    do: 'insert',
    collection: 'notes',
    row: drawFittingRow(drawing, client, 'notes', chance.pick(['ideas', 'diary'])),
  } as const;
  yield { do: 'transact', client: client.name, operations: chance.percent(75) ? [bad, good] : [good, bad] };
  yield* act.releaseHeld(drawing, label);
});
