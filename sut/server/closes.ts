/** The closes that the server decides on, beside those of tokens and roles. */
import { type BoundName, type Bounds, sayBound } from '../protocol/bounds.ts';
import { cutMessage } from '../protocol/codec.ts';
import type { CloseFrame } from '../protocol/frames.ts';
import { describeDifference, differences } from '../schema/difference.ts';
import type { PlainSchema } from '../schema/types.ts';

/** The peer broke the protocol: it would do so again, so it is told not to come back by itself. Its own words may be in the message. */
export function protocolViolation(message: string): CloseFrame {
  return { type: 'INTERNAL_ERROR', retry: false, message: cutMessage(message) };
}

/** It sent more than the server takes, and would do so again (B5). */
export function overLength(message: string): CloseFrame {
  return { type: 'LIMIT_EXCEEDED', retry: false, message };
}

/** There is no room for it, or no time: another time there may be (B5). */
export function overBound(name: BoundName, bounds: Bounds): CloseFrame {
  return { type: 'LIMIT_EXCEEDED', retry: true, message: sayBound(name, bounds) };
}

/** Something failed on this side that may work another time. */
export function temporaryFailure(message: string): CloseFrame {
  return { type: 'INTERNAL_ERROR', retry: true, message };
}

/** Its reader fell behind and did not catch up in time (B6). */
export function slowReader({ queueDrainMs }: Bounds): CloseFrame {
  return { type: 'SLOW_READER', retry: true, message: `What was sent was not read within ${queueDrainMs} ms.` };
}

/** The client's schema cannot live with the server's; names the first reason (C2, C4). */
export function schemaMismatch(client: PlainSchema | null, server: PlainSchema | null): CloseFrame {
  const broken = differences(client, server).find((difference) => difference.breaks);
  return { type: 'SCHEMA_MISMATCH', retry: false, ...(broken === undefined ? {} : { message: describeDifference(broken) }) };
}
