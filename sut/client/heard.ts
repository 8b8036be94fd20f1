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
  /**
   * Does the work once storage holds what has been heard so far; where it fails to, once it holds what is heard later. For what is
   * forgotten or kept because of what was heard: it must not be so before (W2). Of works of one name that wait, only the last one counts.
   */
  whenKept(work: () => void, name?: string): void;
  /** Storage has lost it, with all that it held: it is asked again to keep it. */
  keepAgain(): void;
  /** In memory; storage forgets its own by `clear`. */
  forget(): void;
}

interface Waiting {
  readonly behind: number;
  readonly work: () => void;
  readonly name: string | undefined;
}

function lastOfEach(waiting: readonly Waiting[]): readonly Waiting[] {
  const last = new Map(waiting.map((each) => [each.name, each]));
  return waiting.filter((each) => each.name === undefined || last.get(each.name) === each);
}

/** `isStale`: storage still holds another client, and nothing is to be kept there before that is gone. */
export function createHeard(storage: Pick<ClientStorage, 'hear'>, logger: Logger, isStale: () => boolean): HeardOfLog {
  let heard: Heard | null = null;
  let incarnation: string | undefined;
  /** How often storage was asked to keep something, and the last time that it did: it does so in order. */
  let asked = 0;
  let kept = 0;
  let waiting: readonly Waiting[] = [];

  async function keep(said: Heard): Promise<void> {
    if (isStale()) return;
    asked += 1;
    const mine = asked;
    try {
      await storage.hear(said);
    } catch (error) {
      logger.warn(`The client's storage failed to keep what was heard of the log: ${errorText(error)}`);
      waiting = lastOfEach(waiting);
      return;
    }
    kept = Math.max(kept, mine);
    const due = waiting.filter(({ behind }) => behind <= kept);
    waiting = waiting.filter(({ behind }) => behind > kept);
    for (const { work } of lastOfEach(due)) work();
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
    whenKept: (work, name) => {
      if (kept === asked) work();
      else waiting = [...waiting, { behind: asked, work, name }];
    },
    keepAgain: () => {
      if (heard !== null) void keep(heard);
    },
    forget: () => {
      heard = null;
      waiting = [];
      kept = asked;
    },
  };
}
