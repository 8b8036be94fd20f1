/**
 * `npm run crash`: kills a real server on a real disk, and a client, again and again in the middle of writing, and lets the model judge what is left. Beside that it counts the
 * flushes of a run, since what a process has written outlives that process whether or not it was flushed.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignJWT } from 'jose';
import { type Options, taking, wholeIn } from '../../cli/options.ts';
import { start, tell, wholeOption, writeJson } from '../../cli/programs/program.ts';
import { type ExitCode, exitCodes } from '../../cli/verb.ts';
import type { LogEntry } from '../../sut/server/storage.ts';
import { loadLmdb } from '../../sut/storage/lmdb/package.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { endingSignal } from '../interruption.ts';
import { createChance } from './chance.ts';
import { complaintAbout, countFlushes, type Flushes } from './flushes.ts';
import type { Complaint } from './judge.ts';
import { createProcesses } from './processes.ts';
import { type RoundEnd, runRound, type Setting } from './round.ts';

const roundsUsually = 25;

const help = `Usage: npm run crash [-- options]

Runs a real server on LMDB, four writers over real sockets, and a fifth on a storage on LMDB in a process of its own. In each round the server
and that process are killed with SIGKILL at random moments, and come back. Then every acknowledged write must be in the log, once and in
order, and no other; one that was not acknowledged whole or not at all; and all clients settle by themselves. The model judges.
First it counts the flushes of a run, where strace is there: each acknowledgement must have one before it, that the last one on its connection had not.

  --rounds N      rounds, each with two kills (${roundsUsually})
  --seed S        of what is written and of when is killed (a random one, which is told)
  --folder DIR    where to keep what is written (a temporary one): a disk that you want to know about
  --json FILE     writes the figures there
  --help          prints this

Example: npm run crash -- --rounds 200

Exit code: 0 held, 1 a round failed, 2 bad usage, 3 could not decide (Ctrl-C).
`;

interface Figures {
  readonly seed: number;
  readonly rounds: number;
  readonly serverKills: number;
  readonly writerKills: number;
  readonly writes: number;
  readonly acknowledged: number;
  readonly waitingAtKills: number;
  readonly foundInOutboxes: number;
  /** Of a run of its own; null: strace is not there. */
  readonly flushes: Flushes | null;
  readonly seconds: number;
  readonly failures: readonly {
    readonly class: string;
    readonly rule: string;
    /** 0: the count of flushes. */
    readonly round: number;
    readonly message: string;
  }[];
}

async function run(options: Options): Promise<ExitCode> {
  const rounds = wholeOption(options, 'rounds', roundsUsually);
  const seed = wholeIn(options, 'seed', 0, 2 ** 32 - 1) ?? Math.floor(Math.random() * 2 ** 32);
  await loadLmdb().catch((error: unknown) => {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  });
  const folder = folderFor(options);
  const jwtSecret = 'a secret of this run and nothing else';
  const setting: Setting = {
    processes: await createProcesses(),
    chance: createChance(seed),
    seed,
    folder,
    jwtSecret,
    token: await new SignJWT({ sub: 'ann' })
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime('1d')
      .sign(new TextEncoder().encode(jwtSecret)),
  };
  tell(`seed ${seed}, in ${folder}`);
  const startMs = performance.now();
  const ending = endingSignal('crash');
  const ends: RoundEnd[] = [];
  let flushes: Flushes | null = null;
  let log: readonly LogEntry[] = [];
  let port = 0;
  try {
    flushes = (await countFlushes(setting)) ?? null;
    tell(sayFlushes(flushes));
    for (let round = 1; round <= rounds && complaintOf(flushes) === null; round += 1) {
      const done = await unlessAborted(ending, runRound(setting, round, log, port));
      if (done === undefined) break;
      ({ log, port } = done);
      ends.push(done.end);
      tell(`round ${round} of ${rounds}: ${sayRound(done.end)}`);
      if (done.end.complaint !== null) break;
    }
  } finally {
    setting.processes.killAll();
  }
  const figures = figuresOf(seed, ends, flushes, (performance.now() - startMs) / 1_000);
  writeJson(options, figures);
  return conclude(figures, ending.aborted, folder);
}

