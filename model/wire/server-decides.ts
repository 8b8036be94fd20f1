/** What the server says of a write that it has decided (W1, W4). */
import { withConnection } from '../change.ts';
import type { ConnectionState } from '../connection-state.ts';
import { entryOf } from '../entry-of.ts';
import { reject } from '../rejection.ts';
import type { Decision } from '../server-state.ts';
import { type State, versionOf, writeIdsKeptByLaw } from '../state.ts';
import { requireUnexpired } from './expiry.ts';
import { requireNothingStale } from './turn.ts';
import type { ServerWord } from './words.ts';

/** What the server has decided under the id that a connection's client said. */
export function decisionsFor({ server, clients }: State, { client, epoch, hello }: ConnectionState): readonly Decision[] {
  const clientId = hello?.clientId ?? clients[client]?.clientIds[epoch];
  return clientId === undefined ? [] : (entryOf(server.decisions, clientId) ?? []);
}

/** The one answer that is true of a write whose number is used up (W1). */
type RightAnswer =
  | { readonly is: 'acknowledged'; readonly version: number }
  | { readonly is: 'rejected'; readonly version: number; readonly error: string }
  | { readonly is: 'forked' };

const unknownOutcome = 'WriteOutcomeUnknownError';

function rightAnswer(state: State, present: ConnectionState, { sequence, id, version, error }: Decision): RightAnswer {
  const decided: RightAnswer = error === null ? { is: 'acknowledged', version } : { is: 'rejected', version, error };
  const unknown: RightAnswer = { is: 'rejected', version, error: unknownOutcome };
  const sent = present.writesSent[sequence];
  if (sent === undefined || sent.id === null) return decided;
  const last = decisionsFor(state, present).length;
  const isRemembered = sequence > last - (state.configuration.writeIdsKept ?? writeIdsKeptByLaw);
  // One that was never sent before cannot be in the log.
  if (!isRemembered) return sent.resent ? unknown : { is: 'forked' };
  if (sent.id !== id) return { is: 'forked' };
  const isTold = sequence <= (entryOf(state.server.answered, present.hello?.clientId ?? '') ?? 0);
  return error !== null && isTold ? unknown : decided;
}

function sayAnswer(answer: RightAnswer): string {
  return answer.is === 'rejected' ? `rejected: ${answer.error}` : answer.is;
}

/** Each answer to a write is given as often as the write arrived, in order, once it is decided (W1, W4). */
function requireAnswerable(state: State, present: ConnectionState, sequence: number): RightAnswer {
  requireUnexpired(state, present);
  requireNothingStale(state, present);
  const received = present.writesReceived.filter((candidate) => candidate === sequence).length;
  const repeated = present.acknowledged.filter((candidate) => candidate === sequence).length >= received;
  if (repeated)
    return reject(
      'W1',
      'acknowledged unasked',
      `write ${sequence} of ${present.client} was acknowledged more often than received`,
      ['nothing'],
      `acknowledged ${sequence}`,
    );
  const decision = decisionsFor(state, present).find((candidate) => candidate.sequence === sequence);
  if (decision === undefined)
    return reject(
      'W1',
      'acknowledged unwritten',
      `write ${sequence} of ${present.client} was acknowledged before its commit`,
      ['nothing'],
      `acknowledged ${sequence}`,
    );
  const earlier = present.writesReceived.find((received) => received < sequence && !present.acknowledged.includes(received));
  if (earlier !== undefined)
    return reject(
      'W1',
      'acknowledged out of order',
      `write ${sequence} of ${present.client} was acknowledged out of order`,
      [`acknowledgement of ${earlier} first`],
      `acknowledged ${sequence}`,
    );
  return rightAnswer(state, present, decision);
}

/** That the answer names another write than the one that was sent is W1's matter, any other difference W4's. */
function ruleOfAnswer(right: RightAnswer): string {
  return right.is === 'forked' || (right.is === 'rejected' && right.error === unknownOutcome) ? 'W1' : 'W4';
}

export function serverRejects(
  state: State,
  connection: number,
  present: ConnectionState,
  { sequence, error, version }: Extract<ServerWord, { readonly word: 'rejected' }>,
): State {
  const right = requireAnswerable(state, present, sequence);
  if (right.is !== 'rejected' || right.error !== error)
    return reject(
      error === unknownOutcome ? 'W1' : ruleOfAnswer(right),
      'rejected otherwise',
      `write ${sequence} of ${present.client} was told rejected`,
      [sayAnswer(right)],
      error,
    );
  if (version !== undefined) requireVersion(sequence, version, right.version, error === unknownOutcome ? versionOf(state) : right.version);
  return withConnection(state, connection, { acknowledged: [...present.acknowledged, sequence] });
}

/** That of its entry: by a later one its client would claim to have heard what it has not (W2). Of an unknown outcome more cannot be said than that it was by then. */
function requireVersion(sequence: number, version: number, least: number, most: number): void {
  if (version >= least && version <= most) return;
  reject(
    'W1',
    'answered at a wrong version',
    `write ${sequence} was answered at another version than its own`,
    [least === most ? `version ${least}` : `${least} to ${most}`],
    `version ${version}`,
  );
}

/** The write is not the one in the log: what its client sent behind it is not taken either. */
export function serverForks(state: State, connection: number, present: ConnectionState, sequence: number): State {
  const right = requireAnswerable(state, present, sequence);
  if (right.is !== 'forked')
    return reject('W1', 'forked wrongly', `write ${sequence} of ${present.client} was told forked`, [sayAnswer(right)], 'forked');
  return withConnection(state, connection, { forked: true, writesReceived: present.acknowledged });
}

export function serverAcknowledges(state: State, connection: number, present: ConnectionState, sequence: number, version: number): State {
  const right = requireAnswerable(state, present, sequence);
  if (right.is !== 'acknowledged') {
    const isAnother = ruleOfAnswer(right) === 'W1';
    return reject(
      ruleOfAnswer(right),
      isAnother ? 'acknowledged another write' : 'acknowledged a rejected write',
      `write ${sequence} of ${present.client} ${isAnother ? 'is not known to be in the log' : 'was rejected'}`,
      [sayAnswer(right)],
      'acknowledged',
    );
  }
  requireVersion(sequence, version, right.version, right.version);
  return withConnection(state, connection, { acknowledged: [...present.acknowledged, sequence] });
}
