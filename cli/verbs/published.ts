/** `lockstep published install`: brings a set of the published packages beside this project, never into it. */

import { defaultSetName, defaultVersions, installedVersions, isSetName, packageNames, type Versions } from '../../sut/triplit/sets.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { installSet } from '../install-set.ts';
import { type Options, readOptions } from '../options.ts';
import type { ExitCode, Surroundings, Verb } from '../verb.ts';

const help = `Usage: lockstep published install [options]

Installs a set of the published packages from npm into sut/triplit/sets/NAME, several sets side by side, for
simulate, replay, show and gate --system published. Nothing of it is installed with Lockstep itself, and no script of a
package is run. The packages are under the AGPL; they are used as they are, through their public interface. A set that
is there already is replaced when the new one is whole.

  --client V        the version of @triplit/client
  --server V        the version of @triplit/server
  --server-core V   the version of @triplit/server-core
  --db V            the version of @triplit/db
                    a version that is not given is that of sut/triplit/package.json
  --name NAME       what the set is called (${defaultSetName} unless told otherwise)
  --help            prints this

Exit code: 0 installed, 2 bad usage or npm could not install it, 3 after Ctrl-C.

Examples: lockstep published install
          lockstep published install --client 1.0.40 --db 1.1.2 --name older
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
  surroundings.err.write(`lockstep: installing ${sayVersions(versions)} as "${name}"\n`);
  if (!(await installSet({ root, name, versions }, surroundings))) {
    surroundings.err.write('lockstep: interrupted; nothing was changed\n');
    return 3;
  }
  surroundings.out.write(`installed "${name}": ${sayVersions(installedVersions(root, name))}\n${sayUse(name)}`);
  return 0;
}

function sayUse(name: string): string {
  const versions = name === defaultSetName ? '' : ` --versions ${name}`;
  return `run it: npx lockstep simulate --system published${versions}\n`;
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

function sayVersions(versions: Versions): string {
  return packageNames.map((name) => `${name} ${versions[name]}`).join(', ');
}
