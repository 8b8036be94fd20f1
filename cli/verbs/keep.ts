/** `lockstep keep`: a failing script becomes an entry of the corpus, shrunk, so that it is run before anything fresh from then on. */
import { basename, dirname, join, resolve } from 'node:path';
import { corpusFolder, plantedFolder, readCorpus } from '../../properties/corpus/corpus.ts';
import type { CorpusEntry } from '../../properties/corpus/entry.ts';
import { type Kept, nameOfEntry, refusalOf } from '../../properties/corpus/keep.ts';
import { writeEntry } from '../../properties/corpus/write.ts';
import { sentenceOf } from '../../properties/faults/fault.ts';
import { bundleWorker } from '../../properties/faults/plant.ts';
import type { Script } from '../../properties/scripts/script.ts';
import type { ShrunkScript } from '../../properties/simulate/jobs.ts';
import { outcomeOn, shrinkIn } from '../../properties/simulate/script-pool.ts';
import { own } from '../../properties/systems/registry.ts';
import type { Failure } from '../../properties/trace.ts';
import { sayCount } from '../../reports/terminal/text.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { checkFolder } from '../check-folder.ts';
import { type Options, readOptions, taking } from '../options.ts';
import { inWorker, type Performed, performScript } from '../perform-script.ts';
import { readTarget } from '../read-script.ts';
import { readFaultOption, readOneScript, sayPath } from '../shared.ts';
import { type ExitCode, type Surroundings, Undecided } from '../verb.ts';

export const help = `Usage: lockstep keep FILE | SEED:RUN [options]

Runs a script that fails, shrinks it, and keeps it in properties/corpus/, which npm test and simulate run before
anything else. A failure class that the corpus knows already is refused, and so is a script that holds.

  --cause TEXT    which of model, system and law is wrong, and how; the failure's message where it is not given
  --name NAME     the name of the file; from the failure class where it is not given
  --fault FILE    plants a fault of properties/faults/ first; the script is kept as the one that shows it
  --as-is         keeps the script without shrinking it
  --into DIR      another corpus
  --help          prints this

Example: lockstep keep reports/out/runs/latest/failures/s7-refreshasked.json --cause "The client forgot its timer at a reconnect."
`;

export async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const options = readOptions('keep', words, { ...taking('one value', 'cause', 'name', 'fault', 'into'), 'as-is': 'nothing' });
  const text = readOneScript('keep', options);
  const target = readTarget(text);
  const fault = readFaultOption(options, own);
  const kept: Kept = { faultFile: readFaultFile(options), name: readName(options) };
  const statedCause = readCause(options);
  const folder = options.value('into') ?? corpusFolder();
  checkFolder('--into', kept.faultFile === null ? folder : join(folder, plantedFolder));
  const entries = readCorpus(folder);
  const bundle = await bundleWorker({ fault });
  const performed = await performScript(target, { bundle, world: 'simulated', keepTrace: false }, surroundings);
  const failure = failureOf(performed, text);
  const refusal = refusalOf(entries, kept, failure);
  if (refusal !== null) throw new UsageError(refusal);

  const { script } = performed;
  const asIs: Shrunk = { script, failure, how: 'not shrunk' };
  const shrunk = options.has('as-is') ? asIs : await shrink(script, failure, bundle, surroundings);
  if (kept.faultFile !== null) await checkThatItHolds(shrunk.script);
  const entry: CorpusEntry = {
    name: nameOfEntry(kept, failure),
    rule: failure.rule,
    class: failure.class,
    cause: statedCause ?? (fault === undefined ? shrunk.failure.message : sentenceOf(fault.name)),
    fault: kept.faultFile,
    script: shrunk.script,
  };
  surroundings.out.write(sayKept(entry, writeEntry(folder, entry), shrunk, options));
  return 0;
}

/** Entries name faults by their files, so the fault has to be one that is always there. */
function readFaultFile(options: Options): string | null {
  const path = options.value('fault');
  if (path === undefined) return null;
  if (resolve(dirname(path)) !== join(repositoryRoot(), 'properties', 'faults')) {
    throw new UsageError(`--fault: keep takes faults of properties/faults/ only, not ${path}`);
  }
  return basename(path);
}

function readName(options: Options): string | null {
  const name = options.value('name');
  if (name === undefined) return null;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/u.test(name)) {
    throw new UsageError(`--name must be small letters and digits, in words joined by "-", not ${JSON.stringify(name)}`);
  }
  return name;
}

/** Undefined where none was given. */
function readCause(options: Options): string | undefined {
  const cause = options.value('cause');
  if (cause?.trim() === '') throw new UsageError('--cause must say something, or be left out');
  return cause;
}

function failureOf({ result: { outcome } }: Performed, target: string): Failure {
  switch (outcome.outcome) {
    case 'held':
      throw new UsageError(`${target} holds: nothing to keep`);
    case 'unknown':
      throw new Undecided(outcome.why);
    case 'failed':
      return outcome.failure;
  }
}

interface Shrunk {
  readonly script: Script;
  readonly failure: Failure;
  /** How it came to be, in words. */
  readonly how: string;
}

/** @throws {Undecided} where it gave no result */
async function shrink(script: Script, failure: Failure, bundle: string, surroundings: Surroundings): Promise<Shrunk> {
  const asked = { of: script, failureClass: failure.class, world: 'simulated' };
  const { shrunk, why } = await inWorker(bundle, surroundings, (pool) => shrinkIn(pool, asked));
  if (shrunk?.outcome.outcome === 'failed' && shrunk.outcome.failure.class === failure.class) {
    return { script: shrunk.script, failure: shrunk.outcome.failure, how: sayHow(shrunk) };
  }
  throw new Undecided(shrunk === undefined ? why : 'the shrunk script did not fail a second time');
}

function sayHow({ script, shrunkFrom, oneMinimal }: ShrunkScript): string {
  const isShorter = script.steps.length < shrunkFrom;
  if (oneMinimal) return isShorter ? `shrunk from ${shrunkFrom}; no step can be left out` : 'already as short as it gets';
  return `${isShorter ? `shrunk from ${shrunkFrom}` : 'not shrunk'}; more steps might be left out`;
}

/** Throws UsageError where it fails on the sound system too: then it tells nothing about the fault. */
async function checkThatItHolds(script: Script): Promise<void> {
  const outcome = await outcomeOn({ bundle: await bundleWorker() }, script);
  if (outcome.outcome !== 'held') throw new UsageError('it fails without the fault as well; keep it without --fault');
}

function sayKept(entry: CorpusEntry, path: string, { failure, how }: Shrunk, options: Options): string {
  const hint =
    options.has('cause') || entry.fault !== null
      ? []
      : ["Its cause is the failure's message for now. When it is known, write there which of model, system and law was wrong, and how."];
  return [
    `kept ${sayPath(path)}`,
    `  ${failure.rule}  ${failure.message}`,
    `  ${sayCount(entry.script.steps.length, 'step')}, ${how}`,
    ...hint,
    ...(entry.fault === null ? ['npm test and simulate run it first, and fail until it is mended.'] : []),
    '',
  ].join('\n');
}
