/** A client whose numbers the server knows as another's goes on under a fresh id (W1). */
import { clientOf, withClient } from '../change.ts';
import type { ClientState, Kept } from '../client-state.ts';
import type { ClientName } from '../observations.ts';
import { reject } from '../rejection.ts';
import type { State } from '../state.ts';
import { giveUp, reconnect } from '../store/clear.ts';
import { type Change, isUnanswered, type Write } from './changes.ts';

/** Heard: what is unanswered is to go out under another id, once storage has it so. */
export function hearFork(state: State, name: ClientName, sequence: number): State {
  const client = clientOf(state, name);
  const isWaited = client.writes.some((write) => write.epoch === client.epoch && write.sequence === sequence && isUnanswered(write));
  return client.fork !== null || !isWaited ? state : withClient(state, name, { fork: { at: 'due' } });
}

/** The client hands a fresh id to its storage, with what is unanswered. `epoch` counts its ids. */
export function beginFork(state: State, name: ClientName, epoch: number): State {
  const client = clientOf(state, name);
  if (client.fork?.at !== 'due')
    return reject('W1', 'forked unasked', `${name} took a fresh id that nothing called for`, ['the id that it has'], `id ${epoch}`);
  if (epoch !== client.epochsBegun + 1)
    return reject('W6', 'forked to a used id', `${name} took an id that it had before`, [`id ${client.epochsBegun + 1}`], `id ${epoch}`);
  return withClient(state, name, {
    fork: { at: 'begun', epoch },
    forkedFrom: { ...client.forkedFrom, [epoch]: client.epoch },
    epochsBegun: epoch,
  });
}

/**
 * Numbered from 1 in the order that they have; what is answered keeps the number under which it was. The generations that they begin
 * are other ones: where several forked from copies of one storage, each applies the insert as its own (W3).
 */
function renumbered(writes: readonly Write[], name: ClientName, epoch: number): readonly Write[] {
  const begun = writes.filter(isUnanswered).flatMap(({ changes }) => changes.flatMap(generationBegun));
  let sequence = 0;
  return writes.map((write) => {
    if (!isUnanswered(write)) return write;
    sequence += 1;
    return { ...write, epoch, sequence, changes: write.changes.map((change) => renamed(change, begun, `${name}:${epoch}`)) };
  });
}

function generationBegun(change: Change): readonly string[] {
  return change.kind === 'insert' ? [change.generation] : [];
}

function renamed(change: Change, begun: readonly string[], under: string): Change {
  return begun.includes(change.generation) ? { ...change, generation: `${change.generation} under ${under}` } : change;
}

/** Storage has the fresh id: the client is reached under no other any more. */
/** Storage failed: the client goes on as who it was, and hears of it again on another connection (K3). */
export function failFork(state: State, name: ClientName, epoch: number): State {
  const client = clientOf(state, name);
  if (client.fork?.at !== 'begun' || client.fork.epoch !== epoch) return state;
  return giveUp(withClient(state, name, { fork: null }), name);
}

export function finishFork(state: State, name: ClientName, epoch: number): State {
  const client = clientOf(state, name);
  if (client.fork?.at !== 'begun' || client.fork.epoch !== epoch) return finishBehindClear(state, client, epoch);
  const discarded = { ...client.discarded, [client.epoch]: client.writes };
  const forked = withClient(state, name, { epoch, fork: null, writes: renumbered(client.writes, name, epoch), discarded });
  return reconnect(forked, name);
}

/** A `clear()` came upon it: a crash that undoes the clear would bring the fork back (K1, K2). */
function finishBehindClear(state: State, client: ClientState, epoch: number): State {
  const former = client.forkedFrom[epoch];
  const brought = (before: Kept): Kept =>
    before.epoch === former ? { ...before, epoch, writes: renumbered(before.writes, client.name, epoch) } : before;
  return withClient(state, client.name, { clears: client.clears.map((clear) => ({ ...clear, before: brought(clear.before) })) });
}
