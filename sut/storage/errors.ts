/** What storages that outlive their process fail with, on a disk or in a browser. `name` is part of the contract: it survives bundling and is what callers compare. */

class StorageOnDiskError extends Error {
  override readonly name: string = 'StorageOnDiskError';
}

/** The package `lmdb`, an optional dependency, is not installed or has no binary for this machine. */
export class LmdbMissingError extends StorageOnDiskError {
  override readonly name = 'LmdbMissingError';
  constructor(cause: unknown) {
    super(`The package lmdb is not there for ${process.platform}-${process.arch}: npm install lmdb`, { cause });
  }
}

/** Somebody else has the folder open: another process, or this one. One at a time may. */
export class StorageInUseError extends StorageOnDiskError {
  override readonly name = 'StorageInUseError';
  constructor(folder: string) {
    super(`${folder} is in use: one process may open it at a time.`);
  }
}

/** What lies there is no storage of this kind, or one of a format that this version does not read. Nothing was changed. */
export class StorageFormatError extends StorageOnDiskError {
  override readonly name = 'StorageFormatError';
}

/** What lies there is of this format, and yet it is not what was written. Nothing was changed. */
export class StorageDamagedError extends StorageOnDiskError {
  override readonly name = 'StorageDamagedError';
}

/**
 * The entry at `index` of the batch can never be kept, whatever else is: it is not of a kind that this storage can write. Nothing of the batch is kept.
 */
export class StorageRefusedError extends StorageOnDiskError {
  override readonly name = 'StorageRefusedError';
  readonly index: number;
  constructor(index: number, cause?: unknown) {
    super('The storage cannot take the entry.', { cause });
    this.index = index;
  }
}

/** There is no space, or no more of it for this user. Nothing of what was asked for is kept. */
export class StorageFullError extends StorageOnDiskError {
  override readonly name = 'StorageFullError';
}

/** The disk failed in another way. What was asked for may be kept or not. */
export class StorageDiskError extends StorageOnDiskError {
  override readonly name = 'StorageDiskError';
}

/** It was closed. */
export class StorageClosedError extends StorageOnDiskError {
  override readonly name = 'StorageClosedError';
  constructor(folder: string) {
    super(`${folder} was closed.`);
  }
}

/** A copy goes to a folder that is empty, or not there yet. */
export class BackupTargetError extends StorageOnDiskError {
  override readonly name = 'BackupTargetError';
  constructor(folder: string) {
    super(`${folder} is no empty folder: a backup goes to one of its own.`);
  }
}

/** What is needed is not there: IndexedDB or Web Locks. A page has them where it is served securely (https, or from localhost), and its user allows it to keep data. */
export class StorageUnavailableError extends StorageOnDiskError {
  override readonly name = 'StorageUnavailableError';
}

/** A newer version of the application is to be let in, and a tab that has an older one open does not go away. */
export class StorageBlockedError extends StorageOnDiskError {
  override readonly name = 'StorageBlockedError';
  constructor(database: string) {
    super(`${database} waits for another tab, which has an older version of it open. Close that tab, or load it again.`);
  }
}

/** The browser, or its user, has taken away what was kept here. Nothing is kept under it any more: load the page again, which begins as somebody else. */
export class StorageLostError extends StorageOnDiskError {
  override readonly name = 'StorageLostError';
  constructor(database: string) {
    super(`${database} does not hold any more what this tab kept there: the browser or its user has removed it.`);
  }
}
