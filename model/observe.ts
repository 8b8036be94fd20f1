/**
 * Whether what a client showed since the last check is allowed: for each channel (status, errors, each promise, each
 * subscription) the sequence must be one that the state allows. At quiescence nothing expected may be missing.
 */
import type { ClientName, Observation, Status } from './actions.ts';
import { clientOf, withClient } from './change.ts';
import { reject } from './rejection.ts';
import { type Candidate, type ClientState, closeTimeoutMs, dialectOf, type State, type Subscription } from './state.ts';
import { ruleOfMissingResults, ruleOfWrongResults } from './subscriptions/blame.ts';
import { sameRows } from './subscriptions/subscriptions.ts';

/** At the end of a task: the statuses that it showed must be those expected, in their order. */
export function matchStatuses(state: State, name: ClientName): State {
  const { observed, late } = clientOf(state, name);
  if (observed.length === 0 && !late) return state;
  const matched = observed.reduce((before: State, observation) => matchOne(before, name, observation), state);
  return withClient(matched, name, { observed: [], late: false });
}

export function matchOne(state: State, name: ClientName, observation: Observation): State {
  const client = clientOf(state, name);
  switch (observation.saw) {
    case 'status': {
      const [next, ...rest] = client.expectedStatuses;
      if (next === undefined && observation.status === 'CLOSED' && hasClosedLongEnough(state, client)) {
        return withClient(state, name, { status: 'CLOSED', closing: null });
      }
      if (next !== observation.status)
        return unexpected(client, 'S1', `status ${observation.status}`, [
          next === undefined ? `no change: ${client.status}` : `status ${next}`,
        ]);
      return withClient(state, name, { expectedStatuses: rest });
    }
    case 'sessionError': {
      const [next, ...rest] = client.expectedErrors;
      if (next !== observation.type)
        return unexpected(client, 'S8', `session error ${observation.type}`, [
          next === undefined ? 'no session error' : `session error ${next}`,
        ]);
      return withClient(state, name, { expectedErrors: rest });
    }
    case 'settled':
      return matchSettled(state, client, observation.promise, observation.error);
    case 'results':
      return matchResults(state, client, observation.subscription, observation);
    case 'remoteFulfilled': {
      const subscription = client.subscriptions[observation.subscription];
      if (
        subscription !== undefined &&
        dialectOf(state).repeatsFulfilment &&
        subscription.fulfilled &&
        subscription.expectedFulfilments === 0
      )
        return state;
      if (subscription === undefined || subscription.expectedFulfilments === 0)
        return unexpected(client, 'Q6', 'onRemoteFulfilled', ['no fulfilment']);
      return withSubscriptionOf(state, client, observation.subscription, {
        ...subscription,
        expectedFulfilments: subscription.expectedFulfilments - 1,
      });
    }
    case 'subscriptionError':
      return unexpected(client, 'Q4', `error of a subscription: ${observation.error}`, ['no error']);
    case 'synced': {
      const entity = `${observation.collection}/${observation.id}`;
      const at = client.expectedSyncs.indexOf(entity);
      if (at < 0) return unexpected(client, 'W1', 'onEntitySyncSuccess', ['no acknowledgement']);
      return withClient(state, name, { expectedSyncs: client.expectedSyncs.filter((_entity, index) => index !== at) });
    }
    case 'notSynced':
      return matchFailure(state, client, `${observation.collection}/${observation.id}`, observation.error);
    case 'syncFailed':
      return matchFailure(state, client, null, observation.error);
    case 'refreshAsked':
      return state;
  }
}

/** Entity by entity in order of first mention, then the write as a whole (W4). */
function matchFailure(state: State, client: ClientState, entity: string | null, error: string): State {
  const [next, ...rest] = client.expectedFailures;
  const shown = entity === null ? 'onFailureToSyncWrites' : 'onEntitySyncError';
  if (dialectOf(state).refusesTogether) {
    const at = client.expectedFailures.findIndex((expected) => expected.entity === entity && expected.error === error);
    if (at >= 0) return withClient(state, client.name, { expectedFailures: client.expectedFailures.filter((_, index) => index !== at) });
  }
  const allowed = next === undefined ? 'no rejection' : `${next.entity ?? 'onFailureToSyncWrites'}: ${next.error}`;
  if (next === undefined || next.entity !== entity || next.error !== error) return unexpected(client, 'W4', `${shown} ${error}`, [allowed]);
  return withClient(state, client.name, { expectedFailures: rest });
}

/** Whether a status is the one expected now, and so need not wait for the end of the task. */
export function isStatusDue(state: State, name: ClientName, status: Status): boolean {
  const client = clientOf(state, name);
  const [next] = client.expectedStatuses;
  return next === undefined ? status === 'CLOSED' && hasClosedLongEnough(state, client) : next === status;
}

/** CLOSING lasts until the close is heard, but no longer than `closeTimeoutMs` (S1). */
function hasClosedLongEnough(state: State, client: ClientState): boolean {
  return client.closing !== null && state.nowMs - client.closing.sinceMs >= closeTimeoutMs;
}

/** After a late event the cause is that it was not ignored (S2), whatever the channel. */
function unexpected(client: ClientState, rule: string, shown: string, allowed: readonly string[]): never {
  const blamed = client.late ? 'S2' : rule;
  return reject(blamed, `unexpected ${shown}`, `${client.name} showed ${shown}`, allowed, shown);
}

