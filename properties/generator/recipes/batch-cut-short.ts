/** Several clients and a push wait while storage has a batch; the one that they form then comes about, fails, or is cut short by a crash (W2). */
import { compatibleChange, incompatibleChange, schemaNow } from '../../generation/schema-changes.ts';
import { withPermissions } from '../../generation/schemas.ts';
import { append } from '../../language/labels.ts';
import type { Step } from '../../scripts/script.ts';
import * as act from './recipe.ts';

/** Most of it is what comes of a batch that is not kept whole; it takes three writers to form one, or a push. */
const severalCutShort: act.Subject = {
  ...act.anybody,
  suits: (drawing) => {
    const { clients, schema } = drawing.forecast;
    const formers = clients.length - (schema !== null || act.isWithin(drawing, 'pushes') ? 1 : 2);
    const mayBeCutShort = act.isWithin(drawing, 'crashes') || act.isWithin(drawing, 'storage');
    return formers > 0 ? (mayBeCutShort ? 12 : 2) * formers : 0;
  },
};

export const batchCutShort = act.recipe(severalCutShort, function* ({ drawing, chance, client }) {
  const now = schemaNow(drawing);
  yield* act.storageIsBusy(drawing, client);
  const other = act.pickFlowingOr(drawing, client);
  const push: Step = {
    do: 'pushSchema',
    schema: chance.pick([
      () => compatibleChange(chance, drawing.cast, now),
      () => incompatibleChange(drawing, now, false),
      () => incompatibleChange(drawing, now, true),
      () => withPermissions(chance, now),
    ])(),
  };
  const pushes = (drawing.forecast.schema !== null || act.isWithin(drawing, 'pushes')) && chance.percent(75);
  if (pushes && chance.percent(60)) yield push;
  yield act.insert(other, act.fittingTodo(drawing, other, chance.pick(['milk', 'gift'])));
  if (pushes && chance.percent(40)) yield push;
  const third = act.pickOther(drawing, other, (one) => one !== client && act.isFlowing(drawing, one));
  yield act.insert(third, chance.percent(70) ? act.fittingTodo(drawing, third, chance.pick(['milk', 'rent'])) : act.illTodo('rent'));
  if (chance.percent(50)) yield act.insert(client, act.fittingTodo(drawing, client, chance.pick(['rent', 'gift'])));
  yield act.takesNext;
  yield* ending(drawing, chance);
  yield* act.releaseHeld(drawing, append);
  yield { do: 'advance', ms: 1000 };
});

function* ending(drawing: act.Scene['drawing'], chance: act.Scene['chance']): Generator<Step, void, undefined> {
  const kept = chance.percent(30) ? { keepsTail: false } : { keepsTail: true, keptEntries: chance.integer(1, 2) };
  if (act.isWithin(drawing, 'crashes') && chance.percent(60))
    yield { do: 'restartServer', how: chance.percent(90) ? 'crash' : 'graceful', ...kept };
  else if (act.isWithin(drawing, 'storage') && drawing.forecast.failing === null && chance.percent(60))
    yield { do: 'failStorage', process: 'server', ...kept };
}
