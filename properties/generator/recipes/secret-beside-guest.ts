/** A secret token and a guest ask the same and are answered differently, each in a group of its own (P1, H1, H4). */
import * as act from './recipe.ts';

const besideAnother: act.Subject = {
  ...act.anybody,
  suits: ({ forecast }) => Number(forecast.clients.length > 1 && forecast.schema !== null),
};

export const secretBesideGuest = act.recipe(act.within(['permissions'], besideAnother), function* ({ drawing, chance, client: guest }) {
  const keeper = act.pickOther(drawing, guest);
  const token = { ...act.soundToken(drawing), role: 'guest' };
  yield act.startSession(keeper, { ...token, secret: true });
  yield act.startSession(guest, token);
  yield act.subscribe(drawing, keeper, act.everyTodo);
  yield act.subscribe(drawing, guest, act.everyTodo);
  yield act.insert(keeper, act.fittingTodo(drawing, keeper, 'milk', { done: chance.percent(50) }));
  yield act.update(chance.pick([keeper, guest]), 'milk', { done: chance.percent(50) });
  if (chance.percent(40)) yield { do: 'updateSessionToken', client: keeper.name, token };
});
