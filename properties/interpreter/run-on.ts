/** Runs one script on one system in its world, with every check, and answers with what came of it. */

import type { Action, ModelConfiguration, Profile } from '../../model/index.ts';
import type { System } from '../../sut/port/system.ts';
import type { LogEntry } from '../../sut/server/storage.ts';
import { createCoverage } from '../coverage/coverage.ts';
import { createGifts } from '../driving/gifts.ts';
import { createPurse, type Purse } from '../driving/purse.ts';
import type { Translator } from '../driving/translator.ts';
import { scheduleOf } from '../language/configuration.ts';
import { append } from '../language/labels.ts';
import { roles } from '../language/roles.ts';
import type { Configuration, Script } from '../scripts/script.ts';
import type { Outcome, RunResult, States } from '../trace.ts';
import type { AssembledWorld } from '../worlds/assemble.ts';
import { createMint } from '../worlds/tokens.ts';
import type { World, WorldEvent, WorldOptions } from '../worlds/world.ts';
import { type Conduct, Standstill, watchConduct } from './conduct.ts';
import { createHosts, type Hosts } from './hosts.ts';
import { interpret } from './interpret.ts';
import { createJudge, type Judge } from './judge.ts';
import { createPerforming } from './performing.ts';
import { advance } from './quiescence.ts';
import { createRecorder } from './recorder.ts';
import type { Stage, Tally } from './run-context.ts';
import type { RunOptions } from './run-options.ts';
import { createSchedule, type Schedule, Undecided } from './schedule.ts';
import { createLastShown, type LastShown, statesAt } from './states.ts';
import { type Strategy, strategyOf } from './strategies.ts';

/** A system that is to be run: where it lives, and what it promises. */
export interface SystemInRun {
  readonly open: (options: WorldOptions) => Promise<Setting>;
  readonly profile: Profile;
  /** Whether the roles of the cast are given to it. */
  readonly hasRoles: boolean;
  /** Whether it bounds what it takes of connections (B5). */
  readonly hasBounds: boolean;
  /** Whether a name in use may be given to another subscription, to be refused. */
  readonly hasSubscriptionNames: boolean;
}

export interface Setting {
  readonly world: AssembledWorld;
  /** Times in tokens are multiples of it. */
  readonly tokenGrainMs: number;
  /** `labelOf` names a token by its bytes. */
  readonly populate: (judge: Judge, labelOf: (bytes: string) => string | undefined) => Population;
}
export interface Population {
  readonly system: System;
  readonly translator: Translator;
}

