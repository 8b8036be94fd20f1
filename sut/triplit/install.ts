/**
 * Installs a set of packages in a folder of its own and puts that in place when it is whole: an installation that is
 * broken off or fails leaves what was there.
 */
import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleSet } from './bundle.ts';
import {
  defaultSetName,
  defaultVersions,
  isSetName,
  type PackageName,
  packageNames,
  publishedFolder,
  setFolder,
  type Versions,
} from './sets.ts';

/** Calls back at an interruption; answers how to stop listening. */
type OnInterrupt = (callback: () => void) => () => void;

/** How an installation ended; a complaint tells in one line why it could not be. */
export type InstallationEnd = 'installed' | 'interrupted' | { readonly complaint: string };

const about = `Installs a set of the packages of Triplit from npm into sut/triplit/sets/NAME, several sets side by side, for
simulate, replay, show and gate --system triplit. Nothing of it is installed with Lockstep itself, and no script of a
package is run. The packages are under the AGPL; they are used as they are, through their public interface. A set that
is there already is replaced when the new one is whole.`;

/** `root` is the folder of this repository. */
export function installationIn(root: string) {
  const given = defaultVersions(root);
  return {
    about,
    packages: packageNames.map((name) => ({ option: name.slice('@triplit/'.length), name, given: given[name] })),
    givenBy: 'sut/triplit/package.json',
    example: '--client 1.0.40 --db 1.1.2 --name older',
    isSetName,
    install: (name: string, asked: Readonly<Record<string, string>>, onInterrupt: OnInterrupt) =>
      installSet(root, name, { ...given, ...asked }, onInterrupt),
  };
}

async function installSet(root: string, name: string, versions: Versions, onInterrupt: OnInterrupt): Promise<InstallationEnd> {
  // No set has such a name, so nobody takes it for one.
  const unfinished = `.${name}.${process.pid}`;
  const folder = setFolder(root, unfinished);
  try {
    const end = await install(root, versions, folder, onInterrupt);
    if (end !== 'installed') return end;
    const complaint = await complaintOfBundling(root, unfinished);
    if (complaint !== null) return { complaint };
    rmSync(setFolder(root, name), { recursive: true, force: true });
    renameSync(folder, setFolder(root, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (name === defaultSetName) linkForReproductions(root);
  return 'installed';
}

/** In one line: versions that do not fit each other lack what another imports. Null: they were bundled. */
async function complaintOfBundling(root: string, name: string): Promise<string | null> {
  try {
    await bundleSet(root, name);
    return null;
  } catch (error) {
    const [, first] = (error instanceof Error ? error.message : String(error)).split('\n');
    const said = (first ?? String(error)).replace(/^.*? ERROR: /u, '').trim();
    return `its packages cannot be bundled, they do not fit each other: ${said}`;
  }
}

/** The versions of the project are installed from its lock file; others get one of their own. No script of a package is run. */
async function install(root: string, versions: Versions, folder: string, onInterrupt: OnInterrupt): Promise<InstallationEnd> {
  mkdirSync(folder, { recursive: true });
  const given = defaultVersions(root);
  const isLocked = packageNames.every((name: PackageName) => versions[name] === given[name]);
  if (isLocked) {
    for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(publishedFolder(root), file), join(folder, file));
  } else {
    // One version of each in the whole tree: what a package asks of another must not bring a second one.
    const manifest = { name: 'lockstep-published', private: true, type: 'module', dependencies: versions, overrides: versions };
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  }
  const words = [isLocked ? 'ci' : 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--omit=optional', '--loglevel=error'];
  return runNpm(words, folder, onInterrupt);
}

function runNpm(words: readonly string[], folder: string, onInterrupt: OnInterrupt): Promise<InstallationEnd> {
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
      settle(isInterrupted ? 'interrupted' : complaint === undefined ? 'installed' : { complaint });
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
