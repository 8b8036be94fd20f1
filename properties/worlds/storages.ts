/**
 * The storages of a world: the embedded memory ones, with the moments that matter as labelled completions. A write
 * is kept by the client (`c1 store`) and appended by the server (`server append`) when the schedule says so; the rest
 * completes at once, because nothing is decided by when it ends.
 */
import { type ClientStorage, memoryClientStorage } from '../../sut/client/storage.ts';
import { type LogEntry, memoryServerStorage, type ServerStorage } from '../../sut/server/storage.ts';
import { appendLabel, storeLabel } from './labels.ts';
import type { Completions } from './world.ts';

type Note = (port: string) => void;

export function createServerStorage(initialLog: readonly LogEntry[], completions: Completions, note: Note): ServerStorage {
  const memory = memoryServerStorage(initialLog);
  return {
    load: () => {
      note('server storage');
      return memory.load();
    },
    append: (entry) => completions.complete(appendLabel, () => memory.append(entry)),
  };
}

export function createClientStorage(client: string, completions: Completions, note: Note): ClientStorage {
  const memory = memoryClientStorage();
  const port = `${client} storage`;
  return {
    load: () => {
      note(port);
      return memory.load();
    },
    identify: (clientId) => {
      note(port);
      return memory.identify(clientId);
    },
    enqueue: (entry) => completions.complete(storeLabel(client), () => memory.enqueue(entry)),
    dequeue: (sequence) => {
      note(port);
      return memory.dequeue(sequence);
    },
  };
}
