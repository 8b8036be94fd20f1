/**
 * Keeps the log short: where enough entries lie behind the snapshot, storage brings that up to date and drops them (W2). It happens between
 * batches, by the number of entries alone. Where it fails the log says the same as before, so the server goes on, and tries again when as many entries more
 * have come.
 */
import { errorText } from '../protocol/error-text.ts';
import type { Logger } from '../runtime/ports.ts';
import type { Counters } from './counters.ts';
import type { Database } from './database.ts';
import type { ServerStorage } from './storage.ts';

/** So many entries may lie behind the snapshot unless told otherwise. */
export const logEntriesMaxByDefault = 1_024;

/** A bound as it may be asked for; the usual one without. @throws RangeError for what bounds nothing */
export function logEntriesMaxOf(asked: number | undefined): number {
  const most = asked ?? logEntriesMaxByDefault;
  if ((Number.isSafeInteger(most) && most > 0) || most === Number.POSITIVE_INFINITY) return most;
  throw new RangeError(`logEntriesMax must be a whole number of entries, at least 1, or Infinity, not ${asked}`);
}

export interface CompactorParts {
  readonly storage: ServerStorage;
  readonly database: Database;
  readonly counters: Pick<Counters, 'compactions'>;
  readonly logger: Logger;
  readonly logEntriesMax: number;
}

export interface Compactor {
  isDue(): boolean;
  /** Asked for where it is due. Resolves when storage is done, well or not; never rejects. */
  compact(): Promise<void>;
}

export function createCompactor({ storage, database, counters, logger, logEntriesMax }: CompactorParts): Compactor {
  let dueAt = logEntriesMax;
  return {
    isDue: () => database.tail.length() >= dueAt,
    async compact() {
      counters.compactions += 1;
      try {
        await storage.compact(database.compaction());
        database.tail.cut();
        dueAt = logEntriesMax;
      } catch (error) {
        dueAt = database.tail.length() + logEntriesMax;
        logger.warn(`The log could not be compacted, and is kept as it is: ${errorText(error)}`);
      }
    },
  };
}