function matchSettled(state: State, client: ClientState, promise: string, error: string | null): State {
  const known = client.promises[promise];
  const shown = error === null ? 'resolved' : `rejected with ${error}`;
  const rule = ruleOfPromise(known?.of);
  if (known === undefined || known.outcome === 'open')
    return unexpected(client, rule, `${known?.of ?? promise} ${shown}`, ['not settled yet']);
  if (known.outcome.error !== error)
    return unexpected(client, rule, `${known.of} ${shown}`, [
      known.outcome.error === null ? 'resolved' : `rejected with ${known.outcome.error}`,
    ]);
  const { [promise]: _settled, ...rest } = client.promises;
  return withClient(state, client.name, { promises: rest });
}

function ruleOfPromise(of: string | undefined): string {
  switch (of) {
    case 'updateSessionToken':
      return 'S3';
    case 'endSession':
      return 'S10';
    case 'insert':
      return 'W1';
    case 'update':
    case 'delete':
      return 'W3';
    case 'transact':
      return 'W4';
    case 'clear':
      return 'K1';
    default:
      return 'S2';
  }
}

type Results = Extract<Observation, { readonly saw: 'results' }>;

function matchResults(state: State, client: ClientState, name: string, shown: Results): State {
  const subscription = client.subscriptions[name];
  const sayShown = `rows [${shown.rows.map((row) => row.id).join(' ')}]${shown.fulfilled ? '' : ', unfulfilled'}`;
  if (subscription === undefined)
    return reject(
      client.late ? 'S2' : 'Q4',
      'results after unsubscribe',
      `${name} of ${client.name} was told results after it ended`,
      ['nothing'],
      sayShown,
    );
  if (dialectOf(state).keepsOneStore && !subscription.fulfilled) {
    const { rows, fulfilled } = shown;
    return withSubscriptionOf(state, client, name, { ...subscription, shown: { rows, fulfilled, forced: false }, candidates: [] });
  }
  if (dialectOf(state).repeatsResults && subscription.shown !== null && sameRows(subscription.shown.rows, shown.rows)) return state;
  const isAlike = (candidate: Candidate): boolean => isShown(subscription, candidate, shown, dialectOf(state).keepsOneStore);
  const at = subscription.candidates.findIndex(isAlike);
  const found = subscription.candidates[at];
  if (found !== undefined)
    return withSubscriptionOf(state, client, name, {
      ...subscription,
      shown: { ...found, forced: false },
      candidates: subscription.candidates.slice(at + 1),
    });
  const rule = ruleOfWrongResults(subscription, shown.rows);
  const allowed = subscription.candidates.map(sayCandidate);
  const shape = subscription.candidates.length === 0 ? 'results unasked' : rule === 'Q6' ? 'wrong fulfilment' : 'wrong results';
  return reject(
    client.late ? 'S2' : rule,
    shape,
    `${name} of ${client.name} showed what no version holds`,
    allowed.length > 0 ? allowed : ['no emission'],
    `${sayShown}: ${JSON.stringify(shown.rows)}`,
  );
}

function isShown(subscription: Subscription, candidate: Candidate, shown: Results, isToldApart: boolean): boolean {
  if ((candidate.fulfilled !== shown.fulfilled && !isToldApart) || !sameRows(candidate.rows, shown.rows)) return false;
  return candidate.forced || subscription.shown === null || !sameRows(subscription.shown.rows, shown.rows);
}

function sayCandidate(candidate: Candidate): string {
  return `rows [${candidate.rows.map((row) => row.id).join(' ')}]${candidate.fulfilled ? '' : ', unfulfilled'}: ${JSON.stringify(candidate.rows)}`;
}

function withSubscriptionOf(state: State, client: ClientState, name: string, subscription: Subscription): State {
  return withClient(state, client.name, { subscriptions: { ...client.subscriptions, [name]: subscription } });
}

/** What was to be seen at once and was not. */
export function requireNothingMissing(state: State, client: ClientState): void {
  const missing = (rule: string, what: string): never =>
    reject(rule, `missing ${what}`, `${client.name} never showed ${what}`, [what], 'nothing');
  const [status] = client.expectedStatuses;
  if (status !== undefined) missing('S1', `status ${status}`);
  const [error] = client.expectedErrors;
  if (error !== undefined) missing('S8', `session error ${error}`);
  if (client.expectedSyncs.length > 0) missing('W1', 'onEntitySyncSuccess');
  const [failure] = client.expectedFailures;
  if (failure !== undefined) missing('W4', failure.entity === null ? 'onFailureToSyncWrites' : 'onEntitySyncError');
  for (const promise of Object.values(client.promises)) {
    if (promise.outcome === 'open') continue;
    missing(
      ruleOfPromise(promise.of),
      `${promise.of} ${promise.outcome.error === null ? 'resolved' : `rejected with ${promise.outcome.error}`}`,
    );
  }
  for (const [name, subscription] of Object.entries(client.subscriptions)) {
    if (dialectOf(state).keepsOneStore && !subscription.fulfilled) continue;
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

/** How many observation sequences the state allows now; an oracle whose sets are always large says nothing. */
export function allowedSequences(client: ClientState): number {
  const statuses = client.expectedStatuses.length + 1;
  const errors = client.expectedErrors.length + 1;
  const promises = Object.values(client.promises).filter((promise) => promise.outcome !== 'open').length;
  const results = Object.values(client.subscriptions).reduce((product, subscription) => product * 2 ** subscription.candidates.length, 1);
  return statuses * errors * 2 ** promises * results * (client.expectedSyncs.length + 1);
}
