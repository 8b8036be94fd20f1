/**
 * Writes: each judged and appended once, in one order for all, and told to everyone whom it concerns in the same breath
 * (W1, W3, W4). Everything is checked when the write's turn comes, that is when it joins a batch (W2): an older connection of the same
 * client may have brought it already, and what its schema and permissions allow may have changed while it waited, by what is
 * in the batch before it too.
 */
import { encodeServerFrame } from '../protocol/codec.ts';
import type { ClientFrame } from '../protocol/frames.ts';
import type { Aside } from './append-queue.ts';
import { protocolViolation } from './closes.ts';
import { accountOf, countRefusal, sumOf } from './counters.ts';
import { judgeWrite } from './judgement.ts';
import type { Spent } from './observer.ts';
import type { Peer, Session } from './peer.ts';
import type { RowChange } from './rows.ts';
import type { Services } from './services.ts';
import type { Staged } from './staged.ts';
import type { Rejection, RejectionEntry, WriteEntry } from './storage.ts';
import { storageRefused } from './storage-outcome.ts';
import type { Write } from './write-steps.ts';
import type { WriteAside } from './writes-aside.ts';

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

/** Nothing of the write is in it, so that what storage could not take is not in the rejection either. */
const refusedByStorage: Rejection = {
  name: storageRefused,
  message: 'The storage of the server cannot take the write.',
};

/** Another write has the number. What follows under this client id stands on a history that is not the log's, so none of it is taken. */
function tellFork(peer: Peer, sequence: number): void {
  peer.takeNoWrites();
  peer.sendData(() => encodeServerFrame({ type: 'forked', sequence }));
}

function tellProgress(peer: Peer, version: number): void {
  peer.sendUpdate(() => encodeServerFrame({ type: 'progress', version }));
}

/** What a write of the batch is to change, and what it took to find that out (H5). */
interface Effect {
  readonly changes: readonly RowChange[];
  readonly spent: Spent;
}

/** The entry is durable: from here to the end nothing waits, so nobody sees half of it. */
function commit(writer: Peer, services: Services, entry: WriteEntry, found: Effect): void {
  const { database, groups, observer, counters, slowReaders, writesAside } = services;
  const { version, sequence } = entry;
  const spent = accountOf(counters);
  const changes = database.apply(entry, found.changes);
  observer.onCommit(entry.clientId, sequence, version);
  const groupChanges = groups.evaluate(version, changes);
  slowReaders.noteCommit();
  acknowledge(writer, services, sequence, version);
  writesAside.answer(entry.clientId, sequence);
  groups.publish(version, groupChanges);
  tellProgress(writer, version);
  observer.onCommitSpent(version, sumOf(found.spent, spent()));
}

/** A rejection changes no row, so there is nothing to evaluate and nothing to be current with. */
function commitRejection(writer: Peer, { database, observer, writesAside }: Services, entry: RejectionEntry): void {
  const { clientId, sequence, version, error } = entry;
  database.apply(entry);
  observer.onReject(clientId, sequence, version, error.name);
  tellRejection(writer, sequence, version, error);
  writesAside.answer(clientId, sequence);
}

function judge({ bounds, counters }: Services, { token }: Session, staged: Staged, write: Write): Rejection | undefined {
  const judgement = { schema: staged.schema(), claims: token.claims, bounds };
  const refusal = judgeWrite(judgement, write.operations.length, staged.stepsOf(write));
  if (refusal?.bound !== undefined) countRefusal(counters, refusal.bound);
  return refusal?.error;
}

/** What is to be appended for a write whose turn has come. */
function entryOf(services: Services, session: Session, staged: Staged, frame: WriteFrame): WriteEntry | RejectionEntry {
  const { sequence, id, answered, operations } = frame;
  const { clientId } = session;
  const version = staged.version() + 1;
  const isRefused = staged.isRefused(clientId, frame);
  const error = isRefused ? refusedByStorage : judge(services, session, staged, { clientId, sequence, operations });
  if (error !== undefined) return { kind: 'rejection', version, clientId, sequence, id, answered, error };
  return { kind: 'write', version, clientId, sequence, id, answered, operations };
}

/** It joins the batch, as a write or as a rejection. */
function begin(writer: Peer, services: Services, staged: Staged, entry: WriteEntry | RejectionEntry): () => void {
  const { observer, counters } = services;
  observer.onAppendBegin(writer.label, entry.clientId, entry.sequence, entry.id);
  counters.appends += 1;
  const spent = accountOf(counters);
  const changes = staged.add(entry);
  const found = { changes, spent: spent() };
  return () => {
    if (entry.kind === 'write') commit(writer, services, entry, found);
    else commitRejection(writer, services, entry);
  };
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

const nothing = (): void => {};

/** A write, on the connection that brought it. */
interface Brought {
  readonly writer: Peer;
  readonly frame: WriteFrame;
  /** Its entry is its own, or another connection brought the same write and this one has heard what became of it. */
  isAnswered: boolean;
}

/** A number may be used up by a write in this very batch: what is to be said of it stands on that one. */
function join(brought: Brought, services: Services, staged: Staged): () => void {
  const { writer, frame } = brought;
  if (brought.isAnswered || !writer.isCurrent() || !writer.takesWrites()) return nothing;
  // While it waited for space another token may have been accepted.
  const state = writer.state();
  if (state.phase !== 'open') return nothing;
  const { session } = state;
  const { clientId } = session;
  const { sequence } = frame;
  const due = staged.lastSequence(clientId) + 1;
  if (sequence > due) return () => writer.close(protocolViolation(`Write ${sequence} came where ${due} was due.`));
  if (sequence < due) return () => answerOnce(brought, services, clientId);
  const conclude = begin(writer, services, staged, entryOf(services, session, staged, frame));
  return () => {
    brought.isAnswered = true;
    conclude();
  };
}

function answerOnce(brought: Brought, services: Services, clientId: string): void {
  if (brought.isAnswered) return;
  brought.isAnswered = true;
  answerAgain(brought.writer, services, clientId, brought.frame);
}

/** While it is set aside, its connection hears of the write as soon as any connection does. */
function heardOf(brought: Brought, services: Services, clientId: string, aside: Aside): Aside {
  const { writesAside, database } = services;
  const write: WriteAside = {
    clientId,
    sequence: brought.frame.sequence,
    answer: () => {
      if (brought.writer.isCurrent() && brought.writer.takesWrites()) answerOnce(brought, services, clientId);
    },
  };
  return {
    isGone: aside.isGone,
    begin() {
      writesAside.add(write);
      aside.begin();
      // Nothing that is in the log already need wait for space: an older connection may have brought it.
      if (write.sequence <= database.lastSequence(clientId)) write.answer();
    },
    end() {
      writesAside.remove(write);
      aside.end();
    },
    fail(error) {
      writesAside.remove(write);
      aside.fail(error);
    },
  };
}

/** Done when the write is answered, or can no longer be, or when it is set aside. */
export function write(writer: Peer, services: Services, { clientId }: Session, frame: WriteFrame, aside: Aside): Promise<void> {
  const brought: Brought = { writer, frame, isAnswered: false };
  return services.appends.run((staged) => join(brought, services, staged), heardOf(brought, services, clientId, aside));
}
