/**
 * Run to completion: while a call or an event is at work, what it wants to tell the user is only noted, and told when
 * the work is done. So a callback always meets a consistent client, may call anything, and cannot break anything.
 */

import { type CallUser, createUserCalls } from '../protocol/user-calls.ts';
import type { Logger } from '../runtime/ports.ts';

export interface Turns {
  /** Every way into the client goes through here: calls, socket events, timers, answers of storage and handlers. */
  run<Result>(work: () => Result): Result;
  /** Notes what to tell the user; told in order at the end of the turn. */
  tell(callback: () => void): void;
  /** Calls one callback of the user, whose failure is only logged. */
  readonly call: CallUser;
}

export function createTurns(logger: Logger): Turns {
  const toTell: (() => void)[] = [];
  const call = createUserCalls(logger);
  let isBusy = false;

  function tellAll(): void {
    for (let callback = toTell.shift(); callback !== undefined; callback = toTell.shift()) call(callback);
  }

  return {
    run: (work) => {
      if (isBusy) return work();
      isBusy = true;
      try {
        return work();
      } finally {
        tellAll();
        isBusy = false;
      }
    },
    tell: (callback) => {
      toTell.push(callback);
    },
    call,
  };
}
