/**
 * Writes: each judged and appended once, in one order for all, and told to everyone whom it concerns in the same breath
 * (W1, W3, W4). Everything is checked when the write's turn comes: an older connection of the same client may have
 * brought it already, and what its schema and permissions allow may have changed while it waited.
 */
import { encodeServerFrame } from '../protocol/codec.ts';
import type { ClientFrame } from '../protocol/frames.ts';
import { protocolViolation } from './closes.ts';
import { accountOf, countRefusal } from './counters.ts';
import type { Rejection, Write } from './database.ts';
import { judgeWrite } from './judgement.ts';
import type { Peer, Session } from './peer.ts';
import type { Services } from './services.ts';
import type { RejectionEntry, WriteEntry } from './storage.ts';

type WriteFrame = Extract<ClientFrame, { type: 'write' }>;

function acknowledge(peer: Peer, { database }: Services, sequence: number, version: number): void {
  peer.sendData(() => encodeServerFrame({ type: 'acknowledged', sequence, version }), version === database.version());
}

/** Data like an acknowledgement: nobody with an expired token is told what became of a write. */
function tellRejection(peer: Peer, sequence: number, version: number, { name, message }: Rejection): void {
  peer.sendData(() => encodeServerFrame({ type: 'rejected', sequence, version, error: { name, message } }));
}

/** Whether it was applied is not known any more, so neither answer would be true (W1). */
const outcomeUnknown: Rejection = {
  name: 'WriteOutcomeUnknownError',
  message: 'The write is too old for the server to know what became of it.',
};

/** Another write has the number. What follows under this client id stands on a history that is not the log's, so none of it is taken. */
function tellFork(peer: Peer, sequence: number): void {
  peer.takeNoWrites();
  peer.sendData(() => encodeServerFrame({ type: 'forked', sequence }));
}

function tellProgress(peer: Peer, version: number): void {
  peer.sendUpdate(() => encodeServerFrame({ type: 'progress', version }));
}

/** The entry is durable: from here to the end nothing waits, so nobody sees half of it. */
function commit(writer: Peer, services: Services, entry: WriteEntry): void {
  const { database, groups, observer, counters, slowReaders } = services;
  const { version, sequence } = entry;
  const spent = accountOf(counters);
  const changes = database.apply(entry);
  observer.onCommit(entry.clientId, sequence, version);
  const groupChanges = groups.evaluate(version, changes);
  slowReaders.noteCommit();
  acknowledge(writer, services, sequence, version);
  for (const change of groupChanges) groups.publish(version, change);
  tellProgress(writer, version);
  observer.onCommitSpent(version, spent());
}

/** A rejection changes no row, so there is nothing to evaluate and nothing to be current with. */
function commitRejection(writer: Peer, { database, observer }: Services, entry: RejectionEntry): void {
  const { clientId, sequence, version, error } = entry;
  database.apply(entry);
  observer.onReject(clientId, sequence, version, error.name);
  tellRejection(writer, sequence, version, error);
}

async function append(writer: Peer, services: Services, entry: WriteEntry | RejectionEntry): Promise<void> {
  const { observer, counters, appends } = services;
  observer.onAppendBegin(writer.label, entry.clientId, entry.sequence, entry.id);
  counters.appends += 1;
  if (!(await appends.append(entry))) return;
  if (entry.kind === 'write') commit(writer, services, entry);
  else commitRejection(writer, services, entry);
}

function judge({ database, bounds, counters }: Services, { token }: Session, write: Write): Rejection | undefined {
  const judgement = { schema: database.schema(), claims: token.claims, bounds };
  const refusal = judgeWrite(judgement, write.operations.length, database.stepsOf(write));
  if (refusal?.bound !== undefined) countRefusal(counters, refusal.bound);
  return refusal?.error;
}

/** What is to be appended for a write whose turn has come. */
function entryOf(services: Services, session: Session, { sequence, id, answered, operations }: WriteFrame): WriteEntry | RejectionEntry {
  const { clientId } = session;
  const version = services.database.version() + 1;
  const error = judge(services, session, { clientId, sequence, operations });
  if (error !== undefined) return { kind: 'rejection', version, clientId, sequence, id, answered, error };
  return { kind: 'write', version, clientId, sequence, id, answered, operations };
}

/** The number is used up: by this very write, or by another one. */
function answerAgain(writer: Peer, services: Services, clientId: string, write: WriteFrame): void {
  const recalled = services.database.recall(clientId, write);
  switch (recalled.found) {
    case 'committed':
      // No progress: a later write of this connection may be committed by an older one and not be acknowledged here yet.
      acknowledge(writer, services, write.sequence, recalled.version);
      return;
    case 'rejected':
      tellRejection(writer, write.sequence, recalled.version, recalled.error);
      return;
    case 'unknown':
      tellRejection(writer, write.sequence, recalled.version, outcomeUnknown);
      return;
    case 'another':
      tellFork(writer, write.sequence);
  }
}

async function takeTurn(writer: Peer, services: Services, session: Session, frame: WriteFrame): Promise<void> {
  const { database } = services;
  const { clientId } = session;
  const { sequence } = frame;
  if (!writer.isCurrent() || !writer.takesWrites()) return;
  const due = database.lastSequence(clientId) + 1;
  if (sequence > due) {
    writer.close(protocolViolation(`Write ${sequence} came where ${due} was due.`));
    return;
  }
  if (sequence < due) {
    answerAgain(writer, services, clientId, frame);
    return;
  }
  await append(writer, services, entryOf(services, session, frame));
}

/** Done when the write is answered, or can no longer be. */
export function write(writer: Peer, services: Services, session: Session, frame: WriteFrame): Promise<void> {
  return services.appends.run(() => takeTurn(writer, services, session, frame));
}
