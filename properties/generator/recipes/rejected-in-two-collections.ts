/** A transaction over two collections is rejected, and taken back in both, whichever is watched (W4). */

import { drawFittingRow } from '../../generation/fitting.ts';
import { toClient, toServer } from '../../language/labels.ts';
import { anyFlowingWithSchema, everyTodo, holdOnce, illTodo, pickFlowing, type Recipe, releaseHeld, subscribe, within } from './recipe.ts';

export const rejectedInTwoCollections: Recipe = {
  name: 'rejected-in-two-collections',
  suits: within(['transactions'], (drawing) => 2 * anyFlowingWithSchema(drawing)),
  *play(drawing) {
    const { chance } = drawing;
    const client = pickFlowing(drawing);
    const label = chance.pick([toServer(client.name), toClient(client.name)]);
    yield subscribe(drawing, client, { collection: 'notes', where: [], order: [] });
    if (chance.percent(30)) yield subscribe(drawing, client, everyTodo);
    if (chance.percent(30)) yield* holdOnce(drawing, label);
    const bad = { do: 'insert', collection: 'todos', row: illTodo('visa') } as const;
    const good = {
      do: 'insert',
      collection: 'notes',
      row: drawFittingRow(drawing, client, 'notes', chance.pick(['ideas', 'diary'])),
    } as const;
    yield { do: 'transact', client: client.name, operations: chance.percent(75) ? [bad, good] : [good, bad] };
    yield* releaseHeld(drawing, label);
  },
};
