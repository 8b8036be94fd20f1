/** A subscriber comes while a commit is on its way to the others; and goes, and comes again (Q4, Q6). */
import { drawAnyQuery } from '../../generation/context.ts';
import { append } from '../../language/labels.ts';
import { anyFlowing, holdOnce, meetingInsert, pickFlowing, pickFlowingOr, type Recipe, releaseHeld, subscribe } from './recipe.ts';

export const lateSubscriber: Recipe = {
  name: 'late-subscriber',
  suits: anyFlowing,
  *play(drawing) {
    const client = pickFlowing(drawing);
    const query = drawAnyQuery(drawing);
    const held = drawing.chance.percent(60);
    if (held) yield* holdOnce(drawing, append);
    const first = subscribe(drawing, client, query);
    yield first;
    yield meetingInsert(drawing, pickFlowingOr(drawing, client), query);
    if (first.do === 'subscribe' && drawing.chance.percent(50))
      yield { do: 'unsubscribe', client: client.name, subscription: first.subscription };
    yield subscribe(drawing, client, query);
    yield* releaseHeld(drawing, append);
  },
};
