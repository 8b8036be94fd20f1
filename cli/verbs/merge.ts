/** `lockstep merge`: unites the shards of a campaign into the result of one process. */
import { bundleWorker } from '../../properties/faults/plant.ts';
import { unite } from '../../properties/simulate/journal/unite.ts';
import { sayCount } from '../../reports/terminal/text.ts';
import { sourcesOf } from '../../tools/bundle.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { conduct } from '../campaign/conduct.ts';
import { toolsHere } from '../campaign/describe.ts';
import { findJournal } from '../campaign/find.ts';
import { optionsOf } from '../campaign/options.ts';
import { choosePlace } from '../campaign/place.ts';
import { readAgain, requireSources } from '../campaign/read-again.ts';
import { readOutput } from '../check-folder.ts';
import { readOptions, taking } from '../options.ts';
import { readWorkers, sayPath, withSystem } from '../shared.ts';
import type { ExitCode, Surroundings } from '../verb.ts';

export const help = `Usage: lockstep merge DIR... [options]

Unites campaigns of one seed into one: the shards of lockstep simulate --shard I/N, or parts that --from and --runs made. Every
run must be there, and none twice. Figures are summed, failures united by class, and each class is shrunk from the run that
one process would have shrunk; so the trace hash and the report are those of one process.

  --out DIR       the folder of the whole; nothing is written elsewhere. reports/out/runs/<seed>-<n>/ where not given
  --workers W     worker threads, for what is still to be shrunk; all cores where not given
  --json FILE     writes the figures and the failures there
  --junit FILE    writes the result there as JUnit XML, for build servers
  --verbose       lists every cell of what was explored, with its count, and every known deviation that showed
  --help          prints this

In report.json only these differ from the report of one process: seconds, stepsPerSecond, shrinkSeconds, corpus.seconds,
workers, campaign (the folder), and node, where it is another.

Exit code: 0 held, 1 a property failed, 2 runs are missing or there twice, or the folders are not of one campaign, 3 could
not decide.

Example: lockstep merge shard-1 shard-2 shard-3 shard-4 --json result.json
`;

export async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const options = readOptions('merge', words, { ...taking('one value', 'out', 'workers', 'json', 'junit'), verbose: 'nothing' });
  const [first, ...others] = options.positionals.map(findJournal);
  if (first === undefined) throw new UsageError('merge needs the folders of campaigns; see lockstep merge --help');
  const place = choosePlace('runs', options.value('out'), surroundings.err);
  const { system, scripts } = await readAgain(first);
  const united = unite([first, ...others], scripts.corpus?.map(({ name }) => name) ?? []);
  const campaign = { ...united.campaign, minutes: null, by: toolsHere() };
  const workers = readWorkers(options);
  const outputs = { json: readOutput(options, 'json'), junit: readOutput(options, 'junit'), verbose: options.has('verbose') };
  const bundle = await bundleWorker(withSystem(system, campaign.fault?.planted));
  requireSources(first, sourcesOf(bundle));
  const folder = place.open(campaign.seed);
  const where = folder === null ? '' : `, in ${sayPath(folder)}`;
  const announcement = `${sayCount(options.positionals.length, 'campaign')} of seed ${campaign.seed}, ${system.name}${where}`;
  const simulation = await optionsOf(campaign, system, scripts, workers);
  const how = { options: simulation, bundle, recorded: united.recorded };
  return conduct({ campaign, folder, system, announcement, ...how }, outputs, surroundings);
}
