/** `lockstep published install`: brings a set of the published packages beside this project, never into it. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../properties/simulate/root.ts';
import { UsageError } from '../../properties/simulate/usage-error.ts';
import { bundleSet } from '../../sut/published/bundle.ts';
import {
  defaultSetName,
  defaultVersions,
  installedVersions,
  isSetName,
  packageNames,
  publishedFolder,
  setFolder,
  type Versions,
} from '../../sut/published/sets.ts';
import { type Options, readOptions } from '../options.ts';
import type { ExitCode, Surroundings, Verb } from '../verb.ts';

const help = `Usage: lockstep published install [options]

Installs a set of the published packages from npm into sut/published/sets/NAME, several sets side by side, for
simulate --system published and replay --system published. Nothing of it is installed with Lockstep itself.
The packages are under the AGPL; they are used as they are, through their public interface.

  --client V        the version of @triplit/client
  --server V        the version of @triplit/server
  --server-core V   the version of @triplit/server-core
  --db V            the version of @triplit/db
                    a version that is not given is that of sut/published/package.json
  --name NAME       what the set is called (${defaultSetName} unless told otherwise)
  --help            prints this

Example: lockstep published install --client 1.0.44 --db 1.1.8 --name older
`;

export const publishedVerb: Verb = { help, run };

async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const options = readOptions('published', words, {
    client: 'one value',
    server: 'one value',
    'server-core': 'one value',
    db: 'one value',
    name: 'one value',
  });
  const [action, unexpected] = options.positionals;
  if (action !== 'install') throw new UsageError('published knows "install"; see lockstep published --help');
  if (unexpected !== undefined) throw new UsageError(`published install takes no argument "${unexpected}"`);
  const root = repositoryRoot();
  const name = readName(options);
  const versions = readVersions(options, defaultVersions(root));
  surroundings.err.write(`lockstep: installing ${sayVersions(versions)} as ${name}\n`);
  install(root, name, versions, isSame(versions, defaultVersions(root)));
  await bundleSet(root, name);
  if (name === defaultSetName) linkForReproductions(root);
  surroundings.out.write(`installed ${name}: ${sayVersions(installedVersions(root, name))}\n`);
  return 0;
}

function readName(options: Options): string {
  const name = options.value('name') ?? defaultSetName;
  if (!isSetName(name)) throw new UsageError(`--name must be letters, digits, dots and dashes, not ${JSON.stringify(name)}`);
  return name;
}

function readVersions(options: Options, given: Versions): Versions {
  const read = (option: string, otherwise: string): string => {
    const version = options.value(option) ?? otherwise;
    if (!/^\d+\.\d+\.\d+[A-Za-z0-9.-]*$/u.test(version))
      throw new UsageError(`--${option} must be a version, not ${JSON.stringify(version)}`);
    return version;
  };
  return {
    '@triplit/client': read('client', given['@triplit/client']),
    '@triplit/server': read('server', given['@triplit/server']),
    '@triplit/server-core': read('server-core', given['@triplit/server-core']),
    '@triplit/db': read('db', given['@triplit/db']),
  };
}

function isSame(one: Versions, other: Versions): boolean {
  return packageNames.every((name) => one[name] === other[name]);
}

function sayVersions(versions: Versions): string {
  return packageNames.map((name) => `${name} ${versions[name]}`).join(', ');
}

/** The versions of the project are installed from its lock file; others get one of their own. No script of a package is run. */
function install(root: string, name: string, versions: Versions, isLocked: boolean): void {
  const folder = setFolder(root, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  if (isLocked) {
    for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(publishedFolder(root), file), join(folder, file));
  } else {
    // One version of each in the whole tree: what a package asks of another must not bring a second one.
    const manifest = { name: 'lockstep-published', private: true, type: 'module', dependencies: versions, overrides: versions };
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  }
  const words = [isLocked ? 'ci' : 'install', '--ignore-scripts', '--no-audit', '--no-fund', '--omit=optional', '--loglevel=error'];
  const ended = spawnSync('npm', words, { cwd: folder, encoding: 'utf8' });
  if (ended.status === 0) return;
  rmSync(folder, { recursive: true, force: true });
  throw new UsageError(`npm could not install this set: ${firstComplaint(ended.error?.message ?? ended.stderr)}`);
}

/** The reproductions of deviations find the packages of the default set above them. */
function linkForReproductions(root: string): void {
  const link = join(publishedFolder(root), 'node_modules');
  rmSync(link, { recursive: true, force: true });
  symlinkSync(join('sets', defaultSetName, 'node_modules'), link, 'junction');
}

function firstComplaint(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^npm (error|ERR!)\s*/u, '').trim());
  return lines.find((line) => line !== '' && !line.startsWith('code ')) ?? 'npm did not say why';
}
