/** A secret token and a guest ask the same and are answered differently, each in a group of its own (P1, H1, H4). */
import {
  always,
  everyTodo,
  fittingTodo,
  insert,
  pickAny,
  type Recipe,
  soundToken,
  startSession,
  subscribe,
  update,
  within,
} from './recipe.ts';

export const secretBesideGuest: Recipe = {
  name: 'secret-beside-guest',
  suits: within(['permissions'], (drawing) => (drawing.forecast.clients.length > 1 && drawing.forecast.schema !== null ? always() : 0)),
  *play(drawing) {
    const { chance } = drawing;
    const guest = pickAny(drawing);
    const others = drawing.forecast.clients.filter((client) => client !== guest);
    const keeper = chance.pick(others.length > 0 ? others : [guest]);
    const token = { ...soundToken(drawing), role: 'guest' };
    yield startSession(keeper, { ...token, secret: true });
    yield startSession(guest, token);
    yield subscribe(drawing, keeper, everyTodo);
    yield subscribe(drawing, guest, everyTodo);
    yield insert(keeper, fittingTodo(drawing, keeper, 'milk', { done: chance.percent(50) }));
    yield update(chance.pick([keeper, guest]), 'milk', { done: chance.percent(50) });
    if (chance.percent(40)) yield { do: 'updateSessionToken', client: keeper.name, token };
  },
};
