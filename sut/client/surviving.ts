/**
 * Which of the writes that wait still mean something where the server's log was replaced (W2). An insert does. An update or
 * delete does where it concerns a row that a waiting insert begins; any other row was of the log that is gone. A transaction
 * stands or falls as a whole, and what rests on one that falls, falls with it.
 */
import type { Operation } from '../protocol/frames.ts';
import type { PendingWrite } from './pending-writes.ts';

export interface Parted {
  readonly surviving: readonly PendingWrite[];
  readonly lost: readonly PendingWrite[];
}

function nameOf({ collection, id }: Operation, generation: string): string {
  return JSON.stringify([collection, id, generation]);
}

/** The rows that the write begins, or nothing where it concerns another one. */
function begunBy({ operations, generation }: PendingWrite, begun: ReadonlySet<string>): ReadonlySet<string> | undefined {
  const own = new Set<string>();
  for (const operation of operations) {
    if (operation.kind === 'insert') {
      own.add(nameOf(operation, generation));
      continue;
    }
    const name = nameOf(operation, operation.generation);
    if (!begun.has(name) && !own.has(name)) return undefined;
  }
  return own;
}

/** `waiting`: in order. */
export function partWaiting(waiting: readonly PendingWrite[]): Parted {
  const begun = new Set<string>();
  const surviving: PendingWrite[] = [];
  const lost: PendingWrite[] = [];
  for (const write of waiting) {
    const own = begunBy(write, begun);
    if (own === undefined) lost.push(write);
    else surviving.push(write);
    for (const name of own ?? []) begun.add(name);
  }
  return { surviving, lost };
}
