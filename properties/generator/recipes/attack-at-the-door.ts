/** An attack on who is not in yet: hellos with names of keys that nobody has, hellos that never come, and connections one after the other (S11, B5). */
import { affordable } from '../../generation/waiting.ts';
import { toServer } from '../../language/labels.ts';
import * as act from './recipe.ts';

export const attackAtTheDoor = act.recipe(act.attacking, function* ({ drawing, chance, client }) {
  const victim = act.pickOther(drawing, client);
  const sound = { ...act.soundToken(drawing), lifetimeMs: null };
  switch (chance.word({ forged: 3, silent: 2, again: 2 })) {
    case 'forged':
      for (let count = chance.integer(2, 5); count > 0; count -= 1) {
        yield act.startSession(client, { ...sound, flaw: 'forgedKeyName' });
        if (chance.percent(50)) yield { do: 'advance', ms: affordable(drawing.forecast, chance.pick([1, 1_000, 30_000])) };
      }
      break;
    case 'silent':
      yield* act.holdOnce(drawing, toServer(client.name));
      yield act.startSession(client, sound);
      yield { do: 'advance', ms: affordable(drawing.forecast, chance.pick([9_999, 10_000])) };
      yield* act.releaseHeld(drawing, toServer(client.name));
      break;
    case 'again':
      for (let count = chance.integer(3, 6); count > 0; count -= 1) {
        yield act.startSession(client, sound);
        yield { do: 'cut', client: client.name, how: chance.pick(['clean', 'abrupt']) };
      }
  }
  // The honest come in beside it, by a key that they share with nobody who makes names up.
  if (victim !== client && !act.isOpen(victim)) yield act.startSession(victim, { ...act.soundToken(drawing), lifetimeMs: null });
  yield act.insert(victim, act.fittingTodo(drawing, victim, 'milk'));
});
