/** Whether the results that a subscription shows are among those that it may show, and whether it has shown them (Q2, Q4, Q6). */
import { limitExceeded } from '../bounds/bounds.ts';
import { withClient } from '../change.ts';
import type { Candidate, ClientState, Subscription } from '../client-state.ts';
import { entryOf } from '../entry-of.ts';
import type { Observed } from '../observations.ts';
import { reject, unexpected } from '../rejection.ts';
import type { State } from '../state.ts';
import { ruleOfMissingResults, ruleOfWrongResults } from './blame.ts';
import { invalidQuery } from './lawful.ts';
import { sameRows } from './rows.ts';

type Results = Observed<'results'>;

/** It is no query (Q1), its name is in use (Q4), or it is over a bound of the server (B4). */
export function subscriptionErrorShown(state: State, client: ClientState, shown: Observed<'subscriptionError'>): State {
  const { subscription, error } = shown;
  const expected = client.expectedSubscriptionErrors.filter((candidate) => candidate.subscription === subscription);
  const [first] = expected;
  const taken = expected.find((candidate) => candidate.error === error);
  if (taken === undefined) {
    const rule = first === undefined ? ruleOfSubscriptionError(error) : ruleOfSubscriptionError(first.error);
    return unexpected(client, rule, `error of a subscription: ${error}`, [first?.error ?? 'no error']);
  }
  return withClient(state, client.name, {
    expectedSubscriptionErrors: client.expectedSubscriptionErrors.filter((candidate) => candidate !== taken),
  });
}

export function ruleOfSubscriptionError(error: string): string {
  if (error === invalidQuery) return 'Q1';
  return error === limitExceeded ? 'B4' : 'Q4';
}

/** What was shown is one of the candidates: those before it are passed over, those after it may still come (Q2). */
export function resultsShown(state: State, client: ClientState, shown: Results): State {
  const name = shown.subscription;
  const subscription = entryOf(client.subscriptions, name);
  const refused = client.expectedSubscriptionErrors.find((candidate) => candidate.subscription === name);
  if (subscription === undefined && refused !== undefined)
    return unexpected(client, ruleOfSubscriptionError(refused.error), 'results of what is refused', [refused.error]);
  if (subscription === undefined)
    return reject(
      client.late ? 'S2' : 'Q4',
      'results after unsubscribe',
      `${name} of ${client.name} was told results after it ended`,
      ['nothing'],
      sayShown(shown),
    );
  if (state.decisions.mayShowAnything(subscription)) {
    const { rows, fulfilled } = shown;
    return withSubscription(state, client, name, { ...subscription, shown: { rows, fulfilled, forced: false }, candidates: [] });
  }
  if (state.decisions.mayRepeatResults(subscription, shown.rows)) return state;
  const at = subscription.candidates.findIndex((candidate) => isShown(state, subscription, candidate, shown));
  const found = subscription.candidates[at];
  if (found === undefined) return blame(client, name, subscription, shown);
  const candidates = subscription.candidates.slice(at + 1);
  return withSubscription(state, client, name, { ...subscription, shown: { ...found, forced: false }, candidates });
}

function blame(client: ClientState, name: string, subscription: Subscription, shown: Results): never {
  const rule = ruleOfWrongResults(subscription, shown.rows);
  const allowed = subscription.candidates.map(sayCandidate);
  const shape = subscription.candidates.length === 0 ? 'results unasked' : rule === 'Q6' ? 'wrong fulfilment' : 'wrong results';
  return reject(
    client.late ? 'S2' : rule,
    shape,
    `${name} of ${client.name} showed what no version holds`,
    allowed.length > 0 ? allowed : ['no emission'],
    `${sayShown(shown)}: ${JSON.stringify(shown.rows)}`,
  );
}

function isShown(state: State, { shown: last }: Subscription, candidate: Candidate, shown: Results): boolean {
  if (!state.decisions.isSameMark(candidate.fulfilled, shown.fulfilled) || !sameRows(candidate.rows, shown.rows)) return false;
  return candidate.forced || last === null || !sameRows(last.rows, shown.rows);
}

/** Told once for each first answer of a session (Q6). */
export function fulfilmentShown(state: State, client: ClientState, name: string): State {
  const subscription = entryOf(client.subscriptions, name);
  const isOwed = subscription !== undefined && subscription.expectedFulfilments > 0;
  if (subscription !== undefined && !isOwed && state.decisions.mayRepeatFulfilment(subscription)) return state;
  if (!isOwed) return unexpected(client, 'Q6', 'onRemoteFulfilled', ['no fulfilment']);
  return withSubscription(state, client, name, { ...subscription, expectedFulfilments: subscription.expectedFulfilments - 1 });
}

/** The last candidate must have been shown, and every fulfilment told. */
export function requireResultsShown(state: State, client: ClientState, missing: (rule: string, what: string) => never): void {
  for (const [name, subscription] of Object.entries(client.subscriptions)) {
    if (state.decisions.mayShowAnything(subscription)) continue;
    const last = subscription.candidates.at(-1);
    if (last !== undefined && (last.forced || subscription.shown === null || !sameRows(last.rows, subscription.shown.rows))) {
      reject(
        ruleOfMissingResults(last, subscription.shown),
        'missing results',
        `${name} of ${client.name} never showed its results`,
        [sayCandidate(last)],
        subscription.shown === null ? 'nothing' : sayCandidate(subscription.shown),
      );
    }
    if (subscription.expectedFulfilments > 0) missing('Q6', 'onRemoteFulfilled');
  }
}

function sayShown({ rows, fulfilled }: Pick<Results, 'rows' | 'fulfilled'>): string {
  return `rows [${rows.map((row) => row.id).join(' ')}]${fulfilled ? '' : ', unfulfilled'}`;
}

function sayCandidate(candidate: Candidate): string {
  return `${sayShown(candidate)}: ${JSON.stringify(candidate.rows)}`;
}

function withSubscription(state: State, client: ClientState, name: string, subscription: Subscription): State {
  return withClient(state, client.name, { subscriptions: { ...client.subscriptions, [name]: subscription } });
}
