/** The closes that the server decides on, beside those of tokens and roles. */
import type { CloseFrame } from '../protocol/frames.ts';

/** The peer broke the protocol: it would do so again, so it is told not to come back by itself. */
export function protocolViolation(message: string): CloseFrame {
  return { type: 'INTERNAL_ERROR', retry: false, message };
}

/** Something failed on this side that may work another time. */
export function temporaryFailure(message: string): CloseFrame {
  return { type: 'INTERNAL_ERROR', retry: true, message };
}
