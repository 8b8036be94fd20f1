/** `connect`: begins an attempt from CLOSED or CLOSING, unless one waits for the handler already; else nothing (S2, S7). */
import { clientOf } from '../change.ts';
import type { Bare, CommandHandler } from '../command-handler.ts';
import { beginAttempt } from './session.ts';

export const connect: CommandHandler<Bare> = {
  rule: null,
  take: (state, name) => {
    const { session, status, attemptDue } = clientOf(state, name);
    if (session === null || state.decisions.isBeginning(session)) return state;
    if (session.attemptWaits || (attemptDue?.asked === true && !attemptDue.byTimer)) return state;
    if (status === 'OPEN' || status === 'CONNECTING' || state.decisions.isCloseUntold(state, name)) return state;
    return beginAttempt(state, name);
  },
};
