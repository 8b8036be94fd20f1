/** A commit, checked out in a scratch folder with the packages of this one. It is gone again when the process ends, however that comes. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';

export interface Tree {
  readonly folder: string;
  /** As people say it. */
  readonly name: string;
}

export interface Scratch {
  readonly folder: string;
  /** @throws {UsageError} for what is no commit */
  checkOut(revision: string): Tree;
  /** Everything goes; what goes on using it fails. */
  remove(): void;
}

function git(...words: readonly string[]): string {
  return execFileSync('git', ['-C', repositoryRoot(), ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

export function workTree(): Tree {
  return { folder: repositoryRoot(), name: 'the work tree' };
}

function commitOf(revision: string): string {
  try {
    return git('rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`);
  } catch {
    throw new UsageError(`there is no commit "${revision}"`);
  }
}

export function createScratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), 'lockstep-pairs-'));
  const remove = (): void => {
    if (!existsSync(folder)) return;
    rmSync(folder, { recursive: true, force: true });
    git('worktree', 'prune');
  };
  process.once('exit', remove);
  return {
    folder,
    checkOut(revision) {
      const commit = commitOf(revision);
      const place = join(folder, commit.slice(0, 12));
      if (!existsSync(place)) {
        git('worktree', 'add', '--detach', place, commit);
        symlinkSync(join(repositoryRoot(), 'node_modules'), join(place, 'node_modules'));
      }
      return { folder: place, name: commit.slice(0, 7) };
    },
    remove,
  };
}

/** Whether both ask for the same packages: they are measured with those of the work tree. */
export function haveSamePackages(one: Tree, other: Tree): boolean {
  const lock = ({ folder }: Tree): string => readFileSync(join(folder, 'package-lock.json'), 'utf8');
  return lock(one) === lock(other);
}
