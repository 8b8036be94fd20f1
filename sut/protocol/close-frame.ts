/** Close reasons as text of a WebSocket close frame, which holds 123 bytes at most: the message gives way, never the type. */
import type { ClientCloseType, CloseFrame, ServerCloseType } from './frames.ts';
import { isFields } from './shape.ts';
import { isLongerThan } from './text-size.ts';

const limitBytes = 123;

const closeTypes: Readonly<Record<ServerCloseType | ClientCloseType, true>> = {
  UNAUTHORIZED: true,
  TOKEN_EXPIRED: true,
  ROLES_MISMATCH: true,
  SCHEMA_MISMATCH: true,
  SLOW_READER: true,
  INTERNAL_ERROR: true,
  LIMIT_EXCEEDED: true,
  UNKNOWN: true,
  MANUAL_DISCONNECT: true,
  CONNECTION_OVERRIDE: true,
};

function isCloseType(value: unknown): value is CloseFrame['type'] {
  return typeof value === 'string' && Object.hasOwn(closeTypes, value);
}

/** The beginning of a message, at most as long as a close frame could hold; not cut within a character. */
export function cutMessage(message: string): string {
  if (message.length <= limitBytes) return message;
  const beginning = message.slice(0, limitBytes);
  return /[\uD800-\uDBFF]$/.test(beginning) ? beginning.slice(0, -1) : beginning;
}

/** A message too long is cut at its end, between characters. It may be of any length: a peer's own words can be part of it. */
export function encodeCloseFrame({ type, retry, message }: CloseFrame): string {
  const characters = [...cutMessage(message ?? '')];
  while (characters.length > 0) {
    const encoded = JSON.stringify({ type, retry, message: characters.join('') });
    if (!isLongerThan(encoded, limitBytes)) return encoded;
    characters.pop();
  }
  return JSON.stringify({ type, retry });
}

function parse(reason: string): unknown {
  try {
    return JSON.parse(reason);
  } catch {
    return undefined;
  }
}

/** Null where the text is no close reason of this protocol, as after a network loss. */
export function decodeCloseFrame(reason: string): CloseFrame | null {
  if (reason === '') return null;
  const frame = parse(reason);
  if (!isFields(frame) || !isCloseType(frame.type) || typeof frame.retry !== 'boolean') return null;
  const { type, retry, message } = frame;
  return typeof message === 'string' ? { type, retry, message } : { type, retry };
}
