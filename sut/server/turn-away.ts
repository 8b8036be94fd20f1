/** A connection that is not taken: it hears why, and is heard no more. */
import { encodeCloseFrame } from '../protocol/codec.ts';
import { type CloseFrame, closeCode } from '../protocol/frames.ts';
import type { Connection, ConnectionEvents } from '../runtime/ports.ts';

export function turnAway(connection: Connection, closing: CloseFrame): ConnectionEvents {
  connection.close(closeCode, encodeCloseFrame(closing));
  return { onMessage() {}, onClose() {} };
}
