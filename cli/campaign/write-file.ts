/** Writes a file whole or not at all: whoever reads it sees the old one or the new one, even after a sudden end. */
import { closeSync, fdatasyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { codeOf } from './troubles.ts';

export function writeWhole(path: string, text: string): void {
  const unfinished = `${path}.${process.pid}.unfinished`;
  try {
    const file = openSync(unfinished, 'w');
    try {
      writeFileSync(file, text);
      flush(file);
    } finally {
      closeSync(file);
    }
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

/** What cannot be asked of some file systems, nor under the permission model of Node: then it is up to them. */
const cannotFlush: readonly string[] = ['EINVAL', 'ENOTSUP', 'ERR_ACCESS_DENIED'];

/** Has what was written on the disk, where that can be asked for. */
export function flush(file: number): void {
  try {
    fdatasyncSync(file);
  } catch (error) {
    if (!cannotFlush.includes(codeOf(error))) throw error;
  }
}
