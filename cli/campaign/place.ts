/**
 * Where a campaign is written: a folder of its own, `<seed>-<n>`, beside those before it, or the one that `--out` names. A
 * checkout that cannot be written is run all the same: then the folder is a temporary one, and that is said.
 */
import { existsSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { journalName } from '../../properties/simulate/journal/read.ts';
import { keepBundlesIn, usualBundlesFolder } from '../../tools/bundle.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { checkFolder } from '../check-folder.ts';
import { sayPath } from '../shared.ts';
import type { OutputStream } from '../verb.ts';
import { codeOf } from './troubles.ts';

export type PlaceKind = 'runs' | 'gates';

export interface Place {
  /** Makes the folder. Null where nothing can be written anywhere. */
  open(seed: number): string | null;
}

/** Said before anything is bundled, since bundles are written too. @throws {UsageError} where `out` cannot be written, or holds a campaign */
export function choosePlace(kind: PlaceKind, out: string | undefined, err: OutputStream): Place {
  if (out !== undefined) return givenPlace(out);
  const usual = usualFolder(kind);
  const [trouble, noBundles] = [whyNotWritable(usual), whyNotWritable(usualBundlesFolder())];
  const why = trouble ?? noBundles;
  const base = why === null ? usual : temporaryFolder(usual, why, err);
  keepBundlesIn(noBundles === null || base === null ? undefined : join(base, 'bundles'));
  return { open: (seed) => (base === null ? null : openNext(base, seed, err)) };
}

function givenPlace(out: string): Place {
  const folder = resolve(out);
  if ((statSync(join(folder, journalName), { throwIfNoEntry: false })?.size ?? 0) > 0) {
    throw new UsageError(`--out: ${sayPath(folder)} holds a campaign; lockstep resume ${sayPath(folder)} goes on with it`);
  }
  checkFolder('--out', folder);
  keepBundlesIn(join(folder, 'bundles'));
  return {
    open: () => {
      mkdirSync(folder, { recursive: true });
      return folder;
    },
  };
}

/** For a campaign that goes on: its bundles go where they went before. */
export function bundleBeside(folder: string): void {
  const isUsual = dirname(realPath(folder)) === realPath(usualFolder('runs')) && whyNotWritable(usualBundlesFolder()) === null;
  keepBundlesIn(isUsual ? undefined : join(folder, 'bundles'));
}

export function usualFolder(kind: PlaceKind): string {
  return join(repositoryRoot(), 'reports', 'out', kind);
}

function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

function whyNotWritable(folder: string): string | null {
  try {
    checkFolder('', folder);
    return null;
  } catch (error) {
    return error instanceof UsageError ? error.message.replace(/^: /u, '') : codeOf(error);
  }
}

function temporaryFolder(usual: string, why: string, err: OutputStream): string | null {
  try {
    const folder = mkdtempSync(join(tmpdir(), 'lockstep-'));
    err.write(`lockstep: ${why}, so this goes to ${folder}\n`);
    return folder;
  } catch (error) {
    err.write(`lockstep: neither ${sayPath(usual)} nor ${tmpdir()} can be written (${codeOf(error)}), so nothing is\n`);
    return null;
  }
}

/** The first number that is free, whoever else begins one now. */
function openNext(base: string, seed: number, err: OutputStream): string | null {
  try {
    mkdirSync(base, { recursive: true });
    for (let number = 1; ; number += 1) {
      const name = `${seed}-${number}`;
      if (!makeNew(join(base, name))) continue;
      pointLatestTo(base, name);
      return join(base, name);
    }
  } catch (error) {
    err.write(`lockstep: ${sayPath(base)} cannot be written (${codeOf(error)}), so nothing is\n`);
    return null;
  }
}

/** False where it is there already. */
function makeNew(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

export const latestName = 'latest';

/** A link, or where the system makes none, a file that holds the name. */
function pointLatestTo(base: string, name: string): void {
  const path = join(base, latestName);
  const unfinished = `${path}.${process.pid}`;
  try {
    symlinkSync(name, unfinished);
    renameSync(unfinished, path);
  } catch {
    rmSync(unfinished, { force: true });
    rmSync(path, { force: true });
    writeFileSync(path, `${name}\n`);
  }
}