/** Undefined where it is aborted first. It is not held on to afterwards, as a race with a promise of the whole run would. */
function unlessAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    const abort = (): void => resolve(undefined);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** A fresh one. It is removed in the end, unless there is something to look at in it. */
function folderFor(options: Options): string {
  const given = options.value('folder');
  try {
    if (given !== undefined) mkdirSync(given, { recursive: true });
    return mkdtempSync(join(given ?? tmpdir(), 'lockstep-crash-'));
  } catch (error) {
    throw new UsageError(`--folder ${given}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function sayRound({ complaint, writes, heardAtKill, waitingAtKill, heardByWriter, inOutbox }: RoundEnd): string {
  const kills = `server killed after ${heardAtKill} acknowledgements with ${waitingAtKill} writes waiting, a writer after ${heardByWriter} with ${inOutbox} in its outbox`;
  return complaint === null ? `${kills}; ${writes} writes, held` : `${kills}; FAILED ${complaint.rule}: ${complaint.message}`;
}

function complaintOf(flushes: Flushes | null): Complaint | null {
  return flushes === null ? null : complaintAbout(flushes);
}

function sayFlushes(flushes: Flushes | null): string {
  if (flushes === null) return 'flushes: NOT COUNTED, since strace is not there';
  const counted = `flushes: ${flushes.flushes} for ${flushes.acknowledgements} acknowledgements`;
  const complaint = complaintOf(flushes);
  return complaint === null ? `${counted}, each after its own, held` : `${counted}; FAILED ${complaint.rule}: ${complaint.message}`;
}

function figuresOf(seed: number, ends: readonly RoundEnd[], flushes: Flushes | null, seconds: number): Figures {
  const sum = (of: (end: RoundEnd) => number): number => ends.reduce((total, end) => total + of(end), 0);
  return {
    seed,
    rounds: ends.length,
    serverKills: ends.length,
    writerKills: ends.length,
    writes: sum(({ writes }) => writes),
    acknowledged: sum(({ acknowledged }) => acknowledged),
    waitingAtKills: sum(({ waitingAtKill }) => waitingAtKill),
    foundInOutboxes: sum(({ inOutbox }) => inOutbox),
    flushes,
    seconds: Math.round(seconds * 10) / 10,
    failures: [complaintOf(flushes), ...ends.map(({ complaint }) => complaint)].flatMap((complaint, round) =>
      complaint === null ? [] : [{ class: `${complaint.rule} ${round === 0 ? 'flush' : 'crash'}`, round, ...complaint }],
    ),
  };
}

function conclude(figures: Figures, isInterrupted: boolean, folder: string): ExitCode {
  const { rounds, serverKills, writerKills, writes, acknowledged, waitingAtKills, foundInOutboxes, seconds, failures, seed } = figures;
  tell(
    `${rounds} rounds in ${seconds} s: ${serverKills} kills of the server with ${waitingAtKills} writes waiting, ${writerKills} of a writer with ${foundInOutboxes} in its outbox;`,
    `${writes} writes in the log, ${acknowledged} acknowledged`,
  );
  if (failures.length > 0) {
    tell(`FAILED; what is left lies in ${folder}`, `Again: npm run crash -- --seed ${seed} --rounds ${Math.max(1, rounds)}`);
    return exitCodes.failed;
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  if (isInterrupted) {
    tell('interrupted: COULD NOT DECIDE');
    return exitCodes.undecided;
  }
  tell('HELD: nothing acknowledged was lost, nothing is there twice or in part');
  return exitCodes.held;
}

await start({ name: 'crash', help, options: { ...taking('one value', 'rounds', 'seed', 'folder', 'json') }, run });
// The clients of a round that failed, or was interrupted, go on trying.
process.exit();
