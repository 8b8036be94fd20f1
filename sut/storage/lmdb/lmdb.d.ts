/**
 * As much of the package `lmdb` as is used here, in its own names. It stands in the place of the package's types, so that the project can be
 * checked on a machine where that optional package is not installed.
 */
declare module 'lmdb' {
  export interface RangeOptions {
    readonly start: Uint8Array;
    readonly end: Uint8Array;
  }

  /** Bytes by bytes, as this project opens it. */
  export interface Database {
    get(key: Uint8Array): Buffer | undefined;
    put(key: Uint8Array, value: Buffer): Promise<boolean>;
    putSync(key: Uint8Array, value: Buffer): boolean;
    remove(key: Uint8Array): Promise<boolean>;
    getKeys(options?: RangeOptions): Iterable<Buffer>;
    getKeysCount(): number;
    getRange(options?: RangeOptions): Iterable<{ readonly key: Buffer; readonly value: Buffer }>;
    /** Of LMDB's own account; which fields there are depends on how it was built. */
    getStats(): object;
    /** All that is done in the call is one transaction. Resolves when it is committed. */
    batch(action: () => void): Promise<boolean>;
    /** Resolves when what was committed is flushed. */
    readonly flushed: PromiseLike<unknown>;
    transactionSync<Result>(action: () => Result): Result;
    useReadTransaction(): { done(): void };
    /** A line for each process, or transaction, that is in the table of readers. */
    readerList(): string;
    /** Takes those out whose process is gone. */
    readerCheck(): number;
    backup(folder: string, compact: boolean): Promise<void>;
    close(): Promise<void>;
  }

  export interface DatabaseOptions {
    readonly noSubdir?: boolean;
    readonly overlappingSync?: boolean;
    readonly eventTurnBatching?: boolean;
    readonly txnStartThreshold?: number;
    readonly encoding?: 'binary';
    readonly keyEncoding?: 'binary';
  }

  export function open(path: string, options: DatabaseOptions): Database;
}
