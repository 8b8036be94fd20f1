/**
 * Writes: each appended once, in one order for all, and told to everyone whom it concerns in the same breath (W1, W3).
 * Everything is checked when the write's turn comes: an older connection of the same client may have brought it already.
 */
import { encodeServerFrame } from '../protocol/codec.ts';
import type { ClientFrame } from '../protocol/frames.ts';
import { protocolViolation, temporaryFailure } from './closes.ts';
import type { Peer } from './peer.ts';
import type { Services } from './services.ts';
import type { LogEntry } from './storage.ts';

type Write = Extract<ClientFrame, { type: 'write' }>;

function acknowledge(peer: Peer, sequence: number, version: number): void {
  peer.sendData(() => encodeServerFrame({ type: 'acknowledged', sequence, version }));
}

function tellProgress(peer: Peer, version: number): void {
  peer.sendData(() => encodeServerFrame({ type: 'progress', version }));
}

/** The entry is durable: from here to the end nothing waits, so nobody sees half of it. */
function commit(writer: Peer, { database, groups, observer }: Services, entry: LogEntry): void {
  const { version, sequence } = entry;
  const changes = database.apply(entry);
  observer.onCommit(entry.clientId, sequence, version);
  const groupChanges = groups.evaluate(version, changes);
  acknowledge(writer, sequence, version);
  for (const change of groupChanges) groups.publish(version, change);
  tellProgress(writer, version);
}

/** The version of an append that failed is used by the next one. */
async function append(writer: Peer, services: Services, entry: LogEntry): Promise<void> {
  const { observer, counters, storage, logger } = services;
  observer.onAppendBegin(writer.label, entry.clientId, entry.sequence);
  counters.appends += 1;
  try {
    await storage.append(entry);
  } catch (error) {
    logger.error(`${writer.label}: write ${entry.sequence} could not be stored: ${String(error)}`);
    writer.close(temporaryFailure('The write could not be stored.'));
    return;
  }
  commit(writer, services, entry);
}

async function takeTurn(writer: Peer, services: Services, clientId: string, { sequence, operations }: Write): Promise<void> {
  const { database } = services;
  if (!writer.isCurrent()) return;
  const due = database.lastSequence(clientId) + 1;
  if (sequence > due) {
    writer.close(protocolViolation(`Write ${sequence} came where ${due} was due.`));
    return;
  }
  if (sequence < due) {
    // No progress: a later write of this connection may be committed by an older one and not be acknowledged here yet.
    acknowledge(writer, sequence, database.version());
    return;
  }
  await append(writer, services, { version: database.version() + 1, clientId, sequence, operations });
}

/** Done when the write is acknowledged, or can no longer be. */
export function write(writer: Peer, services: Services, clientId: string, frame: Write): Promise<void> {
  return services.appends.run(() => takeTurn(writer, services, clientId, frame));
}
