/** `lockstep resume`: goes on with a campaign that was ended, by its journal. */
import { resolve } from 'node:path';
import { bundleWorker } from '../../properties/faults/plant.ts';
import type { Journal } from '../../properties/simulate/journal/read.ts';
import { sourcesOf } from '../../tools/bundle.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { conduct } from '../campaign/conduct.ts';
import { findJournal } from '../campaign/find.ts';
import { optionsOf } from '../campaign/options.ts';
import { bundleBeside, latestName } from '../campaign/place.ts';
import { readAgain, requireSources } from '../campaign/read-again.ts';
import { readOutput } from '../check-folder.ts';
import { readOptions, taking } from '../options.ts';
import { readWorkers, sayPath, withSystem } from '../shared.ts';
import type { ExitCode, Surroundings } from '../verb.ts';

export const help = `Usage: lockstep resume [DIR | latest] [options]

Goes on with a campaign of lockstep simulate that was interrupted or killed: what its journal holds is not run again, and
the result is that of a campaign that ran through, trace hash included. It is the latest where no folder is named. Of one
that was ended by --minutes, the rest of the time is used.

  --workers W     worker threads; all cores where not given
  --json FILE     writes the figures and the failures there, besides report.json in the folder
  --junit FILE    writes the result there as JUnit XML, for build servers
  --verbose       lists every cell of what was explored, with its count, and every known deviation that showed
  --help          prints this

A campaign cannot be resumed where the sources, the packages or the corpus have changed since: its runs would not be those
of one system. Exit code: as lockstep simulate.

Examples: lockstep resume
          lockstep resume reports/out/runs/7-2 --workers 1
`;

export async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const options = readOptions('resume', words, { ...taking('one value', 'workers', 'json', 'junit'), verbose: 'nothing' });
  const [word = latestName, unexpected] = options.positionals;
  if (unexpected !== undefined) throw new UsageError(`resume takes one folder, not also "${unexpected}"`);
  const journal = findJournal(word);
  const folder = resolve(journal.folder);
  const workers = readWorkers(options);
  const outputs = { json: readOutput(options, 'json'), junit: readOutput(options, 'junit'), verbose: options.has('verbose') };
  bundleBeside(folder);
  const { campaign, seconds, wholeBytes } = journal;
  const { system, scripts } = await readAgain(journal);
  const bundle = await bundleWorker(withSystem(system, campaign.fault?.planted));
  requireSources(journal, sourcesOf(bundle));
  const announcement = `${sayPath(folder)} goes on at run ${nextOf(journal)}, seed ${campaign.seed}, ${system.name}`;
  const minutes = campaign.minutes === null ? null : Math.max(leastMinutes, campaign.minutes - seconds / 60);
  const simulation = { ...(await optionsOf(campaign, system, scripts, workers)), minutes };
  const how = { options: simulation, bundle, recorded: journal, earlier: { wholeBytes } };
  return conduct({ campaign, folder, system, announcement, ...how }, outputs, surroundings);
}

/** Time to shrink and tell what is known, where all was used. */
const leastMinutes = 0.25;

function nextOf({ campaign, segments }: Journal): number {
  return campaign.range.from + segments.reduce((sum, { hashes }) => sum + hashes.length, 0);
}
