/**
 * Whether what a client showed since the last check is allowed: for each channel (status, errors, each promise, each
 * subscription) the sequence must be one that the state allows. At quiescence nothing expected may be missing.
 */
import { clientOf, withClient } from './change.ts';
import type { ClientState } from './client-state.ts';
import type { ClientName, Observation } from './observations.ts';
import { reject } from './rejection.ts';
import { handlerCalled } from './session/refresh.ts';
import { isStatusDue, promiseSettled, sayOutcome, sessionErrorShown, statusShown } from './session/shown.ts';
import type { State } from './state.ts';
import {
  fulfilmentShown,
  requireResultsShown,
  resultsShown,
  ruleOfSubscriptionError,
  subscriptionErrorShown,
} from './subscriptions/shown.ts';
import { logReplacementTold } from './writes/leave-log.ts';
import { keyOf } from './writes/log.ts';
import { calledBackWith, failureTold, syncTold } from './writes/outcomes.ts';

/** Its causes were told before it, so it is judged at once; only a status may be told before the attempt that it belongs to. */
export function observe(state: State, name: ClientName, observation: Observation): State {
  if (observation.saw === 'refreshAsked') return handlerCalled(state, name, observation.call);
  const told = withClient(state, name, { observed: [...clientOf(state, name).observed, observation] });
  const isBehind = clientOf(state, name).observed.length > 0;
  const waits = observation.saw === 'status' && (isBehind || !isStatusDue(told, name, observation.status));
  return waits ? told : withClient(matchOne(told, name, observation), name, { observed: clientOf(state, name).observed });
}

/** At the end of a task: the statuses that it showed must be those expected, in their order. */
export function matchStatuses(state: State, name: ClientName): State {
  const { observed, late } = clientOf(state, name);
  if (observed.length === 0 && !late) return state;
  const matched = observed.reduce((before: State, observation) => matchOne(before, name, observation), state);
  return withClient(matched, name, { observed: [], late: false });
}

function matchOne(state: State, name: ClientName, observation: Observation): State {
  const client = clientOf(state, name);
  switch (observation.saw) {
    case 'status':
      return statusShown(state, client, observation.status);
    case 'sessionError':
      return sessionErrorShown(state, client, observation.type);
    case 'settled':
      return promiseSettled(state, client, observation);
    case 'results':
      return resultsShown(state, client, observation);
    case 'remoteFulfilled':
      return fulfilmentShown(state, client, observation.subscription);
    case 'subscriptionError':
      return subscriptionErrorShown(state, client, observation);
    case 'synced':
      return syncTold(state, client, keyOf(observation.collection, observation.id));
    case 'notSynced':
      return failureTold(state, client, { entity: keyOf(observation.collection, observation.id), error: observation.error });
    case 'syncFailed':
      return failureTold(state, client, { entity: null, error: observation.error });
    case 'logReplaced':
      return logReplacementTold(state, client);
    case 'refreshAsked':
      return state;
  }
}

/** What was to be seen at once and was not. */
export function requireNothingMissing(state: State, client: ClientState): void {
  const missing = (rule: string, what: string): never =>
    reject(rule, `missing ${what}`, `${client.name} never showed ${what}`, [what], 'nothing');
  const [status] = client.expectedStatuses;
  if (status !== undefined) missing('S1', `status ${status}`);
  const [untold] = client.expectedSubscriptionErrors;
  if (untold !== undefined) missing(ruleOfSubscriptionError(untold.error), untold.error);
  const [error] = client.expectedErrors;
  if (error !== undefined) missing('S8', `session error ${error}`);
  if (client.expectedSyncs.length > 0) missing('W1', 'onEntitySyncSuccess');
  const [failure] = client.expectedFailures;
  if (failure !== undefined) missing('W4', calledBackWith(failure));
  if (client.expectedLogReplacements > 0) missing('W2', 'onLogReplaced');
  if (client.unloggedFailures.length > 0) missing('B1', 'the failure of a callback in its log');
  for (const { of, rule, outcome } of Object.values(client.promises)) if (outcome !== 'open') missing(rule, `${of} ${sayOutcome(outcome)}`);
  requireResultsShown(state, client, missing);
}

/** How many observation sequences the state allows now; an oracle whose sets are always large says nothing. */
export function allowedSequences(client: ClientState): number {
  const statuses = client.expectedStatuses.length + 1;
  const errors = client.expectedErrors.length + 1;
  const promises = Object.values(client.promises).filter((promise) => promise.outcome !== 'open').length;
  const results = Object.values(client.subscriptions).reduce((product, subscription) => product * 2 ** subscription.candidates.length, 1);
  return statuses * errors * 2 ** promises * results * (client.expectedSyncs.length + 1);
}
