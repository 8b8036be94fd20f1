/** `npm run reach`: what of the product generated runs reach, and what they never do. */
import { measureReach } from '../../properties/reach/measure.ts';
import type { ReachReport } from '../../properties/reach/report.ts';
import { reachText } from '../../reports/terminal/reach.ts';
import { widthOf } from '../../reports/terminal/style.ts';
import { sayNumber } from '../../reports/terminal/text.ts';
import { readOutput } from '../check-folder.ts';
import { type Options, readWhole } from '../options.ts';
import { mostSeed, readWorkers } from '../shared.ts';
import type { ExitCode } from '../verb.ts';
import { countLine, interruption } from './count-line.ts';
import { start, tell, wholeOption, writeJson } from './program.ts';

const usual = { seed: 7, runs: 600 } as const;

const help = `Usage: npm run reach -- [options]

Plays generated runs of a seed, without any unit test, and tells which lines, branches and functions of sut/ they reach,
what they never reach file by file, and which public functions they never call. Branches are counted by Istanbul: every
arm of if, ?:, switch, &&, || and ??, and every default value. What is not counted is told with its reason.
The same seed and runs give the same figures, whatever the number of workers.

  --seed S      of the runs (${usual.seed})
  --runs N      how many (${usual.runs})
  --workers W   worker threads; all cores where not given
  --json FILE   writes the figures there
  --help        prints this

Example: npm run reach -- --runs 2000 --json reach.json

Exit code: 0 measured, 1 a run failed, 2 bad usage, 3 a run gave no result, or Ctrl-C. No figure is too low for 0.
`;

async function run(options: Options): Promise<ExitCode> {
  readOutput(options, 'json');
  const seed = readWhole('--seed', options.value('seed') ?? `${usual.seed}`, 0, mostSeed);
  const runs = wholeOption(options, 'runs', usual.runs);
  const line = countLine();
  const report = await measureReach(
    { seed, runs, workers: readWorkers(options) },
    {
      signal: interruption('reach'),
      onRun: (done) => line.say(() => `${sayNumber(done)} of ${sayNumber(runs)} runs`),
    },
  );
  writeJson(options, report);
  tell(reachText(report, widthOf(process.stdout)));
  return exitCodeOf(report);
}

function exitCodeOf({ broken, ran, runs }: ReachReport): ExitCode {
  if (broken.some(({ outcome }) => outcome.outcome === 'failed')) return 1;
  return broken.length > 0 || ran < runs ? 3 : 0;
}

const options = { seed: 'one value', runs: 'one value', workers: 'one value', json: 'one value' } as const;
await start({ name: 'reach', help, options, run });
