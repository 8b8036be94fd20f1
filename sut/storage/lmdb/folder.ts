/** Folders that outlive a crash of the machine: a new file is there for good once the folder that names it is flushed too. */
import {
  closeSync,
  constants,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** For its owner alone: a client's storage holds a secret, and the log holds everybody's rows. */
const ownerOnly = 0o700;

/** Its real path, made where it is not there. */
export function makeFolder(path: string): string {
  mkdirSync(path, { recursive: true, mode: ownerOnly });
  return realpathSync(path);
}

/** A new one under a name that nobody has: on the same disk, so that it can take the place of what it lies beside. */
export function makeFolderBeside(path: string): string {
  makeFolder(dirname(path));
  return mkdtempSync(`${path}.`);
}

/** A file is neither. */
export function isEmptyOrMissing(path: string): boolean {
  if (!existsSync(path)) return true;
  return statSync(path).isDirectory() && readdirSync(path).length === 0;
}

export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

/** Whatever any process wrote into it. Windows flushes no folders. */
export function flushFolder(path: string): void {
  if (process.platform === 'win32') return;
  for (const folder of [path, dirname(path)]) flush(folder, constants.O_RDONLY, fsyncSync);
}

export function flushFile(path: string): void {
  flush(path, constants.O_RDWR, fdatasyncSync);
}

function flush(path: string, flags: number, sync: (descriptor: number) => void): void {
  const descriptor = openSync(path, flags);
  try {
    sync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
