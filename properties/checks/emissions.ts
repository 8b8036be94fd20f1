/** Without the model: no emission holds a row twice, and none repeats what the subscription just showed, unless it turned fulfilled. */
import { type Observation, profileOf } from '../../model/index.ts';
import { traitsOf } from '../commands/call-words.ts';
import type { Check, Finding, Watch } from './check.ts';

type Results = Extract<Observation, { readonly saw: 'results' }>;

function begin(): Watch {
  const last = new Map<string, Shown>();
  return {
    onAction: (action, model) => {
      if (action.kind === 'command' && traitsOf(action.command).beginsAnew) forgetFulfilment(last, action.client);
      if (action.kind === 'clientCrashed') forget(last, action.client);
      // What is shown next is of another log (W2).
      if (action.kind === 'observed' && action.observation.saw === 'logReplaced') forgetFulfilment(last, action.client);
      if (action.kind !== 'observed') return null;
      // From here on it is not fulfilled, until a later answer (B4).
      if (action.observation.saw === 'subscriptionError') unfulfil(last, `${action.client}/${action.observation.subscription}`);
      if (action.observation.saw !== 'results') return null;
      const found = judge(last, `${action.client}/${action.observation.subscription}`, action.observation);
      return found?.shape === repeated && profileOf(model.state()).repeatsResults ? null : found;
    },
  };
}

const repeated = 'repeated emission';

interface Shown {
  readonly text: string;
  readonly fulfilled: boolean;
}

/** The subscriptions of a dead process are not those of the next. */
function forget(last: Map<string, Shown>, client: string): void {
  for (const name of last.keys()) if (name.startsWith(`${client}/`)) last.delete(name);
}

function unfulfil(last: Map<string, Shown>, subscription: string): void {
  const shown = last.get(subscription);
  if (shown !== undefined) last.set(subscription, { ...shown, fulfilled: false });
}

/** The next session's first answer may repeat the rows: it turns them fulfilled. */
function forgetFulfilment(last: Map<string, Shown>, client: string): void {
  for (const name of last.keys()) if (name.startsWith(`${client}/`)) unfulfil(last, name);
}

function judge(last: Map<string, Shown>, subscription: string, { rows, fulfilled }: Results): Finding | null {
  const ids = rows.map((row) => row.id);
  const text = JSON.stringify(rows);
  const shown = `rows [${ids.join(' ')}]`;
  const previous = last.get(subscription);
  last.set(subscription, { text, fulfilled });
  if (new Set(ids).size < ids.length)
    return { rule: 'Q2', shape: 'duplicate row', message: `${subscription} showed a row twice`, allowed: ['each row once'], shown };
  if (previous?.text === text && !(fulfilled && !previous.fulfilled))
    return { rule: 'Q2', shape: repeated, message: `${subscription} repeated what it had just shown`, allowed: ['no emission'], shown };
  return null;
}

export const emissions: Check = {
  name: 'emissions',
  sentence: 'An emission holds each row once and says something new.',
  rules: ['Q2'],
  begin,
};
