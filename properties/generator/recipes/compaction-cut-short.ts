/** Storage is at a snapshot, where one is due behind the write, when it fails or its server crashes; then the server begins from what is there (W2). */
import { append } from '../../language/labels.ts';
import { drawKeeping } from '../../steps/kept-entries.ts';
import * as act from './recipe.ts';

const about = act.within(['storage'], act.oftener(2, act.flowing));

export const compactionCutShort = act.recipe(about, function* ({ drawing, chance, client }) {
  yield* act.holdOnce(drawing, append);
  yield act.insert(client, act.fittingTodo(drawing, client, 'milk'));
  // Storage has the write. What it is asked for next stays held.
  yield act.takesNext;
  const waits = chance.percent(50);
  if (waits) yield act.update(client, 'milk', { done: true });
  const keeping = drawKeeping(chance, drawing.forecast);
  if (act.isWithin(drawing, 'crashes') && chance.percent(40)) yield { do: 'restartServer', how: 'crash', ...keeping };
  else if (drawing.forecast.failing === null) yield { do: 'failStorage', process: 'server', ...keeping };
  yield* act.releaseHeld(drawing, append);
  yield { do: 'advance', ms: 1000 };
  if (!waits) yield act.update(client, 'milk', { done: true });
});
