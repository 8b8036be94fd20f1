/**
 * What LMDB's two files must be before lmdb-js opens them: where LMDB refuses a file, or finds no space for its table of locks,
 * lmdb-js 3.5 ends the process with a signal. So what is no file of LMDB is refused here, and the space is taken here.
 */
import { closeSync, existsSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { StorageFormatError } from '../errors.ts';

/** Behind the header of the first page. */
const magicAt = 24;
const magic = 0xbeefc0de;
const dataVersion = 2;
const headerBytes = magicAt + 8;
/** Room for the usual number of readers, and more. */
const lockBytes = 16_384;
/** More than LMDB writes until the first commit of ours, which takes its own. */
const emptyBytes = 65_536;

/** @throws StorageFormatError, and what the file system throws */
export function prepareFiles(dataFile: string, lockFile: string): void {
  if (existsSync(dataFile) && !isDataFile(readHeader(dataFile)))
    throw new StorageFormatError(`${dataFile} is no file of LMDB, or one of another version of it.`);
  if (!existsSync(dataFile)) probe(`${dataFile}.probe`);
  if (!existsSync(lockFile)) reserve(lockFile);
}

/** Whether there is space for an empty one. */
function probe(path: string): void {
  try {
    writeFileSync(path, Buffer.alloc(emptyBytes));
  } finally {
    rmSync(path, { force: true });
  }
}

/** One that is empty was begun, and is as good as none. */
function isDataFile(header: Buffer): boolean {
  if (header.length === 0) return true;
  return header.length === headerBytes && header.readUInt32LE(magicAt) === magic && header.readUInt32LE(magicAt + 4) === dataVersion;
}

function readHeader(path: string): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const header = Buffer.alloc(headerBytes);
    return header.subarray(0, readSync(descriptor, header, 0, headerBytes, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** LMDB takes zeros for a table that nobody uses. Another process that comes first has made it. */
function reserve(path: string): void {
  try {
    writeFileSync(path, Buffer.alloc(lockBytes), { flag: 'wx' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return;
    rmSync(path, { force: true });
    throw error;
  }
}
