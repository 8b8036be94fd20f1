/** Finds the campaign that a word of the command line means: a folder, or the latest. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Journal, journalName, readJournal } from '../../properties/simulate/journal/read.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { sayPath } from '../shared.ts';
import { latestName, usualFolder } from './place.ts';

/** @throws {UsageError} where there is none */
export function findJournal(word: string): Journal {
  const folder = folderOf(word);
  if (existsSync(join(folder, journalName))) return { ...readJournal(folder), folder: sayPath(folder) };
  throw new UsageError(`${word === latestName ? 'there is no campaign' : `${sayPath(folder)} holds no campaign`} (no ${journalName})`);
}

function folderOf(word: string): string {
  const path = word === latestName && !existsSync(word) ? join(usualFolder('runs'), latestName) : resolve(word);
  const isPointer = basename(path) === latestName && statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  return isPointer ? join(path, '..', readFileSync(path, 'utf8').trim()) : path;
}
