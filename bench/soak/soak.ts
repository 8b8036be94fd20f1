/**
 * `npm run soak`: attacks of clients that speak lawfully and mean harm, and of such as hardly speak, each on a server in a process of its
 * own, over real sockets, beside an honest client that must not notice; and mutated frames to the decoders.
 */
import { randomInt } from 'node:crypto';
import { readOutput } from '../../cli/check-folder.ts';
import { type Options, readWhole } from '../../cli/options.ts';
import { start, tell, wholeOption, writeJson } from '../../cli/programs/program.ts';
import { mostSeed } from '../../cli/shared.ts';
import type { ExitCode } from '../../cli/verb.ts';
import { sayAbsent } from '../../properties/systems/triplit/plugin.ts';
import { sayCount } from '../../reports/terminal/text.ts';
import { defaultSetName, isInstalled } from '../../sut/triplit/sets.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { EndingError, endingSignal, whenEnding } from '../interruption.ts';
import type { Attack } from './attacks/attack.ts';
import { attacks } from './attacks/index.ts';
import { carryOutBeside, type PublishedOutcome } from './beside/carry-out.ts';
import { type Circumstances, carryOut, type Outcome } from './carry-out.ts';
import { type DecoderTally, fuzzDecoders } from './fuzz/decoders.ts';
import { makeKeys } from './keys.ts';
import { attackTable, besideTable, decoderTable } from './report.ts';

const usual = { seconds: 10, frames: 50_000, stall: 3 } as const;
/** Over sockets a frame takes so much longer. */
const socketShare = 20;
const decodersName = 'mutated frames to the decoders';

const help = `Usage: npm run soak -- [options]

Attacks our server over real sockets, one attack after the other, each on a fresh process, while an honest client writes;
then mutated frames to the decoders of server and client. Fails if the server ends, logs an error of its own, or stands
still for too long; if the honest client loses its connection; if more waits to be sent, or is held for the attacker, than
its bounds allow; if heap (10 % and 1 MB) or handles are not back once the attacker has left; and if the attack was given
what it must not be given.

  --only WORDS  only the attacks whose name holds these words
  --seconds N   how long attacks last that have no end of their own (${usual.seconds})
  --frames N    mutated frames to each decoder (${usual.frames}); a twentieth as many go over sockets
  --seed S      of the frames; drawn, and told, where not given
  --stall N     how long the server may stand still, of its own CPU time: so many times as long as a fixed piece of
                work takes it, which is 50 ms on a quiet machine (${usual.stall})
  --beside triplit[:SET]
                the same on the published server, where its set of packages is installed (${defaultSetName}): each
                attack that has a counterpart there, in a process of its own, for a minute at most. It is told beside
                ours, and decides nothing
  --json FILE   writes all figures there
  --help        prints this

Exit code: 0 all held, 1 something did not, 2 bad usage, 3 ended by a signal before.

Example: npm run soak -- --only pattern
Example: npm run soak -- --only "mutated frames" --frames 1000000 --seed 7
`;

interface Asked {
  /** The set of published packages that is attacked as well. */
  readonly besideSet: string | undefined;
  readonly attacks: readonly Attack[];
  readonly decoders: boolean;
}

function pick(options: Options): Asked {
  const words = options.value('only') ?? '';
  const picked = attacks.filter(({ name }) => name.includes(words));
  const decoders = decodersName.includes(words);
  if (picked.length === 0 && !decoders) throw new UsageError(`no attack has "${words}" in its name`);
  return { attacks: picked, decoders, besideSet: readBeside(options) };
}

/** Where the packages are not installed that is said, and ours is attacked alone. */
function readBeside(options: Options): string | undefined {
  const given = options.value('beside');
  if (given === undefined) return undefined;
  const asked = /^triplit(?::(.+))?$/u.exec(given);
  if (asked === null) throw new UsageError(`--beside knows triplit, not ${JSON.stringify(given)}`);
  const [, set = defaultSetName] = asked;
  if (isInstalled(repositoryRoot(), set)) return set;
  tell(`${sayAbsent(set)}; nothing stands beside ours`);
  return undefined;
}

