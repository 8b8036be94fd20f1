/** The errors that calls of the client reject with. `name` is part of the contract: it survives bundling and is what callers compare. */
import { type BoundName, type Bounds, limitExceeded, sayBound } from '../protocol/bounds.ts';
import { quoted } from '../protocol/quoted.ts';

export class SyncError extends Error {
  override readonly name: string = 'SyncError';
}

/** The call needs a session and there is none, or the session ended or was replaced before the answer (S3). */
export class NoActiveSessionError extends SyncError {
  override readonly name = 'NoActiveSessionError';
  constructor() {
    super('There is no active session.');
  }
}

/** The token is no JSON Web Token that can be read (RFC 7519). */
export class TokenDecodingError extends SyncError {
  override readonly name = 'TokenDecodingError';
  constructor() {
    super('The token could not be decoded.');
  }
}

/** The token's `exp` lies in the past by the client's own clock. */
export class TokenExpiredError extends SyncError {
  override readonly name = 'TokenExpiredError';
  constructor() {
    super('The token is expired.');
  }
}

/** The token has other roles than the session: that takes a new session (S6). */
export class SessionRolesMismatchError extends SyncError {
  override readonly name = 'SessionRolesMismatchError';
  constructor() {
    super('The token has other roles than the session. Use startSession to change roles.');
  }
}

export type TokenRefusal = 'UNAUTHORIZED' | 'TOKEN_EXPIRED';

/** The server refused the token; the session goes on with its old one (S3). */
export class TokenRefusedError extends SyncError {
  override readonly name = 'TokenRefusedError';
  readonly reason: TokenRefusal;
  constructor(reason: TokenRefusal) {
    super(`The server refused the token: ${reason}.`);
    this.reason = reason;
  }
}

/** Update or delete of a row that the client does not hold (W3). */
export class EntityNotFoundError extends SyncError {
  override readonly name = 'EntityNotFoundError';
  constructor(collection: string, id: string) {
    super(`There is no entity ${quoted(id)} in collection ${quoted(collection)}.`);
  }
}

/** A write or query over a bound that the server has (B3, B4): it would be refused there. The message names the bound. */
export class LimitExceededError extends SyncError {
  override readonly name = limitExceeded;
  /** Which bound. */
  readonly bound: BoundName;
  constructor(bound: BoundName, bounds: Bounds) {
    super(`${sayBound(bound, bounds)}.`);
    this.bound = bound;
  }
}

/** The schema has no collection of that name. */
export class CollectionNotFoundError extends SyncError {
  override readonly name = 'CollectionNotFoundError';
  constructor(collection: string) {
    super(`The schema has no collection ${quoted(collection)}.`);
  }
}

/** A value that the schema, or the wire, has no place for. The message names the attribute. */
export class InvalidValueError extends SyncError {
  override readonly name = 'InvalidValueError';
}

/** What is asked for is no query: the message says where. A value that its operator cannot take is among that (Q1). */
export class InvalidQueryError extends SyncError {
  override readonly name = 'InvalidQueryError';
}

/** Another live subscription of the client bears that name (Q4). */
export class SubscriptionNameInUseError extends SyncError {
  override readonly name = 'SubscriptionNameInUseError';
  constructor(subscriptionName: string) {
    super(`A live subscription is called ${quoted(subscriptionName)} already.`);
  }
}

/** The client's storage failed to load or to keep something; `cause` tells why. */
export class StorageError extends SyncError {
  override readonly name = 'StorageError';
  constructor(doing: string, cause: unknown) {
    super(`The client's storage failed to ${doing}.`, { cause });
  }
}

/** An error that the server told about a write or a subscription, under the server's name for it. */
export class RemoteError extends SyncError {
  override readonly name: string;
  constructor(error: { readonly name: string; readonly message: string }) {
    super(error.message);
    this.name = error.name;
  }
}

/** The server does not know any more whether the write was applied: too many others of this client came after it (W1). */
export class WriteOutcomeUnknownError extends SyncError {
  override readonly name = 'WriteOutcomeUnknownError';
}

/** The server's log is another than the one in which the client saw the row: what was to become of it cannot be said (W2). */
export class LogReplacedError extends SyncError {
  override readonly name = 'LogReplacedError';
  constructor() {
    super('The log of the server was replaced, and the write concerns a row of the former one.');
  }
}

/** `clear` came before storage had kept the write: it never was (K1). */
export class WriteDiscardedError extends SyncError {
  override readonly name = 'WriteDiscardedError';
  constructor() {
    super('The write was discarded by clear.');
  }
}

/** An operation was asked of a transaction that is over. */
export class TransactionEndedError extends SyncError {
  override readonly name = 'TransactionEndedError';
  constructor() {
    super('The transaction is over: its operations are made before its callback is done.');
  }
}
