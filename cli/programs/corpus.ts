/** `npm run corpus`: runs every entry of the corpus on the sound system, and those of planted faults on their broken ones. */
import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { type Checked, complaintsAboutCorpus } from '../../properties/corpus/check.ts';
import { readCorpus } from '../../properties/corpus/corpus.ts';
import type { CorpusEntry } from '../../properties/corpus/entry.ts';
import { isCanary, readFault } from '../../properties/faults/fault.ts';
import { outcomeIn } from '../../properties/simulate/outcome.ts';
import type { Outcome } from '../../properties/trace.ts';
import { type Column, tableText } from '../../reports/terminal/table.ts';
import { sayCount, sayDuration } from '../../reports/terminal/text.ts';
import { bundleWorker } from '../../tools/bundle.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { openPool, type Pool } from '../../tools/worker-pool.ts';
import { readOptions, readWhole } from '../options.ts';

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

async function main(words: readonly string[]): Promise<0 | 1 | 3> {
  if (words.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  const options = readOptions('corpus', words, { only: 'many values', workers: 'one value' });
  const [unexpected] = options.positionals;
  if (unexpected !== undefined) throw new UsageError(`corpus takes no argument "${unexpected}"; --only NAME picks one`);
  const only = options.values('only');
  const entries = pick(readCorpus(), only);
  const slots = readWhole('--workers', options.value('workers') ?? `${Math.min(defaultSlots, availableParallelism())}`, 1, 256);
  const startMs = performance.now();
  const checked = await checkAll(entries, slots);
  return report(checked, only.length === 0 ? faultFiles() : [], (performance.now() - startMs) / 1000);
}

const columns: readonly Column[] = [
  { title: 'entry', align: 'left' },
  { title: 'kept as', align: 'left' },
  { title: 'what is wrong', align: 'left' },
];

function report(checked: readonly Checked[], faults: readonly string[], seconds: number): 0 | 1 | 3 {
  const complaints = complaintsAboutCorpus(checked, faults);
  const planted = checked.filter(({ entry }) => entry.fault !== null).length;
  const counts = `${sayCount(checked.length - planted, 'script')} of what was mended, ${planted} of planted faults, ${sayDuration(seconds)}`;
  if (complaints.length > 0) {
    process.stdout.write(
      `${tableText(
        columns,
        complaints.map(({ name, expected, wrong }) => [name, expected, wrong]),
      )}\n\n`,
    );
  }
  process.stdout.write(`${counts}: ${complaints.length === 0 ? 'all as it should be' : sayCount(complaints.length, 'complaint')}\n`);
  if (complaints.length === 0) return 0;
  return complaints.some(({ undecided }) => !undecided) ? 1 : 3;
}

function faultsFolder(): string {
  return join(repositoryRoot(), 'properties', 'faults');
}

/** The faults that must have an entry. */
function faultFiles(): readonly string[] {
  const files = readdirSync(faultsFolder()).filter((file) => file.endsWith('.json') && !isCanary(file));
  return files.sort();
}

function pick(entries: readonly CorpusEntry[], only: readonly string[]): readonly CorpusEntry[] {
  const isNamed = (entry: CorpusEntry, name: string): boolean => entry.name === name || basename(entry.name) === basename(name, '.json');
  const unknown = only.find((name) => !entries.some((entry) => isNamed(entry, name)));
  if (unknown !== undefined) throw new UsageError(`there is no entry "${unknown}" in properties/corpus/`);
  return only.length === 0 ? entries : entries.filter((entry) => only.some((name) => isNamed(entry, name)));
}

async function checkAll(entries: readonly CorpusEntry[], slots: number): Promise<readonly Checked[]> {
  const sound = openPool({ bundle: await bundleWorker(), workers: slots, timeLimitMs });
  const checked: Checked[] = [];
  let next = 0;
  let done = 0;
  const slot = async (): Promise<void> => {
    while (next < entries.length) {
      const place = next++;
      const entry = entries[place];
      if (entry === undefined) return;
      checked[place] = await check(entry, sound);
      done += 1;
      if (done % toldEvery === 0) process.stderr.write(`${done} of ${entries.length}\n`);
    }
  };
  await Promise.all(Array.from({ length: slots }, slot));
  await sound.finish();
  return checked;
}

async function check(entry: CorpusEntry, soundPool: Pool): Promise<Checked> {
  const sound = await outcomeIn(soundPool, entry.script);
  if (entry.fault === null) return { entry, sound, broken: null, misfit: null };
  const path = join(faultsFolder(), entry.fault);
  if (!existsSync(path)) return { entry, sound, broken: null, misfit: `there is no fault ${entry.fault}` };
  try {
    const bundle = await bundleWorker({ fault: readFault(path) });
    return { entry, sound, broken: await outcomeOn(bundle, entry), misfit: null };
  } catch (error) {
    if (error instanceof UsageError) return { entry, sound, broken: null, misfit: error.message };
    throw error;
  }
}

/** In a worker of its own, which the broken system may ruin. */
async function outcomeOn(bundle: string, entry: CorpusEntry): Promise<Outcome> {
  const pool = openPool({ bundle, workers: 1, timeLimitMs });
  const outcome = await outcomeIn(pool, entry.script);
  await pool.terminate();
  return outcome;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`corpus: ${error.message}\n`);
  process.exitCode = 2;
}