function readSeed(options: Options): number {
  const given = options.value('seed');
  return given === undefined ? randomInt(mostSeed) : readWhole('--seed', given, 0, mostSeed);
}

interface Results {
  readonly outcomes: readonly Outcome[];
  readonly beside: ReadonlyMap<string, PublishedOutcome>;
  readonly decoders: readonly DecoderTally[];
  readonly isWhole: boolean;
}

async function carryOutAll(asked: Asked, circumstances: Circumstances, decoderFrames: number, signal: AbortSignal): Promise<Results> {
  const { seed, onProgress } = circumstances;
  const outcomes: Outcome[] = [];
  const beside = new Map<string, PublishedOutcome>();
  try {
    for (const attack of asked.attacks) {
      onProgress(attack.name);
      outcomes.push(await carryOut(attack, circumstances));
      if (asked.besideSet === undefined) continue;
      onProgress(`${attack.name}, on the published server`);
      beside.set(attack.name, await carryOutBeside(attack.name, asked.besideSet, circumstances));
    }
  } catch (error) {
    if (!(error instanceof EndingError)) throw error;
  }
  if (!asked.decoders || signal.aborted) return { outcomes, beside, decoders: [], isWhole: !signal.aborted };
  onProgress(decodersName);
  const decoders = await fuzzDecoders({ seed, frames: decoderFrames, signal, onProgress: tellTenths(decoderFrames, onProgress) });
  return { outcomes, beside, decoders, isWhole: !signal.aborted };
}

function tellTenths(frames: number, onProgress: (text: string) => void): (done: number) => void {
  let told = 0;
  return (done) => {
    const tenth = Math.floor((done / frames) * 10);
    if (tenth > told) onProgress(`${tenth * 10} % of the frames`);
    told = tenth;
  };
}

function complaintsOf({ outcomes, decoders }: Results): readonly string[] {
  return [
    ...outcomes.flatMap(({ name, complaints }) => complaints.map((complaint) => `${name}: ${complaint}`)),
    ...decoders.flatMap(({ side, failures }) => failures.map((failure) => `a frame of a ${side}: ${failure}`)),
  ];
}

async function run(options: Options): Promise<ExitCode> {
  readOutput(options, 'json');
  const asked = pick(options);
  const seed = readSeed(options);
  const decoderFrames = wholeOption(options, 'frames', usual.frames, 100_000_000);
  const signal = endingSignal('soak');
  const circumstances: Circumstances = {
    keys: await makeKeys(),
    lastingMs: wholeOption(options, 'seconds', usual.seconds, 99_999) * 1_000,
    stallMost: wholeOption(options, 'stall', usual.stall),
    frames: Math.ceil(decoderFrames / socketShare),
    seed,
    ending: whenEnding(signal),
    onProgress: (text) => void process.stderr.write(`${text}\n`),
  };
  const results = await carryOutAll(asked, circumstances, decoderFrames, signal);
  if (results.outcomes.length > 0) tell(attackTable(results.outcomes), '');
  if (results.beside.size > 0) tell(besideTable(results.outcomes, results.beside), '');
  if (results.decoders.length > 0) tell(decoderTable(results.decoders), '');
  const complaints = complaintsOf(results);
  const verdict = complaints.length === 0 ? 'all that was tried held' : sayCount(complaints.length, 'complaint');
  const broken = results.isWhole ? '' : `; ended by a signal after ${sayCount(results.outcomes.length, 'attack')}`;
  tell(...complaints, `seed ${seed}; ${verdict}${broken}`);
  writeJson(options, { seed, ...results, beside: Object.fromEntries(results.beside), complaints });
  const exitCode = complaints.length > 0 ? 1 : 0;
  // What was broken off may wait for an answer yet.
  if (!results.isWhole) process.exit(exitCode === 1 ? 1 : 3);
  return exitCode;
}

const options = {
  only: 'one value',
  seconds: 'one value',
  frames: 'one value',
  seed: 'one value',
  stall: 'one value',
  beside: 'one value',
  json: 'one value',
} as const;
await start({ name: 'soak', help, options, run });
