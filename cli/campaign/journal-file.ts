/** Appends to the journal of a campaign. A line is on the disk when the call comes back; after a first trouble no more is written, so that what stands there stays whole. */
import { closeSync, openSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalLine } from '../../properties/simulate/journal/lines.ts';
import { journalName } from '../../properties/simulate/journal/read.ts';
import { sayPath } from '../shared.ts';
import type { Troubles } from './troubles.ts';
import { flush } from './write-file.ts';

export interface JournalFile {
  write(...lines: readonly JournalLine[]): void;
  close(): void;
}

/** `wholeBytes`: what of an earlier process is kept. Without a folder nothing is written. */
export function openJournalFile(folder: string | null, troubles: Troubles, wholeBytes?: number): JournalFile {
  if (folder === null) return { write: () => {}, close: () => {} };
  const path = join(folder, journalName);
  const what = sayPath(path);
  let file = troubles.attempt(what, () => {
    if (wholeBytes !== undefined) truncateSync(path, wholeBytes);
    return openSync(path, 'a');
  });
  const close = (): void => {
    if (file !== undefined) closeSync(file);
    file = undefined;
  };
  return {
    write: (...lines) => {
      const open = file;
      if (open === undefined) return;
      const isWritten = troubles.attempt(what, () => {
        writeAll(open, Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join('')));
        flush(open);
        return true;
      });
      if (isWritten !== true) close();
    },
    close,
  };
}

/** A disk that is nearly full takes a part. */
function writeAll(file: number, bytes: Buffer): void {
  let written = 0;
  while (written < bytes.length) written += writeSync(file, bytes, written);
}
