/** `npm run mutation`: which small changes of the product generated runs find, none of which we thought of ourselves. */
import { leavingOut } from '../../properties/mutation/left-out.ts';
import { type MutationEnd, mutate } from '../../properties/mutation/mutate.ts';
import { equivalentsMost, type JudgedMutant, refuted } from '../../properties/mutation/report.ts';
import type { Shard } from '../../properties/mutation/sample.ts';
import { readVerdicts, verdictsFile } from '../../properties/mutation/verdicts.ts';
import { mutationText } from '../../reports/terminal/mutation.ts';
import { widthOf } from '../../reports/terminal/style.ts';
import { sayNumber } from '../../reports/terminal/text.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { readOutput } from '../check-folder.ts';
import { type Options, readWhole } from '../options.ts';
import { mostSeed, readWorkers } from '../shared.ts';
import type { ExitCode } from '../verb.ts';
import { countLine, interruption } from './count-line.ts';
import { start, tell, wholeOption, writeJson } from './program.ts';

const usual = { seed: 7, runs: 100 } as const;

const help = `Usage: npm run mutation -- [options]

Stryker's instrumenter makes small changes (mutants) all over sut/, all in one bundle, one of them active at a time. The
runs of a seed that visit a mutant are played with it in lockstep with the model, until one fails: then it is killed. So it
is where it loops without end, or leaves a run without a result. The score is killed ÷ (all − equivalent); what nobody
could tell apart is left out by rule (texts of logs and errors), and counted. What people found out of a survivor stands in
${verdictsFile}.

  --seed S          of the runs, and of the sample (${usual.seed})
  --runs N          how many runs may be played with each mutant (${usual.runs})
  --sample N        judges only N mutants, drawn by the seed; all where not given
  --shard I/N       judges only the I-th of N parts
  --only NAME…      only these mutants, by name or by the beginning of their file (sut/query)
  --threshold P     fails where the score is under P percent
  --workers W       mutants side by side; all cores where not given
  --json FILE       writes every mutant with what became of it there
  --help            prints this

Example: npm run mutation -- --sample 50 --seed 3

Exit code: 0 measured (a survivor is no failure), 1 the score is under --threshold, or a mutant that is said to be
equivalent was killed, or a run fails without any mutant, 2 bad usage, 3 could not decide, or Ctrl-C, which tells what is
known by then.
`;

async function run(options: Options): Promise<ExitCode> {
  readOutput(options, 'json');
  const threshold = options.value('threshold') === undefined ? null : readWhole('--threshold', options.value('threshold') ?? '', 0, 100);
  const runs = wholeOption(options, 'runs', usual.runs, 60_000);
  const line = countLine();
  const end = await mutate(
    {
      seed: readWhole('--seed', options.value('seed') ?? `${usual.seed}`, 0, mostSeed),
      runs,
      sample: options.has('sample') ? wholeOption(options, 'sample', 1) : null,
      shard: readShard(options.value('shard')),
      only: options.values('only'),
      workers: readWorkers(options),
      verdicts: readVerdicts(),
    },
    {
      signal: interruption('mutation'),
      onMade: (mutants) => process.stderr.write(`${sayNumber(mutants)} mutants; ${sayNumber(runs)} runs without one come first\n`),
      onRun: (done) => line.say(() => `${sayNumber(done)} of ${sayNumber(runs)} runs without a mutant`),
      onJudged: (results, chosen) => line.say(() => sayProgress(results, chosen)),
    },
  );
  return judge(end, threshold, options);
}

function judge(end: MutationEnd, threshold: number | null, options: Options): ExitCode {
  switch (end.end) {
    case 'interrupted':
      tell('Interrupted before any mutant was judged.');
      return 3;
    case 'no baseline': {
      const { outcome } = end;
      const why = outcome.outcome === 'failed' ? outcome.failure.class : outcome.why;
      tell(`Without any mutant run ${end.run} does not hold (${why}), so nothing can be said of mutants; lockstep simulate tells more.`);
      return outcome.outcome === 'failed' ? 1 : 3;
    }
    case 'report': {
      const { report } = end;
      const wrong = refuted(report.results);
      writeJson(options, report);
      tell(mutationText({ report, refuted: wrong, equivalentsMost, threshold, leavingOut }, widthOf(process.stdout)));
      if (wrong.length > 0) return 1;
      if (report.end === 'interrupted') return 3;
      return threshold !== null && (report.total.score ?? 0) * 100 < threshold ? 1 : 0;
    }
  }
}

function sayProgress(results: readonly JudgedMutant[], chosen: number): string {
  const killed = results.filter(({ fate }) => fate.fate === 'killed').length;
  return `${sayNumber(results.length)} of ${sayNumber(chosen)} mutants, ${sayNumber(killed)} killed`;
}

function readShard(text: string | undefined): Shard | null {
  if (text === undefined) return null;
  const [, part, of] = /^(\d{1,6})\/(\d{1,6})$/u.exec(text) ?? [];
  const shard = { part: Number(part), of: Number(of) };
  if (shard.part >= 1 && shard.part <= shard.of) return shard;
  throw new UsageError(`--shard must be I/N with I from 1 to N, not ${JSON.stringify(text)}`);
}

const options = {
  seed: 'one value',
  runs: 'one value',
  sample: 'one value',
  shard: 'one value',
  only: 'many values',
  threshold: 'one value',
  workers: 'one value',
  json: 'one value',
} as const;
await start({ name: 'mutation', help, options, run });
