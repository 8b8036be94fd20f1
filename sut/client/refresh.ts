/**
 * When the refresh handler is asked, and what becomes of its answer (S7). One cycle belongs to one start of a session:
 * a stopped cycle never asks again, a paused one not before it is told to; an answer that either still gets changes nothing.
 */
import { errorText } from '../protocol/error-text.ts';
import type { Logger, Timer, Timers } from '../runtime/ports.ts';
import type { UpdateOutcome } from './token-updates.ts';
import type { Turns } from './turns.ts';

export interface RefreshOptions {
  /** Milliseconds from each accepted token to the next call; without it, a second before the token expires. */
  readonly interval?: number | undefined;
  /** Brings a fresh token, or null where there is none to be had now. */
  readonly refreshHandler: () => Promise<string | null>;
}

export interface RefreshPorts {
  readonly timers: Timers;
  readonly logger: Logger;
  readonly turns: Turns;
  /** Milliseconds until the session's token expires by the client's clock; undefined where it never does. */
  readonly untilExpiryMs: () => number | undefined;
  /** Takes the handler's token the way of `updateSessionToken`; `settle` may be called at once. */
  readonly submit: (token: string, settle: (outcome: UpdateOutcome) => void) => void;
  /** The next call, if any, follows from an acceptance. */
  readonly onScheduled: () => void;
  /** The handler has answered and the answer has been taken, usable or not; or the call has failed. */
  readonly onAnswered: () => void;
}

export interface RefreshCycle {
  /** A token was accepted: the next call is scheduled, unless one is under way. */
  accepted(): void;
  /** Asks at once, or after the usual delay; a call in flight counts as that asking. */
  askNow(): void;
  askLater(): void;
  /** Asks at once, unless it is to be asked again after failures (then that call counts), or was asked less than a second ago. */
  askUnlessRetrying(): void;
  /** Nobody is asked until the next acceptance or attempt; the answer of a call in flight counts as nothing. */
  pause(): void;
  stop(): void;
}

type State =
  | { readonly at: 'idle' }
  | { readonly at: 'waiting'; readonly timer: Timer }
  /** The handler has been asked; the object itself is the call's identity, the timer ends it. */
  | { readonly at: 'asking'; readonly askedMs: number; readonly timer: Timer }
  /** Its token is on the way to the server. */
  | { readonly at: 'submitting' }
  | { readonly at: 'stopped' };

const shortestDelayMs = 1_000;
const leadMs = 1_000;
const longestRetryMs = 60_000;
/** A call that has not answered by then has failed. */
export const refreshTimeoutMs = 30_000;

export function createRefreshCycle(options: RefreshOptions, ports: RefreshPorts): RefreshCycle {
  const { turns } = ports;
  let state: State = { at: 'idle' };
  let failures = 0;
  let lastCalledMs = Number.NEGATIVE_INFINITY;

  function become(next: State): void {
    if (state.at === 'waiting' || state.at === 'asking') state.timer.cancel();
    state = next;
  }

  function wait(delayMs: number): void {
    become({ at: 'waiting', timer: ports.timers.schedule('refresh', Math.max(shortestDelayMs, delayMs), () => turns.run(ask)) });
  }

  /** The interval is for a handler that works; one that does not is left more and more alone. */
  function waitForRetry(): void {
    wait(Math.min(shortestDelayMs * 2 ** failures, longestRetryMs));
    failures += 1;
  }

  function schedule(): void {
    ports.onScheduled();
    const untilExpiryMs = ports.untilExpiryMs();
    // A clock by which the token has expired already cannot tell when: the server's close will.
    const byExpiryMs = untilExpiryMs === undefined || untilExpiryMs <= 0 ? undefined : untilExpiryMs - leadMs;
    const delayMs = options.interval ?? byExpiryMs;
    if (delayMs === undefined) become({ at: 'idle' });
    else wait(delayMs);
  }

  function ask(): void {
    const timer = ports.timers.schedule('refresh timeout', refreshTimeoutMs, () => turns.run(endLateCall));
    const call: State = { at: 'asking', askedMs: ports.timers.now(), timer };
    become(call);
    // The handler is the user's: it is called when the client's own work is done, if it is still wanted then.
    turns.tell(() => {
      if (state !== call) return;
      // Only now: 1. a close with TOKEN_EXPIRED asks. 2. onSessionError disconnects, so that nobody is called. 3. The next close must ask at once.
      lastCalledMs = call.askedMs;
      void callHandler(call);
    });
  }

  async function callHandler(call: State): Promise<void> {
    let token: string | null = null;
    try {
      token = await options.refreshHandler();
    } catch (error) {
      ports.logger.warn(`The refresh handler failed: ${errorText(error)}`);
    }
    turns.run(() => {
      endLateCall();
      if (state === call) take(token);
    });
  }

  /** Asked wherever it matters, so that it is over in time, whether its timer has fired or is about to. */
  function endLateCall(): void {
    if (state.at !== 'asking' || ports.timers.now() - state.askedMs < refreshTimeoutMs) return;
    ports.logger.warn(`The refresh handler has not answered within ${refreshTimeoutMs} ms.`);
    waitForRetry();
    ports.onAnswered();
  }

  function take(token: string | null): void {
    if (typeof token !== 'string') {
      waitForRetry();
    } else {
      const submission: State = { at: 'submitting' };
      become(submission);
      ports.submit(token, (outcome) => {
        if (state === submission) conclude(outcome);
      });
    }
    ports.onAnswered();
  }

  function conclude(outcome: UpdateOutcome): void {
    switch (outcome.outcome) {
      case 'accepted':
        failures = 0;
        schedule();
        break;
      case 'stored':
      case 'refusedByClose':
        become({ at: 'idle' });
        break;
      case 'failed':
        waitForRetry();
        break;
    }
  }

  function isFree(): boolean {
    endLateCall();
    return state.at === 'idle' || state.at === 'waiting';
  }

  function isRetrying(): boolean {
    return state.at === 'waiting' && failures > 0;
  }
  return {
    accepted: () => {
      const mustSchedule = isFree();
      failures = 0;
      if (mustSchedule) schedule();
    },
    askNow: () => {
      if (isFree()) ask();
    },
    askLater: () => {
      if (isFree()) waitForRetry();
    },
    askUnlessRetrying: () => {
      if (!isFree() || isRetrying()) return;
      // A handler whose tokens are over as soon as they are accepted is not asked without pause.
      if (ports.timers.now() - lastCalledMs < shortestDelayMs) waitForRetry();
      else ask();
    },
    pause: () => {
      endLateCall();
      become({ at: 'idle' });
    },
    stop: () => become({ at: 'stopped' }),
  };
}
