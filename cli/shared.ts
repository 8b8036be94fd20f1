/** What several verbs read in the same way: the system, the fault, the number of workers, the page of a failure. */
import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { isAbsolute, relative, resolve } from 'node:path';
import { type Fault, readFault } from '../properties/faults/fault.ts';
import type { WorkerRequest } from '../properties/faults/plant.ts';
import { ruleSentence } from '../properties/rules.ts';
import type { Script } from '../properties/scripts/script.ts';
import { sayStep } from '../properties/scripts/words.ts';
import type { SystemPlugin } from '../properties/systems/plugin.ts';
import { isPath, knownNames, type NamedSystem, nameOf, own, systemNamed, systems } from '../properties/systems/registry.ts';
import type { Failure, TraceEvent } from '../properties/trace.ts';
import { sayChain } from '../reports/story/say-chain.ts';
import { saySetting } from '../reports/story/setting.ts';
import type { FailureCommands, FailureOrigin, FailurePage } from '../reports/terminal/failure-page.ts';
import { adapterPlugin } from '../tools/adapter-plugin.ts';
import { repositoryRoot } from '../tools/repository-root.ts';
import { UsageError } from '../tools/usage-error.ts';
import { type Options, readOneOf, readWhole, wholeIn } from './options.ts';

export { saySetting };

/** Seeds are unsigned 32-bit numbers. */
export const mostSeed = 0xffff_ffff;

/** The system that `--system` names, in the version that is named. */
export async function readSystem(options: Options, versions = options.value('versions')): Promise<NamedSystem> {
  const text = options.value('system') ?? own.name;
  const name = isPath(text) ? pathName(text) : readOneOf('--system', text, knownNames());
  const { plugin, version } = await systemNamed(name);
  refuseFaultWithoutSources(options, name, plugin);
  if (plugin.versions === undefined) {
    if (versions !== undefined) throw new UsageError(`--versions goes with --system ${withVersions()}`);
    return { name, plugin, version };
  }
  const set = versions ?? version ?? plugin.versions.defaultName;
  if (!plugin.versions.isInstalled(set)) throw new UsageError(plugin.versions.sayAbsent(set));
  return { name: nameOf(plugin, set), plugin, version: set };
}

/** The names of the systems that come in versions. */
export function withVersions(): string {
  return systems.flatMap(({ name, versions }) => (versions === undefined ? [] : [name])).join(' or ');
}

/** A path as one would type it from here; what lies elsewhere is named in full. */
function pathName(text: string): string {
  const said = sayPath(text);
  return isAbsolute(said) ? said : `./${said}`;
}

/** One line for each system, for the help of a verb. */
export function systemsHelp(indent: string): string {
  const lines = systems.map(({ name, sentence }, index) => `${name}${index === 0 ? ' (the default)' : ''}: ${sentence}`);
  return [...lines, 'or the path of an adapter, which brings a system of your own (see examples/toy/README.md)'].join(`\n${indent}`);
}

/** What a bundle needs to have the system in it, and the fault. */
export function withSystem({ name }: Pick<NamedSystem, 'name'>, fault?: Fault): WorkerRequest {
  return { fault, plugins: [adapterPlugin(isPath(name) ? resolve(name) : undefined, repositoryRoot())] };
}

/**
 * Planted where a system has no sources here, a fault would change nothing, and prove nothing. This comes before the
 * question whether the packages are installed: to install them would not help.
 */
function refuseFaultWithoutSources(options: Options, name: string, plugin: SystemPlugin): void {
  if (options.value('fault') === undefined || plugin.plantable !== undefined) return;
  throw new UsageError(`--fault is for systems whose sources are here, not for --system ${name.split(' ')[0]}`);
}

/** Undefined where none is asked for. `readSystem` has refused it where the system has no sources. */
export function readFaultOption(options: Options, { plugin }: NamedSystem): Fault | undefined {
  const path = options.value('fault');
  return path === undefined || plugin.plantable === undefined ? undefined : readFault(path, plugin.plantable);
}

/** A fresh one where none is given. */
export function readSeed(options: Options): number {
  const seed = options.value('seed');
  return seed === undefined ? randomInt(0, mostSeed) : readWhole('--seed', seed, 0, mostSeed);
}

export function readNoArgument(verb: string, { positionals: [unexpected] }: Options): void {
  if (unexpected !== undefined) throw new UsageError(`${verb} takes no argument "${unexpected}"; see lockstep ${verb} --help`);
}

/** How the one script is named that the verb is about. */
export function readOneScript(verb: string, { positionals: [named, unexpected] }: Options): string {
  if (named === undefined) throw new UsageError(`${verb} needs a FILE or SEED:RUN; see lockstep ${verb} --help`);
  if (unexpected !== undefined) throw new UsageError(`${verb} takes one script, not also "${unexpected}"`);
  return named;
}

/** As many side by side as cores, unless fewer are usual. */
export function readWorkers(options: Options, usual = Number.POSITIVE_INFINITY): number {
  return wholeIn(options, 'workers', 1, 256) ?? Math.min(usual, availableParallelism());
}

/** As one would type it: relative where it lies below the working directory. */
export function sayPath(path: string): string {
  const short = relative(process.cwd(), resolve(path));
  return short.startsWith('..') || isAbsolute(short) ? resolve(path) : short;
}

/** The commands that replay and show a script under the same circumstances; `fault` is the file of one. */
export function commandsFor(script: string, system: NamedSystem, fault: string | undefined): FailureCommands {
  return { replay: commandFor('replay', script, system, fault), show: commandFor('show', script, system, fault) };
}

function commandFor(verb: keyof FailureCommands, script: string, system: NamedSystem, fault: string | undefined): string {
  const faultWords = fault === undefined ? [] : ['--fault', quote(fault)];
  return [`npx lockstep ${verb}`, quote(script), ...systemWords(system), ...faultWords].join(' ');
}

/** How the system is named on the command line. */
export function systemWords({ name, plugin, version }: NamedSystem): readonly string[] {
  if (name === own.name) return [];
  if (isPath(name)) return ['--system', quote(name)];
  return ['--system', plugin.name, ...(version === plugin.versions?.defaultName || version === undefined ? [] : ['--versions', version])];
}

export function quote(word: string): string {
  return /^[\w./:@%+=,-]+$/u.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** `trace` is that of the script; where it was not kept, the page does not say how it came. */
export function failurePage(
  failure: Failure,
  script: Script,
  origin: FailureOrigin | undefined,
  commands: FailureCommands | undefined,
  trace: readonly TraceEvent[] = [],
): FailurePage {
  const sentence = ruleSentence(failure.rule);
  const chain = sayChain(script, trace, failure, sentence);
  return { failure, sentence, setting: saySetting(script), steps: script.steps.map(sayStep), chain, origin, commands };
}
