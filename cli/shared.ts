/** What several verbs read in the same way: the system, the fault, the number of workers, the page of a failure. */
import { availableParallelism } from 'node:os';
import { isAbsolute, relative, resolve } from 'node:path';
import { type Fault, readFault } from '../properties/faults/fault.ts';
import { ruleSentence } from '../properties/rules.ts';
import type { Script } from '../properties/scripts/script.ts';
import { sayStep } from '../properties/scripts/words.ts';
import type { WorldName } from '../properties/simulate/jobs.ts';
import type { Failure, TraceEvent } from '../properties/trace.ts';
import { publishedSetOf, publishedWorldName, sayAbsent } from '../properties/triplit/set.ts';
import { sayChain } from '../reports/story/say-chain.ts';
import { saySetting } from '../reports/story/setting.ts';
import type { FailureCommands, FailureOrigin, FailurePage } from '../reports/terminal/failure-page.ts';
import { defaultSetName, isInstalled } from '../sut/triplit/sets.ts';
import { repositoryRoot } from '../tools/repository-root.ts';
import { UsageError } from '../tools/usage-error.ts';
import { type Options, readOneOf, readWhole } from './options.ts';

export { saySetting };

const systems = ['simulated', 'websocket', 'published'] as const;
const mostWorkers = 256;
/** Seeds are unsigned 32-bit numbers. */
export const mostSeed = 0xffff_ffff;

export function readSystem(options: Options): WorldName {
  const name = readOneOf('--system', options.value('system') ?? 'simulated', systems);
  if (name !== 'published' && options.value('versions') !== undefined) throw new UsageError('--versions goes with --system published');
  return name === 'published' ? readSet(options) : name;
}

/** The set of published packages that `--versions` names. */
function readSet(options: Options): WorldName {
  const set = options.value('versions') ?? defaultSetName;
  if (isInstalled(repositoryRoot(), set)) return publishedWorldName(set);
  throw new UsageError(sayAbsent(repositoryRoot(), set));
}

/** Faults are changes of our own client and server: planted for another system they would change nothing, and prove nothing. */
export function readFaultOption(options: Options): Fault | undefined {
  const path = options.value('fault');
  if (path === undefined) return undefined;
  if (options.value('system') === 'published') throw new UsageError('--fault is for our own client and server, not for --system published');
  return readFault(path);
}

export function readWorkers(options: Options): number {
  const text = options.value('workers');
  return text === undefined ? availableParallelism() : readWhole('--workers', text, 1, mostWorkers);
}

/** As one would type it: relative where it lies below the working directory. */
export function sayPath(path: string): string {
  const short = relative(process.cwd(), resolve(path));
  return short.startsWith('..') || isAbsolute(short) ? resolve(path) : short;
}

/** The commands that replay and show a script under the same circumstances. */
export function commandsFor(script: string, world: WorldName, options: Options): FailureCommands {
  return { replay: commandFor('replay', script, world, options), show: commandFor('show', script, world, options) };
}

function commandFor(verb: keyof FailureCommands, script: string, world: WorldName, options: Options): string {
  const fault = options.value('fault');
  return [`npx lockstep ${verb}`, quote(script), ...systemWords(world), ...(fault === undefined ? [] : ['--fault', quote(fault)])].join(
    ' ',
  );
}

function systemWords(world: WorldName): readonly string[] {
  const set = publishedSetOf(world);
  if (set === undefined) return world === 'simulated' ? [] : ['--system', world];
  return ['--system', 'published', ...(set === defaultSetName ? [] : ['--versions', set])];
}

function quote(word: string): string {
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
  return {
    failure,
    sentence,
    setting: saySetting(script),
    steps: script.steps.map(sayStep),
    chain: sayChain(script, trace, failure, sentence),
    origin,
    commands,
  };
}
