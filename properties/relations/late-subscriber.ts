/**
 * Late subscriber = early subscriber (Q3, Q4): at the end, connected and quiet, every subscription's query is asked
 * once more by the same client. Half of the late ones carry a clause that every row meets, so that the server must
 * answer them from its rows and not from what the group of the early one was kept up to.
 *
 * Precondition: the client is connected in the end; what a disconnected one shows may be old. Statuses are left out: an
 * answer due on a token that has expired by a jump of the clock is what tells the server to close. No command waits for
 * a callback with results, since the late subscriber's first results would set it off.
 */
import type { Query } from '../../vocabulary/queries.ts';
import type { Script, Step } from '../scripts/script.ts';
import { commandsOf, withSteps } from '../shrinking/walk.ts';
import { compareResults, compareShown, isCurrent, saysSomething } from './compare.ts';
import { withEnding } from './ending.ts';
import type { ClientFinal, Final, Shown } from './final.ts';
import { drawnFor } from './preferred.ts';
import type { Comparison, Relation } from './relation.ts';
import { apart } from './sharing-off.ts';
import { tamed } from './taming.ts';

const lateNumber = 0;
const latePrefix = 'late ';

/** One late subscription for each query of each client. */
function lateSteps(script: Script, salt: number): readonly Step[] {
  const asked = new Map<string, Step>();
  for (const command of script.steps.flatMap(commandsOf)) {
    if (command.do !== 'subscribe') continue;
    const { client, query } = command;
    const key = `${client} ${JSON.stringify(query)}`;
    if (asked.has(key)) continue;
    const subscription = `${latePrefix}${asked.size + 1}`;
    const isApart = drawnFor(salt, key) % 2 === 0;
    asked.set(key, { do: 'subscribe', client, subscription, query: isApart ? apart(query, lateNumber) : query });
  }
  return [...asked.values()];
}

function compareLate(right: Final): Comparison {
  let isIdle = true;
  for (const [name, client] of Object.entries(right.clients)) {
    if (!isCurrent(client)) continue;
    for (const [subscription, early] of Object.entries(client.subscriptions)) {
      if (subscription.startsWith(latePrefix)) continue;
      for (const late of lateOnes(client, early.query)) {
        const found = compareShown('Q3', `${name}/${subscription}`, late, early);
        if (found !== null) return { ...found, message: `${name}/${subscription} showed something else than a late subscriber` };
        if (saysSomething(late)) isIdle = false;
      }
    }
  }
  return isIdle ? 'idle' : null;
}

function lateOnes(client: ClientFinal, query: Query): readonly Shown[] {
  const wanted = [JSON.stringify(query), JSON.stringify(apart(query, lateNumber))];
  return Object.entries(client.subscriptions).flatMap(([name, shown]) =>
    name.startsWith(latePrefix) && wanted.includes(JSON.stringify(shown.query)) ? [shown] : [],
  );
}

export const lateSubscriber: Relation = {
  name: 'late-subscriber',
  sentence: 'Who subscribes late is shown what an early subscriber to the same query is shown.',
  rules: ['Q3', 'Q4'],
  twinOf: (script, salt) => {
    const tame = tamed(script);
    const steps = tame.steps.filter((step) => step.do !== 'inCallback' || step.callback !== 'results');
    const base = withSteps(tame, steps);
    const late = lateSteps(base, salt);
    if (late.length === 0) return null;
    return { left: withEnding(base), right: withEnding(base, late), difference: 'each query subscribed once more in the end' };
  },
  compare: (left, right) => {
    const late = compareLate(right);
    if (late !== null && late !== 'idle') return late;
    const disturbed = compareResults('Q4', left, right);
    return disturbed === null || disturbed === 'idle' ? late : disturbed;
  },
};
