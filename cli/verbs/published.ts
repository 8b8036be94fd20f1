/** `lockstep published install`: brings versions of a system beside this project, never into it. */

import { type Installation, sayVersions } from '../../properties/systems/plugin.ts';
import { nameOf, systemNamed } from '../../properties/systems/registry.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { type Options, readOptions, taking } from '../options.ts';
import type { ExitCode, Surroundings } from '../verb.ts';

/** The verb bears the former name of the system whose versions it brings. */
const { plugin } = await systemNamed('published');
const { versions: sets } = plugin;
if (sets === undefined) throw new Error(`${plugin.name} comes in no versions`);
const { defaultName, contents } = sets;
const installation = await sets.installation();
const { packages, isSetName, install } = installation;

const columns = Math.max(...packages.map(({ option }) => option.length)) + '--  V  '.length;
const optionLines = packages.map(({ option, name }) => `  ${`--${option} V`.padEnd(columns)}the version of ${name}`);

export const help = `Usage: lockstep published install [options]

${installation.about} What was installed is run once, by one client that connects: a set that does not start decides
nothing, and is told.

${optionLines.join('\n')}
${' '.repeat(columns + 2)}a version that is not given is that of ${installation.givenBy}
  ${'--name NAME'.padEnd(columns)}what the set is called (${defaultName} unless told otherwise)
  ${'--help'.padEnd(columns)}prints this

Exit code: 0 installed, 2 bad usage or npm could not install it, or its packages do not fit each other, 3 after Ctrl-C, or
where it was installed and does not start.

Examples: lockstep published install
          lockstep published install ${installation.example}
`;

export async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const options = readOptions('published', words, taking('one value', ...packages.map(({ option }) => option), 'name'));
  const [action, unexpected] = options.positionals;
  if (action !== 'install') throw new UsageError('published knows "install"; see lockstep published --help');
  if (unexpected !== undefined) throw new UsageError(`published install takes no argument "${unexpected}"`);
  const name = options.value('name') ?? defaultName;
  if (!isSetName(name)) throw new UsageError(`--name must be letters, digits, dots and dashes, not ${JSON.stringify(name)}`);
  const versions = Object.fromEntries(packages.map((one) => [one.name, readVersion(options, one)]));
  surroundings.err.write(`lockstep: installing ${sayVersions(versions)} as "${name}"\n`);
  const end = await install(name, versions, surroundings.onInterrupt);
  if (typeof end === 'object') throw new UsageError(`this set could not be installed: ${end.complaint}`);
  if (end === 'interrupted') {
    surroundings.err.write('lockstep: interrupted; nothing was changed\n');
    return 3;
  }
  const use = name === defaultName ? '' : ` --versions ${name}`;
  surroundings.out.write(
    `installed "${name}": ${sayVersions(contents(name))}\nrun it: npx lockstep simulate --system ${plugin.name}${use}\n`,
  );
  return smokeRun(nameOf(plugin, name), name, surroundings);
}

/** One client connects, as in every run: what does not even do that tells nothing about the set. */
async function smokeRun(world: string, name: string, { out, err }: Surroundings): Promise<ExitCode> {
  const [{ bundleWorker }, { complaintAtStart }] = await Promise.all([
    import('../../properties/faults/plant.ts'),
    import('../../properties/gate/start.ts'),
  ]);
  const complaint = await complaintAtStart({ world, bundle: await bundleWorker() });
  if (complaint === null) {
    out.write('it starts: one client connected\n');
    return 0;
  }
  err.write(`lockstep: "${name}" decides nothing: ${complaint}\n`);
  return 3;
}

function readVersion(options: Options, { option, given }: Installation['packages'][number]): string {
  const version = options.value(option) ?? given;
  if (!/^\d+\.\d+\.\d+[A-Za-z0-9.-]*$/u.test(version))
    throw new UsageError(`--${option} must be a version, not ${JSON.stringify(version)}`);
  return version;
}
