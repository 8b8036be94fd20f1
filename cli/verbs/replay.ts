/** `lockstep replay`: one script again, and the page about its first divergence. */
import { existsSync } from 'node:fs';
import { bundleWorker } from '../../properties/faults/bundle.ts';
import { readTextFile } from '../../properties/faults/fault.ts';
import { parseScript, ScriptError } from '../../properties/scripts/parse.ts';
import type { Script } from '../../properties/scripts/script.ts';
import type { Job, WorldName } from '../../properties/simulate/jobs.ts';
import { parseJson } from '../../properties/simulate/json.ts';
import { openPool } from '../../properties/simulate/pool.ts';
import { UsageError } from '../../properties/simulate/usage-error.ts';
import type { RunResult } from '../../properties/trace.ts';
import { failurePageText } from '../../reports/terminal/failure-page.ts';
import { styleOf, widthOf } from '../../reports/terminal/style.ts';
import { sayCount } from '../../reports/terminal/text.ts';
import { traceText } from '../../reports/terminal/trace.ts';
import { readOptions, readWhole } from '../options.ts';
import { failurePage, mostSeed, readFaultOption, readSystem } from '../shared.ts';
import type { ExitCode, Surroundings, Verb } from '../verb.ts';

const help = `Usage: lockstep replay FILE | SEED:RUN [options]

Runs one script, from a file or drawn from a seed, and tells the first divergence from the model.

  --system NAME   simulated (the default), websocket or published
  --versions NAME the set of published packages
  --fault FILE    plants a fault in the system first
  --trace         prints every event of the run
  --help          prints this

Examples: lockstep replay reports/out/failures/s7-refreshasked.json
          lockstep replay 7:123 --trace
`;

export const replayVerb: Verb = { help, run };

interface Replayed {
  readonly script: Script;
  readonly result: RunResult;
}

async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const options = readOptions('replay', words, { system: 'one value', versions: 'one value', fault: 'one value', trace: 'nothing' });
  const [target, unexpected] = options.positionals;
  if (target === undefined) throw new UsageError('replay needs a FILE or SEED:RUN; see lockstep replay --help');
  if (unexpected !== undefined) throw new UsageError(`replay takes one script, not also "${unexpected}"`);
  const keepTrace = options.has('trace');
  const job = readTarget(target, readSystem(options), keepTrace);
  const bundle = await bundleWorker({ fault: readFaultOption(options) });
  const replayed = await perform(job, bundle, surroundings);
  if (replayed === undefined) return 3;
  if (keepTrace) surroundings.out.write(`${traceText(replayed.result.trace)}\n\n`);
  return report(replayed, surroundings);
}

function readTarget(target: string, world: WorldName, keepTrace: boolean): Job {
  const [, seed, number] = /^(\d+):(\d+)$/u.exec(target) ?? [];
  if (seed !== undefined && number !== undefined && !existsSync(target)) {
    const run = readWhole('the run', number, 0, Number.MAX_SAFE_INTEGER);
    return { job: 'drawn', seed: readWhole('the seed', seed, 0, mostSeed), run, world, keepTrace, twice: false };
  }
  return { job: 'script', script: readScriptFile(target), world, keepTrace, twice: false };
}

function readScriptFile(path: string): Script {
  const text = readTextFile(path);
  parseJson(text, path);
  try {
    return parseScript(text);
  } catch (error) {
    if (error instanceof ScriptError) throw new UsageError(`${path}: ${error.message}`);
    throw error;
  }
}

/** Undefined where there was no result; why was told. */
async function perform(job: Job, bundle: string, surroundings: Surroundings): Promise<Replayed | undefined> {
  const pool = openPool({ bundle, workers: 1 });
  const stopListening = surroundings.onInterrupt(() => void pool.terminate());
  let replayed: Replayed | undefined;
  const end = await pool.perform(job, (answer) => {
    if (answer.answer === 'ranScript') replayed = answer;
  });
  stopListening();
  await pool.finish();
  if (replayed === undefined) {
    surroundings.err.write(`lockstep: could not decide: ${end.end === 'done' ? 'the run gave no result' : end.why}\n`);
  }
  return replayed;
}

function report({ script, result }: Replayed, surroundings: Surroundings): ExitCode {
  const style = styleOf(surroundings.out, surroundings.environment);
  const { outcome } = result;
  switch (outcome.outcome) {
    case 'held':
      surroundings.out.write(
        `${style.good(style.bold('HELD'))}  ${sayCount(result.steps, 'step')}, ${sayCount(result.commands, 'command')}, ${result.skipped} skipped; trace hash ${result.traceHash}\n`,
      );
      return 0;
    case 'failed':
      surroundings.out.write(failurePageText(failurePage(outcome.failure, script, undefined, undefined), style, widthOf(surroundings.out)));
      return 1;
    case 'unknown':
      surroundings.out.write(`${style.unsure(style.bold('COULD NOT DECIDE'))}  ${outcome.why}\n`);
      return 3;
  }
}
