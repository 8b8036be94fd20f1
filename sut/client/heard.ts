/**
 * What the client has heard of the server's log (W2): the incarnation that said something last, and the highest version of all
 * that was said. An acceptance says nothing that a client builds on, so it counts for nothing here. Kept by storage before
 * whatever follows from it, so that a client that begins again knows on which log it stood.
 */
import { errorText } from '../protocol/error-text.ts';
import type { Heard } from '../protocol/frames.ts';
import type { Logger } from '../runtime/ports.ts';
import type { ClientStorage } from './storage.ts';

export interface HeardOfLog {
  load(heard: Heard | null): void;
  /** The connection was accepted under that incarnation: what is heard from here on is its word. */
  listenTo(incarnation: string): void;
  hear(version: number): void;
  current(): Heard | null;
  /** In memory; storage forgets its own by `clear`. */
  forget(): void;
}

export function createHeard(storage: Pick<ClientStorage, 'hear'>, logger: Logger): HeardOfLog {
  let heard: Heard | null = null;
  let incarnation: string | undefined;

  async function keep(said: Heard): Promise<void> {
    try {
      await storage.hear(said);
    } catch (error) {
      logger.warn(`The client's storage failed to keep what was heard of the log: ${errorText(error)}`);
    }
  }

  return {
    load: (kept) => {
      heard = kept;
    },
    listenTo: (accepted) => {
      incarnation = accepted;
    },
    hear: (version) => {
      if (incarnation === undefined) return;
      if (heard?.incarnation === incarnation && version <= heard.version) return;
      heard = { incarnation, version: Math.max(version, heard?.version ?? 0) };
      void keep(heard);
    },
    current: () => heard,
    forget: () => {
      heard = null;
    },
  };
}
