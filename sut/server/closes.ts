/** The closes that the server decides on, beside those of tokens and roles. */
import { cutMessage } from '../protocol/codec.ts';
import type { CloseFrame } from '../protocol/frames.ts';
import { describeDifference, differences } from '../schema/difference.ts';
import type { PlainSchema } from '../schema/types.ts';

/** The peer broke the protocol: it would do so again, so it is told not to come back by itself. Its own words may be in the message. */
export function protocolViolation(message: string): CloseFrame {
  return { type: 'INTERNAL_ERROR', retry: false, message: cutMessage(message) };
}

/** Something failed on this side that may work another time. */
export function temporaryFailure(message: string): CloseFrame {
  return { type: 'INTERNAL_ERROR', retry: true, message };
}

/** The client's schema cannot live with the server's; names the first reason (C2, C4). */
export function schemaMismatch(client: PlainSchema | null, server: PlainSchema | null): CloseFrame {
  const broken = differences(client, server).find((difference) => difference.breaks);
  return { type: 'SCHEMA_MISMATCH', retry: false, ...(broken === undefined ? {} : { message: describeDifference(broken) }) };
}
