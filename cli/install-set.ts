/**
 * Installs a set of published packages in a folder of its own and puts that in place when it is whole: an installation
 * that is broken off or fails leaves what was there.
 */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleSet } from '../sut/triplit/bundle.ts';
import { defaultSetName, defaultVersions, packageNames, publishedFolder, setFolder, type Versions } from '../sut/triplit/sets.ts';
import { UsageError } from '../tools/usage-error.ts';
import type { Surroundings } from './verb.ts';

export interface SetToInstall {
  readonly root: string;
  readonly name: string;
  readonly versions: Versions;
}

/** Whether it is installed; false after Ctrl-C. @throws {UsageError} where npm cannot install it. */
export async function installSet(set: SetToInstall, surroundings: Pick<Surroundings, 'onInterrupt'>): Promise<boolean> {
  const { root, name } = set;
  // No set has such a name, so nobody takes it for one.
  const unfinished = `.${name}.${process.pid}`;
  const folder = setFolder(root, unfinished);
  try {
    if (!(await install(set, folder, surroundings))) return false;
    await bundleSet(root, unfinished);
    rmSync(setFolder(root, name), { recursive: true, force: true });
    renameSync(folder, setFolder(root, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (name === defaultSetName) linkForReproductions(root);
  return true;
}

/** The versions of the project are installed from its lock file; others get one of their own. No script of a package is run. */
async function install(
  { root, versions }: SetToInstall,
  folder: string,
  surroundings: Pick<Surroundings, 'onInterrupt'>,
): Promise<boolean> {
  mkdirSync(folder, { recursive: true });
  const isLocked = isSame(versions, defaultVersions(root));
  if (isLocked) {
    for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(publishedFolder(root), file), join(folder, file));
  } else {
    // One version of each in the whole tree: what a package asks of another must not bring a second one.
    const manifest = { name: 'lockstep-published', private: true, type: 'module', dependencies: versions, overrides: versions };
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  }
  const words = [isLocked ? 'ci' : 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--omit=optional', '--loglevel=error'];
  const ended = await runNpm(words, folder, surroundings);
  if (ended.isInterrupted) return false;
  if (ended.complaint !== undefined) throw new UsageError(`npm could not install this set: ${ended.complaint}`);
  return true;
}

interface EndedNpm {
  readonly isInterrupted: boolean;
  /** Undefined: it is done. */
  readonly complaint: string | undefined;
}

function runNpm(words: readonly string[], folder: string, { onInterrupt }: Pick<Surroundings, 'onInterrupt'>): Promise<EndedNpm> {
  return new Promise((settle) => {
    const npm = spawn('npm', words, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    let isInterrupted = false;
    const stopListening = onInterrupt(() => {
      isInterrupted = true;
      npm.kill();
    });
    const end = (complaint: string | undefined): void => {
      stopListening();
      settle({ isInterrupted, complaint });
    };
    npm.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    npm.on('error', (error) => end(error.message));
    npm.on('close', (code) => end(code === 0 ? undefined : firstComplaint(said)));
  });
}

/** The first line that says something to a reader. */
export function firstComplaint(text: string): string {
  const lines = text
    .split('\n')
    .filter((line) => !/^npm warn /iu.test(line))
    .map((line) => line.replace(/^npm (error|ERR!)\s*((notarget|network|404|403|401)\s)?/u, '').trim());
  return lines.find((line) => line !== '' && !/^(code|errno|syscall|path|dest) /u.test(line)) ?? 'npm did not say why';
}

/** Whoever runs a reproduction by itself finds the packages of the default set above it. */
function linkForReproductions(root: string): void {
  const link = join(publishedFolder(root), 'node_modules');
  rmSync(link, { recursive: true, force: true });
  symlinkSync(join('sets', defaultSetName, 'node_modules'), link, 'junction');
}

function isSame(one: Versions, other: Versions): boolean {
  return packageNames.every((name) => one[name] === other[name]);
}
