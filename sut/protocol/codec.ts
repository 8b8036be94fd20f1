/**
 * Frames to text and back. Encoding trusts its own side's types; decoding trusts nothing and throws a ProtocolError
 * that says what is wrong.
 */
import type { ClientFrame, ServerFrame } from './frames.ts';
import { FrameTooLongError } from './protocol-error.ts';
import { readClientFrame } from './read-client-frame.ts';
import { readServerFrame } from './read-server-frame.ts';
import { type Fields, fail, fields } from './shape.ts';
import { isLongerThan } from './text-size.ts';

export { cutMessage, decodeCloseFrame, encodeCloseFrame } from './close-frame.ts';
export { FrameTooLongError, ProtocolError } from './protocol-error.ts';

/** The longest frame that a server takes from a client unless told otherwise, in bytes. What a server sends is not limited: an answer is as long as its rows. */
export const frameLimitBytes = 1_048_576;

export function encodeClientFrame(frame: ClientFrame): string {
  return JSON.stringify(frame);
}

/** Whether a server with that bound would refuse the frame for its length. */
export function isTooLong(frame: ClientFrame, { frameBytesMax }: FrameLimits): boolean {
  return isLongerThan(encodeClientFrame(frame), frameBytesMax);
}

export function encodeServerFrame(frame: ServerFrame): string {
  return JSON.stringify(frame);
}

function parseFrame(data: string): Fields {
  let parsed: unknown;
  try {
    parsed = JSON.parse(data);
  } catch {
    return fail('a frame must be JSON');
  }
  return fields(parsed, 'a frame');
}

/** A bound on frames as it may be asked for; the usual one without. @throws RangeError for what bounds nothing */
export function frameLimitOf(frameBytesMax: number | undefined): number {
  const limit = frameBytesMax ?? frameLimitBytes;
  if (Number.isSafeInteger(limit) && limit > 0) return limit;
  throw new RangeError(`frameBytesMax must be a whole number of bytes, at least 1, not ${limit}`);
}

export interface FrameLimits {
  /** In UTF-8. */
  readonly frameBytesMax: number;
}

/** For what is longer than that. */
export function frameTooLong(frameBytesMax: number): FrameTooLongError {
  return new FrameTooLongError(`over frameBytesMax: ${frameBytesMax} bytes of a frame at most`);
}

/** Throws a ProtocolError for whatever is no frame (B1), a FrameTooLongError for what is longer than allowed (B5). */
export function decodeClientFrame(data: string, { frameBytesMax }: FrameLimits = { frameBytesMax: frameLimitBytes }): ClientFrame {
  if (isLongerThan(data, frameBytesMax)) throw frameTooLong(frameBytesMax);
  return readClientFrame(parseFrame(data));
}

export function decodeServerFrame(data: string): ServerFrame {
  return readServerFrame(parseFrame(data));
}
