/**
 * Conducts a campaign: runs it, writes down what is known the moment it is, and has the last word however it ends. Nothing that
 * goes wrong with files ends it.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Campaign } from '../../properties/simulate/journal/campaign.ts';
import { type JournalLine, journalVersion } from '../../properties/simulate/journal/lines.ts';
import { isKnown } from '../../properties/simulate/known.ts';
import { nothingRecorded, type Recorded, type Recorder } from '../../properties/simulate/recording.ts';
import { isAskedFor } from '../../properties/simulate/reduction.ts';
import { simulate } from '../../properties/simulate/simulate.ts';
import { hasFailed } from '../../properties/simulate/simulation.ts';
import type { NamedSystem } from '../../properties/systems/registry.ts';
import { sayCount } from '../../reports/terminal/text.ts';
import { keepBundlesIn } from '../../tools/bundle.ts';
import { namedBy } from '../failures.ts';
import { interruptibly } from '../interruption.ts';
import { commandsFor, sayPath } from '../shared.ts';
import type { ExitCode, Surroundings } from '../verb.ts';
import type { Conducted, Outputs } from './conducted.ts';
import { foundWith, pathFromHere } from './describe.ts';
import { openJournalFile } from './journal-file.ts';
import { type KnownFailure, type KnownFailures, openKnownFailures } from './known-failures.ts';
import { report } from './report.ts';
import { openTroubles } from './troubles.ts';

/** Classes that are told when they are met, and at a sudden end: more would push the first out of sight. */
const classesTold = 8;

export async function conduct(conducted: Conducted, outputs: Outputs, surroundings: Surroundings): Promise<ExitCode> {
  const { campaign, folder, options, bundle, recorded = nothingRecorded, earlier } = conducted;
  const { startMs } = surroundings;
  const troubles = openTroubles();
  const journal = openJournalFile(folder, troubles, earlier?.wholeBytes);
  const failures = openKnownFailures(folder === null ? null : join(folder, 'failures'), foundWith(campaign), troubles);
  let isFailing = false;
  const fail = (): void => {
    isFailing = true;
    surroundings.failureKnown();
  };
  if (holdsFailure(recorded, campaign)) fail();
  if (earlier === undefined) journal.write(...beginningOf(campaign, recorded));
  const elapsedSeconds = (): number => recorded.seconds + (performance.now() - startMs) / 1000;
  try {
    const simulation = await interruptibly(
      surroundings,
      (progress) => {
        tellLast(failures, conducted, surroundings);
        return isFailing || (progress !== undefined && hasFailed(progress)) ? 1 : 3;
      },
      ({ display, ...hooks }) => {
        display.say(`lockstep: ${conducted.announcement}`);
        const tell = openTeller(conducted, (line) => display.say(line));
        const recorder: Recorder = {
          corpusRan: ({ name }, outcome) => journal.write({ line: 'corpus', entry: name, outcome }),
          ran: (runs) => journal.write({ line: 'runs', elapsedSeconds: elapsedSeconds(), runs }),
          shrank: (shrink) => journal.write({ line: 'shrunk', shrink }),
          saw: (sighting) => {
            fail();
            const { stage, run, failure } = sighting;
            if (stage === 'found') journal.write({ line: 'failure', run, failure });
            const known = failures.see(sighting);
            if (known !== null) tell(known);
          },
        };
        return simulate(options, { ...hooks, bundle, recorder, recorded, startMs });
      },
    );
    const exitCode = await report(simulation, conducted, failures, outputs, troubles, surroundings);
    journal.write({ line: 'end', end: simulation.end });
    for (const sentence of troubles.told()) surroundings.err.write(`lockstep: ${sentence}\n`);
    if (simulation.end === 'interrupted') surroundings.err.write(sayHowToGoOn(folder));
    return exitCode;
  } finally {
    journal.close();
    keepBundlesIn(undefined);
    if (folder !== null) rmSync(join(folder, 'bundles'), { recursive: true, force: true });
  }
}

/** Whether a run failed before that counts. */
function holdsFailure({ segments }: Recorded, { only }: Campaign): boolean {
  const ends = segments.flatMap((segment) => segment.ends);
  return ends.some(({ outcome }) => outcome.outcome === 'failed' && !isKnown(outcome.failure) && isAskedFor(outcome.failure, only));
}

/** Of what was done before by other processes than that of this journal, such as shards, all is written again. */
function beginningOf(campaign: Campaign, { corpus, segments, shrinks, seconds }: Recorded): readonly JournalLine[] {
  return [
    { line: 'campaign', version: journalVersion, campaign },
    ...[...corpus].map(([entry, outcome]): JournalLine => ({ line: 'corpus', entry, outcome })),
    ...segments.map((runs): JournalLine => ({ line: 'runs', elapsedSeconds: seconds, runs })),
    ...shrinks.map((shrink): JournalLine => ({ line: 'shrunk', shrink })),
  ];
}

/** Tells a class when it is met, and when it is shrunk to fewer steps than were told. */
function openTeller({ campaign, system }: Conducted, say: (line: string) => void): (known: KnownFailure) => void {
  const told = new Map<string, number>();
  return (known) => {
    const before = told.get(known.class);
    const isNew = before === undefined;
    if (isNew ? told.size >= classesTold : known.stage !== 'shrunk' || known.steps >= before) return;
    told.set(known.class, known.steps);
    const steps = `${sayCount(known.steps, 'step')}${known.stage === 'shrunk' ? '' : ' so far'}`;
    const where = known.run === null ? 'in the corpus' : `in run ${known.run}`;
    say(`lockstep: ${isNew ? `failed ${where}` : 'shrunk'}: ${known.class} (${steps})  ${replayOf(known, campaign, system)}`);
  };
}

function replayOf({ path, run }: KnownFailure, { seed, fault }: Campaign, system: NamedSystem): string {
  return commandsFor(namedBy(path, run, seed), system, fault === null ? undefined : pathFromHere(fault.path)).replay;
}

/** Of a process that ends at once: what is known, as short as can be. */
function tellLast(failures: KnownFailures, { campaign, system, folder }: Conducted, { out, err }: Surroundings): void {
  const all = failures.all();
  if (all.length > 0) out.write(`FAILED  ${sayCount(all.length, 'class of failure', 'classes of failure')}, interrupted\n`);
  for (const known of all.slice(0, classesTold)) {
    out.write(`  ${known.rule}  ${known.message} (${known.class}, ${sayCount(known.steps, 'step')})\n`);
    out.write(`  Replay it:  ${replayOf(known, campaign, system)}\n`);
  }
  err.write(sayHowToGoOn(folder));
}

function sayHowToGoOn(folder: string | null): string {
  return folder === null ? '' : `lockstep: npx lockstep resume ${sayPath(folder)} goes on with it\n`;
}
