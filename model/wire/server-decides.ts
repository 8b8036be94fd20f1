/** What the server says of a write that it has decided (W1, W4). */
import { clientOf, withConnection } from '../change.ts';
import type { ConnectionState } from '../connection-state.ts';
import { reject } from '../rejection.ts';
import { type State, versionOf } from '../state.ts';
import { writesOf } from '../writes/appends.ts';
import type { Write } from '../writes/changes.ts';
import { requireUnexpired } from './expiry.ts';
import { requireNothingStale } from './turn.ts';

/** Each answer to a write is given as often as the write arrived, in order, once it is decided (W1, W4). */
function requireAnswerable(state: State, present: ConnectionState, sequence: number): Write {
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
  const write = writesOf(clientOf(state, present.client), present.epoch).find((candidate) => candidate.sequence === sequence);
  if (write === undefined || write.decided === null)
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
  return write;
}

export function serverRejects(state: State, connection: number, present: ConnectionState, sequence: number, error: string): State {
  const { decided } = requireAnswerable(state, present, sequence);
  if (decided?.error !== error)
    return reject(
      'W4',
      'rejected otherwise',
      `write ${sequence} of ${present.client} was told rejected`,
      [decided?.error ?? 'acknowledged'],
      error,
    );
  return withConnection(state, connection, { acknowledged: [...present.acknowledged, sequence] });
}

export function serverAcknowledges(state: State, connection: number, present: ConnectionState, sequence: number, version: number): State {
  const { decided } = requireAnswerable(state, present, sequence);
  if (decided === null || decided.error !== null)
    return reject(
      'W4',
      'acknowledged a rejected write',
      `write ${sequence} of ${present.client} was rejected`,
      [decided?.error ?? ''],
      'acknowledged',
    );
  if (version < decided.version || version > versionOf(state)) {
    return reject(
      'W1',
      'acknowledged at a wrong version',
      `write ${sequence} was acknowledged at a version that is not its own or later`,
      [`${decided.version} to ${versionOf(state)}`],
      `version ${version}`,
    );
  }
  return withConnection(state, connection, { acknowledged: [...present.acknowledged, sequence] });
}
