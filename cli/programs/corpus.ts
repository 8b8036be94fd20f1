/** `npm run corpus`: runs every entry of the corpus on the sound system, and those of planted faults on their broken ones. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Checked, complaintsAboutCorpus } from '../../properties/corpus/check.ts';
import { readCorpus } from '../../properties/corpus/corpus.ts';
import type { CorpusEntry } from '../../properties/corpus/entry.ts';
import { faultFiles, faultsFolder, isCanary, readFault } from '../../properties/faults/fault.ts';
import { bundleWorker } from '../../properties/faults/plant.ts';
import { openScriptPool, outcomeIn, outcomeOn, type ScriptPool } from '../../properties/simulate/script-pool.ts';
import { sayCount, sayDuration } from '../../reports/terminal/text.ts';
import { UsageError } from '../../tools/usage-error.ts';
import type { Options } from '../options.ts';
import { readWorkers } from '../shared.ts';
import type { ExitCode } from '../verb.ts';
import { pickOnly, start, tableOf, tell, workThrough } from './program.ts';

const defaultSlots = 2;
const timeLimitMs = 20_000;
/** A line of progress for so many entries. */
const toldEvery = 20;

const help = `Usage: npm run corpus -- [options]

Every script of properties/corpus/ must hold on the sound system, and every one of planted/ must fail with its fault
planted, in the same class of failure. Every fault of properties/faults/ must have one; npm run faults -- --keep
writes them.

  --only NAME…   only these (the name of the entry, or of the fault's file)
  --workers W    entries side by side (${defaultSlots}, or the cores where there are fewer)
  --help         prints this

Exit code: 0 all as it should be, 1 something is wrong, 2 bad usage or input, 3 something gave no result.

Example: npm run corpus -- --only late-close-hits-new-session
`;

async function run(options: Options): Promise<ExitCode> {
  const entries = pickOnly(options, readCorpus(), 'entry NAME in properties/corpus/', ({ name }) => [name, basename(name)]);
  const slots = readWorkers(options, defaultSlots);
  const startMs = performance.now();
  const sound = openScriptPool({ bundle: await bundleWorker(), workers: slots, timeLimitMs });
  const checked = await workThrough(entries, slots, toldEvery, (entry) => check(entry, sound));
  await sound.finish();
  const faults = options.has('only') ? [] : faultFiles().filter((file) => !isCanary(file));
  return report(checked, faults, (performance.now() - startMs) / 1000);
}

function report(checked: readonly Checked[], faults: readonly string[], seconds: number): ExitCode {
  const complaints = complaintsAboutCorpus(checked, faults);
  const planted = checked.filter(({ entry }) => entry.fault !== null).length;
  const counts = `${sayCount(checked.length - planted, 'script')} of what was mended, ${planted} of planted faults, ${sayDuration(seconds)}`;
  const rows = complaints.map(({ name, expected, wrong }) => [name, expected, wrong]);
  if (complaints.length > 0) tell(tableOf({ entry: 'left', 'kept as': 'left', 'what is wrong': 'left' }, rows), '');
  tell(`${counts}: ${complaints.length === 0 ? 'all as it should be' : sayCount(complaints.length, 'complaint')}`);
  if (complaints.length === 0) return 0;
  return complaints.some(({ undecided }) => !undecided) ? 1 : 3;
}

async function check(entry: CorpusEntry, soundPool: ScriptPool): Promise<Checked> {
  const sound = await outcomeIn(soundPool, entry.script);
  if (entry.fault === null) return { entry, sound, broken: null, misfit: null };
  const path = join(faultsFolder(), entry.fault);
  if (!existsSync(path)) return { entry, sound, broken: null, misfit: `there is no fault ${entry.fault}` };
  try {
    const bundle = await bundleWorker({ fault: readFault(path) });
    return { entry, sound, broken: await outcomeOn({ bundle, timeLimitMs }, entry.script), misfit: null };
  } catch (error) {
    if (error instanceof UsageError) return { entry, sound, broken: null, misfit: error.message };
    throw error;
  }
}

await start({ name: 'corpus', help, options: { only: 'many values', workers: 'one value' }, run });