/** An `explorer` stands in the place of the script's own schedule. */
export async function runOn(
  subject: SystemInRun,
  whole: Script,
  options: Omit<RunOptions, 'world'>,
  explorer?: Strategy,
): Promise<RunResult> {
  const script = options.until === undefined ? whole : { ...whole, steps: whole.steps.slice(0, options.until) };
  const { configuration } = script;
  const worldOptions = { clients: configuration.clients, initialLog: initialLogOf(configuration), seed: 1 };
  const setting = await subject.open(worldOptions);
  const { world } = setting;
  const recorder = createRecorder(options.keepTrace);
  const coverage = createCoverage();
  const mint = createMint({ authentication: configuration.authentication, claimsPath: configuration.claimsPath });
  const lastShown = createLastShown();
  const judge = watched(
    createJudge({
      configuration: modelConfiguration(configuration, subject, world.trueWallMs()),
      recorder,
      coverage,
      now: world.now,
      witness: options.witness,
    }),
    options,
    lastShown,
  );
  const purse = createPurse(mint, world.trueWallMs, world.trueWallMs(), setting.tokenGrainMs);
  const { system: sound, translator } = setting.populate(judge, purse.labelOf);
  const system = options.damage === undefined ? sound : options.damage(sound);
  world.listen((event) => {
    let actions: readonly Action[];
    try {
      actions = measured(event, translator.translate(event), configuration);
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
  const hosts = createHosts({ system, world, judge, configuration, roles: subject.hasRoles ? roles : {}, mint, gifts });
  let tally: Tally = { steps: 0, commands: 0, skipped: 0 };
  let outcome: Outcome = { outcome: 'held' };
  let isStarted = false;
  let schedule: Schedule | undefined;
  const conduct = watchConduct(judge);
  try {
    options.onStep?.(-1);
    await conduct.awaited(() => 'the start of the server', hosts.start());
    isStarted = true;
    const { processes } = hosts;
    schedule = createSchedule(world, judge, coverage);
    const { underWay } = schedule;
    const parts = { world, hosts, judge, schedule, coverage, purse, gifts };
    const performing = createPerforming({
      ...parts,
      system,
      translator,
      mint,
      hasSubscriptionNames: subject.hasSubscriptionNames,
      advance: (ms) => advance(stage, ms),
    });
    const strategy = explorer ?? strategyOf(scheduleOf(configuration));
    const stage: Stage = { ...parts, performing, processes, strategy, recorder, endsAsItStands: options.until !== undefined };
    tally = await conduct.awaited(() => workOf(underWay()), interpret(stage, script));
  } catch (problem) {
    outcome = outcomeOf(problem, judge);
  }
  const states =
    options.until === undefined || !isStarted ? undefined : tellStates(script, { judge, world, hosts, lastShown, labelOf: purse.labelOf });
  // From here on the server closes everybody, which no rule speaks of; and a run that could not be decided stays so.
  judge.adjourn();
  const left = await leave(world, hosts, conduct, outcome.outcome === 'unknown' ? deaf : judge);
  if (outcome.outcome === 'held' && left.outcome === 'held' && options.until === undefined) judge.tell({ kind: 'over', awaited: [] });
  conduct.leave();
  if (left.outcome === 'unknown') outcome = left;
  const failure = judge.failure();
  if (failure !== null) outcome = { outcome: 'failed', failure };
  const result = { outcome, ...tally, traceHash: recorder.hash(), trace: recorder.events, coverage: coverage.counts() };
  return states === undefined ? result : { ...result, states };
}

/** Who looks on sees and hears, and changes nothing; where nobody does, nothing stands between. */
function watched(judge: Judge, { until, onStep }: Pick<RunOptions, 'until' | 'onStep'>, lastShown: LastShown): Judge {
  if (until === undefined && onStep === undefined) return judge;
  return {
    ...judge,
    at: (step) => {
      judge.at(step);
      onStep?.(step);
    },
    tell: (action) => {
      lastShown.see(action);
      judge.tell(action);
    },
  };
}

interface Stopped {
  readonly judge: Judge;
  readonly world: Pick<World, 'now' | 'tasks'>;
  readonly hosts: Hosts;
  readonly lastShown: LastShown;
  readonly labelOf: Purse['labelOf'];
}

function tellStates(script: Script, { judge, world, hosts, lastShown, labelOf }: Stopped): States {
  const failure = judge.failure();
  return {
    afterSteps: failure === null ? script.steps.length : Math.min(failure.step + 1, script.steps.length),
    atMs: world.now(),
    held: world.tasks().flatMap((task) => (task.held ? [task.label] : [])),
    ...statesAt({ state: judge.state(), hosts, lastShown, labelOf }),
  };
}

type Accused = Pick<Judge, 'accuse' | 'tell'>;

/** Nobody hears what is still found of a run that could not be decided. */
const deaf: Accused = { accuse: () => {}, tell: () => {} };

/** A bound that was hit is no failure; anything else that a world throws is one. */
function outcomeOf(problem: unknown, { accuse, tell }: Accused): Outcome {
  if (problem instanceof Undecided || (problem instanceof Error && problem.name === 'WorldStuckError'))
    return { outcome: 'unknown', why: problem.message };
  if (problem instanceof Standstill) {
    tell({ kind: 'over', awaited: [problem.of] });
    return { outcome: 'held' };
  }
  const message = problem instanceof Error ? problem.message : String(problem);
  accuse({ rule: 'world', shape: shapeOf(message), message, allowed: ['only what the ports allow'], shown: message }, 'lockstep');
  return { outcome: 'held' };
}

/** What the world waits for; whose it is says nothing about the failure. */
function workOf(label: string | null): string {
  return label === null ? 'work of the world' : `the work "${label.replace(/\bc\d+\b/gu, 'a client')}"`;
}

function shapeOf(message: string): string {
  return message.replace(/\d+/g, 'n').slice(0, 80);
}

/** With the length of each frame of the server, where this run bounds what waits to be sent (B6). */
function measured(event: WorldEvent, actions: readonly Action[], { bounds }: Configuration): readonly Action[] {
  if (bounds?.queueBytesMax === undefined || event.event !== 'serverSent') return actions;
  const bytes = Buffer.byteLength(event.data);
  return actions.map((action) => (action.kind === 'serverSent' ? { ...action, bytes } : action));
}

async function leave(world: Stage['world'], hosts: Hosts, conduct: Conduct, accused: Accused): Promise<Outcome> {
  try {
    let closed: Promise<void> = Promise.resolve();
    await world.run(() => {
      closed = hosts.server().close();
      // Where a failure ended the run while the server was starting, this is refused before it is awaited.
      closed.catch(() => {});
    });
    // The server waits for what is being appended, which nobody releases any more.
    await world.execute(append);
    await conduct.awaited(() => 'the close of the server', closed);
    await world.close();
    return { outcome: 'held' };
  } catch (problem) {
    return outcomeOf(problem, accused);
  }
}

function modelConfiguration(
  configuration: Configuration,
  { profile, hasRoles, hasBounds }: SystemInRun,
  epochMs: number,
): ModelConfiguration {
  return {
    profile,
    clients: configuration.clients,
    roles: hasRoles ? roles : {},
    sharedSecret: configuration.authentication === 'HS256',
    epochMs,
    rows: configuration.rows,
    schema: configuration.schema ?? null,
    writeIdsKept: configuration.writeIdsKept,
    // A system that bounds nothing waits for a hello as long as it likes.
    bounds: hasBounds ? configuration.bounds : { helloTimeoutMs: Number.POSITIVE_INFINITY },
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
    id: `${index + 1}`.padStart(32, '0'),
    answered: 0,
    operations: [{ kind: 'insert', collection, id: row.id, attributes: row }],
  }));
}
