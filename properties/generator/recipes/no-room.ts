/** Somebody comes while everybody is in, one client leaves and comes back, and somebody comes again: who is counted, and until when (B5). */
import { strangerWords } from '../../language/malformed.ts';
import * as act from './recipe.ts';

export const noRoom = act.recipe(act.within(['bounds'], act.oftener(2, act.flowing)), function* ({ drawing, chance, client }) {
  yield { do: 'stranger', says: chance.pick(strangerWords) };
  switch (chance.word({ replace: 2, cut: 1, leave: 2 })) {
    case 'replace':
      yield act.startSession(client, act.soundToken(drawing));
      break;
    case 'cut':
      yield { do: 'cut', client: client.name, how: chance.pick(['clean', 'abrupt']) };
      break;
    case 'leave':
      yield { do: 'disconnect', client: client.name };
      yield { do: 'connect', client: client.name };
  }
  yield { do: 'advance', ms: 250 };
  yield { do: 'stranger', says: chance.pick(strangerWords) };
});
