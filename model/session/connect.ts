/** `connect`: begins an attempt from CLOSED or CLOSING; else nothing (S2). */
import { clientOf } from '../change.ts';
import type { Bare, CommandHandler } from '../command-handler.ts';
import { beginAttempt } from './session.ts';

export const connect: CommandHandler<Bare> = {
  rule: null,
  take: (state, name) => {
    const { session, status } = clientOf(state, name);
    if (session === null || state.decisions.isBeginning(session)) return state;
    if (status === 'OPEN' || status === 'CONNECTING' || state.decisions.isCloseUntold(state, name)) return state;
    return beginAttempt(state, name);
  },
};
