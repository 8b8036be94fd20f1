/** A reader falls behind while others write and it says something itself, catches up, or is given up (B6). */
import { toClient } from '../../language/labels.ts';
import type { Step } from '../../scripts/script.ts';
import * as act from './recipe.ts';

/** Where there are bounds at all, what waits to be sent is bounded in every second run only. */
const often = 6;

export const slowReader = act.recipe(act.oftener(often, act.within(['bounds'], act.flowing)), function* ({ drawing, chance, client }) {
  const label = toClient(client.name);
  const writer = act.pickFlowingOr(drawing, client);
  yield* act.holding(drawing, client, 'milk');
  if (chance.percent(40)) yield act.subscribe(drawing, client, act.orQuery(drawing));
  yield* act.holdOnce(drawing, label);
  const [live] = client.subscriptions.filter(({ live }) => live);
  const said = (): readonly Step[] => [
    act.insert(client, act.fittingTodo(drawing, client, 'taxes')),
    act.subscribe(drawing, client, act.everyTodo),
    { do: 'updateSessionToken', client: client.name, token: act.nextToken(drawing, client) },
    ...(live === undefined ? [] : [{ do: 'unsubscribe', client: client.name, subscription: live.name } as const]),
  ];
  for (const id of ['rent', 'gift']) {
    yield act.insert(writer, act.fittingTodo(drawing, writer, id));
    if (chance.percent(50)) yield chance.pick(said());
  }
  // Its answers may be over the bound by themselves: then the first of these is heard when it has drained, and the second waits.
  if (chance.percent(60)) for (let count = 0; count < 2; count += 1) yield act.subscribe(drawing, client, act.everyTodo);
  if (chance.percent(50)) yield { do: 'advance', ms: chance.pick([1_000, 20_000, 20_000]) };
  if (chance.percent(40)) yield { do: 'deliver', label, count: chance.integer(1, 3) };
  yield* act.releaseHeld(drawing, label);
  yield act.insert(writer, act.fittingTodo(drawing, writer, 'milk'));
});
