/** Runs one script on one world, with every check, and answers with what came of it. */
import type { Action, ModelConfiguration } from '../model/index.ts';
import type { LogEntry } from '../sut/server/storage.ts';
import { createCoverage } from './coverage/coverage.ts';
import { createCommander } from './interpreter/commands.ts';
import { createGifts } from './interpreter/gifts.ts';
import { createHosts, type Hosts } from './interpreter/hosts.ts';
import { createIncidents } from './interpreter/incidents.ts';
import { interpret, type Stage, type Tally } from './interpreter/interpret.ts';
import { createJudge } from './interpreter/judge.ts';
import { createPurse } from './interpreter/purse.ts';
import { createRecorder } from './interpreter/recorder.ts';
import { createSchedule, Undecided } from './interpreter/schedule.ts';
import { type Strategy, strategyOf } from './interpreter/strategies.ts';
import { roles } from './scripts/roles.ts';
import { scheduleOf } from './scripts/schedule-words.ts';
import type { Configuration, Script } from './scripts/script.ts';
import { createSetting } from './stage.ts';
import type { Outcome, RunOptions, RunResult } from './trace.ts';
import { appendLabel } from './worlds/labels.ts';
import { createMint } from './worlds/tokens.ts';

/** An `explorer` stands in the place of the script's own schedule. */
export async function runScript(script: Script, options: RunOptions, explorer?: Strategy): Promise<RunResult> {
  const { configuration } = script;
  const worldOptions = { clients: configuration.clients, initialLog: initialLogOf(configuration), seed: 1 };
  const setting = await createSetting(options.world, worldOptions, configuration.lenient);
  const { world } = setting;
  const recorder = createRecorder(options.keepTrace);
  const coverage = createCoverage();
  const mint = createMint({ authentication: configuration.authentication, claimsPath: configuration.claimsPath });
  const judge = createJudge({
    configuration: { ...modelConfiguration(configuration, world.trueWallMs(), mint.currentKey()), dialect: setting.dialect },
    recorder,
    coverage,
    now: world.now,
    witness: options.witness,
  });
  const purse = createPurse(mint, world.trueWallMs, world.trueWallMs(), setting.tokenGrainMs);
  const { system, translator, leave: leaveSetting } = setting.populate(judge, purse.labelOf);
  world.listen((event) => {
    let actions: readonly Action[];
    try {
      actions = translator.translate(event);
    } catch (problem) {
      judge.accuse(
        { rule: 'wire', shape: 'undescribable', message: String(problem), allowed: ['a frame of the protocol'], shown: event.event },
        'lockstep',
      );
      return;
    }
    for (const action of actions) judge.tell(action);
  });
  const gifts = createGifts();
  const hosts = createHosts({ system, world, judge, configuration, keys: mint.keySource, gifts });
  let tally: Tally = { steps: 0, commands: 0, skipped: 0 };
  let outcome: Outcome = { outcome: 'held' };
  try {
    await hosts.start();
    const { processes } = hosts;
    const schedule = createSchedule(world, judge, coverage);
    const commander = createCommander(processes, judge, world, purse, gifts);
    const incidents = createIncidents(system, world, hosts, judge, translator);
    const strategy = explorer ?? strategyOf(scheduleOf(configuration));
    const stage: Stage = {
      world,
      hosts,
      incidents,
      gifts,
      processes,
      mint,
      purse,
      commander,
      judge,
      schedule,
      strategy,
      coverage,
      recorder,
    };
    tally = await interpret(stage, script);
  } catch (problem) {
    outcome = outcomeOf(problem, judge.accuse);
  }
  // From here on the server closes everybody, which no rule speaks of; and a run that could not be decided stays so.
  judge.adjourn();
  const left = await leave(world, hosts, outcome.outcome === 'unknown' ? () => {} : judge.accuse);
  leaveSetting();
  if (left.outcome === 'unknown') outcome = left;
  const failure = judge.failure();
  if (failure !== null) outcome = { outcome: 'failed', failure };
  return { outcome, ...tally, traceHash: recorder.hash(), trace: recorder.events, coverage: coverage.counts() };
}

type Accuse = ReturnType<typeof createJudge>['accuse'];

/** A bound that was hit is no failure; anything else that a world throws is one. */
function outcomeOf(problem: unknown, accuse: Accuse): Outcome {
  if (problem instanceof Undecided || (problem instanceof Error && problem.name === 'WorldStuckError'))
    return { outcome: 'unknown', why: problem.message };
  const message = problem instanceof Error ? problem.message : String(problem);
  accuse({ rule: 'world', shape: shapeOf(message), message, allowed: ['only what the ports allow'], shown: message }, 'lockstep');
  return { outcome: 'held' };
}

function shapeOf(message: string): string {
  return message.replace(/\d+/g, 'n').slice(0, 80);
}

async function leave(world: Stage['world'], hosts: Hosts, accuse: Accuse): Promise<Outcome> {
  try {
    let closed: Promise<void> = Promise.resolve();
    await world.run(() => {
      closed = hosts.server().close();
      // Where a failure ended the run while the server was starting, this is refused before it is awaited.
      closed.catch(() => {});
    });
    // The server waits for what is being appended, which nobody releases any more.
    await world.execute(appendLabel);
    await closed;
    await world.close();
    return { outcome: 'held' };
  } catch (problem) {
    return outcomeOf(problem, accuse);
  }
}

function modelConfiguration(configuration: Configuration, epochMs: number, firstKey: string): ModelConfiguration {
  return {
    clients: configuration.clients,
    roles,
    sharedSecret: configuration.authentication === 'HS256',
    firstKeys: configuration.authentication === 'HS256' ? [] : [firstKey],
    epochMs,
    rows: configuration.rows,
    schema: configuration.schema ?? null,
  };
}

/** The seeded rows as the log would hold them, had a client named `seed` inserted each. */
function initialLogOf(configuration: Configuration): readonly LogEntry[] {
  const inserts = Object.entries(configuration.rows).flatMap(([collection, rows]) => rows.map((row) => ({ collection, row })));
  return inserts.map(({ collection, row }, index) => ({
    kind: 'write',
    version: index + 1,
    clientId: 'seed',
    sequence: index + 1,
    operations: [{ kind: 'insert', collection, id: row.id, attributes: row }],
  }));
}
