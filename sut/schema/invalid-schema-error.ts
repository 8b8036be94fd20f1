/** What is given as a schema is none, to client or server. */
import { ProtocolError } from '../protocol/protocol-error.ts';

/** The message names the place. A clause of a permission with a value that its operator cannot take is among that (Q1, P1). */
export class InvalidSchemaError extends Error {
  override readonly name = 'InvalidSchemaError';
}

/** Reading is the same as for frames; whose mistake it is, is not. */
export function asSchema<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof ProtocolError ? new InvalidSchemaError(error.message) : error;
  }
}
