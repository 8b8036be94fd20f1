/** An attack: rows and writes that grow, refused and taken, so that those who follow them are told as much as can be (B3, B4, Q7). */
import type { TransactionOperation } from '../../../model/actions.ts';
import type { Row } from '../../../vocabulary/values.ts';
import type { Chance } from '../../generation/chance.ts';
import * as act from './recipe.ts';

const ids = ['milk', 'rent', 'taxes', 'call', 'gift', 'plants', 'bike', 'visa'] as const;

export const attackLargeRows = act.recipe(act.attacking, function* ({ drawing, chance, client }) {
  yield* act.connected(drawing, client);
  const victim = act.pickFlowingOr(drawing, client);
  yield act.subscribe(drawing, victim, act.everyTodo);
  yield* act.holding(drawing, client, 'milk');
  switch (chance.word({ rows: 3, grow: 3, operations: 2 })) {
    case 'rows':
      for (const id of chance.shuffled(ids).slice(0, chance.integer(2, 6)))
        yield act.insert(client, large(chance, act.fittingTodo(drawing, client, id)));
      break;
    case 'grow':
      for (let length = 200; length <= 1_400; length += 300) yield act.update(client, 'milk', { text: 'x'.repeat(length) });
      break;
    case 'operations': {
      const operations = Array.from({ length: chance.pick([11, 12, 13, 60]) }, (_, index): TransactionOperation => {
        const changes = { text: `${index} ${'x'.repeat(chance.pick([1, 80]))}` };
        return { do: 'update', collection: 'todos', id: 'milk', changes };
      });
      yield { do: 'transact', client: client.name, operations };
    }
  }
  // Who may read those rows and has done nothing is not to lose its connection for them.
  yield act.insert(victim, act.fittingTodo(drawing, victim, 'visa'));
});

/** Just under the bounds or just over them. */
function large(chance: Chance, row: Row): Row {
  if (chance.percent(70)) return { ...row, text: 'x'.repeat(chance.pick([600, 800, 1_200, 5_000])) };
  const more = Array.from({ length: chance.pick([3, 6, 60]) }, (_, index) => [`a${index}`, index] as const);
  return { ...row, ...Object.fromEntries(more) };
}
