/** What a write is: the changes that it makes, and how far it has come (W1, W3, W4). */
import type { Row, Value } from '../../vocabulary/values.ts';
import type { Position } from './position.ts';

export type Version = number;

/** One operation of a write, as it stands in an outbox and in the log (W1, W3). */
export type Change =
  | { readonly kind: 'insert'; readonly collection: string; readonly id: string; readonly generation: string; readonly row: Row }
  | {
      readonly kind: 'update';
      readonly collection: string;
      readonly id: string;
      readonly generation: string;
      readonly changes: Readonly<Record<string, Value>>;
    }
  | { readonly kind: 'delete'; readonly collection: string; readonly id: string; readonly generation: string };

/** A transaction of one or several changes (W4). */
export interface Write {
  /** Names it over the whole run, wherever it is found: in a copy of a storage too. The generation that it begins is called so, until a fork renames it. */
  readonly key: string;
  /** The number of the client id under which it has its sequence number. */
  readonly epoch: number;
  readonly sequence: number;
  /** The id that it said on the wire; null: none yet. */
  readonly id: string | null;
  /** It may have been sent already, by this process or the one before it. */
  readonly sent: boolean;
  readonly changes: readonly Change[];
  /** Whether the client's storage holds it: before that it is not sent (W1). */
  readonly stored: boolean;
  /** What the server decided, and where in its log that is; an error: rejected. */
  readonly decided: (Position & { readonly error: string | null }) | null;
  /** Whether the client heard its acknowledgement, and so took it out of its outbox. */
  readonly acknowledged: boolean;
  /** Whether the client heard that it was rejected, and so rolled it back (W4). */
  readonly isRolledBack: boolean;
  /** Answered, and yet held by storage: that failed to forget it, or is not asked to before it holds what was heard (K3). */
  readonly lingers: 'failed' | 'behindHeard' | null;
  /** A process found it that it was to be gone for: pending for every subscription until it is answered again (K3). */
  readonly waitsAgain: boolean;
  /** Made under another schema, it has a value of another type than that of this process: it waits, unseen (K2). */
  readonly isUnseen: boolean;
}

/** In the outbox: neither acknowledged nor rejected. */
export function isUnanswered({ acknowledged, isRolledBack }: Write): boolean {
  return !acknowledged && !isRolledBack;
}

/** A write as it was said on a connection: what it changes goes with it, whatever becomes of its client. */
export type SentWrite = Pick<Write, 'key' | 'sequence' | 'changes'> & {
  /** null: the system says none. */
  readonly id: string | null;
  readonly resent: boolean;
  readonly answered: number;
};

/** One operation as its user calls it, alone or in a transaction. */
export interface InsertOperation {
  readonly do: 'insert';
  readonly collection: string;
  readonly row: Row;
}
export interface UpdateOperation {
  readonly do: 'update';
  readonly collection: string;
  readonly id: string;
  readonly changes: Readonly<Record<string, Value>>;
}
export interface DeleteOperation {
  readonly do: 'delete';
  readonly collection: string;
  readonly id: string;
}
export type TransactionOperation = InsertOperation | UpdateOperation | DeleteOperation;
