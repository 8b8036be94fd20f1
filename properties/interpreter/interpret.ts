/** Executes one script on one world: steps, the schedule between them, healing and farewell. */
import { owedInTheEnd, type Quiescence } from '../../model/index.ts';
import type { Coverage } from '../coverage/coverage.ts';
import type { CommandStep, Script, Step } from '../scripts/script.ts';
import { sayStep } from '../scripts/words.ts';
import type { Mint } from '../worlds/tokens.ts';
import type { World } from '../worlds/world.ts';
import type { Commander } from './commands.ts';
import type { Gifts } from './gifts.ts';
import type { Hosts } from './hosts.ts';
import type { Incidents } from './incidents.ts';
import type { Judge } from './judge.ts';
import { type Moves, play } from './play.ts';
import type { ClientProcess } from './processes.ts';
import type { Purse } from './purse.ts';
import type { Recorder } from './recorder.ts';
import type { Schedule } from './schedule.ts';
import { schemaText } from './schema-text.ts';
import { type Order, roundRobin, type Strategy } from './strategies.ts';

export interface Stage {
  readonly world: World & { readonly openTimers: () => readonly string[] };
  readonly hosts: Hosts;
  readonly incidents: Incidents;
  readonly gifts: Gifts;
  readonly processes: ReadonlyMap<string, ClientProcess>;
  readonly mint: Mint;
  readonly purse: Purse;
  readonly commander: Commander;
  readonly judge: Judge;
  readonly schedule: Schedule;
  /** Null: fair. */
  readonly strategy: Strategy | null;
  readonly coverage: Coverage;
  readonly recorder: Recorder;
}
export interface Tally {
  steps: number;
  commands: number;
  skipped: number;
}

/** After healing, everything settles within this virtual time: three times the longest back-off. */
const healingBoundMs = 900_000;

export async function interpret(stage: Stage, script: Script): Promise<Tally> {
  const tally: Tally = { steps: 0, commands: 0, skipped: 0 };
  await quiesce(stage);
  const { strategy } = stage;
  if (strategy === null) await playFairly(stage, script, tally);
  else await play(strategy, script.steps, movesOf(stage, tally));
  stage.judge.at(script.steps.length);
  if (stage.judge.failure() === null) await heal(stage);
  if (stage.judge.failure() === null) await farewell(stage);
  tally.steps += stage.schedule.executed();
  return tally;
}

async function playFairly(stage: Stage, script: Script, tally: Tally): Promise<void> {
  for (const [index, step] of script.steps.entries()) {
    if (stage.judge.failure() !== null) return;
    if (await takeStep(stage, step, index, tally)) await quiesce(stage);
  }
}

function movesOf(stage: Stage, tally: Tally): Moves {
  const { judge, schedule } = stage;
  return {
    isOver: () => judge.failure() !== null,
    enabled: schedule.enabled,
    runTask: schedule.runOne,
    takeStep: (step, index) => takeStep(stage, step, index, tally),
    quiesce: () => quiesce(stage),
  };
}

/** Whether the step meant anything now. */
async function takeStep(stage: Stage, step: Step, index: number, tally: Tally): Promise<boolean> {
  const { judge, coverage, recorder, world } = stage;
  judge.at(index);
  recorder.record({ step: index, atMs: world.now(), process: 'world', event: 'step', detail: sayStep(step) });
  const before = judge.state();
  const commands = await perform(stage, step);
  if (commands === null) {
    tally.skipped += 1;
    coverage.skipped(step);
    recorder.record({ step: index, atMs: world.now(), process: 'world', event: 'skip', detail: step.do });
    return false;
  }
  tally.steps += 1;
  tally.commands += commands;
  coverage.step(step, before);
  judge.tell({ kind: 'taskEnded' });
  return true;
}

/** How many commands it issued; null where the step means nothing now. */
async function perform(stage: Stage, step: Step): Promise<number | null> {
  const { world, judge } = stage;
  switch (step.do) {
    case 'together':
      return issue(stage, step.commands);
    case 'inCallback':
      return arm(stage, step);
    case 'hold':
      return world.hold(step.label) ? 0 : null;
    case 'release':
      return world.release(step.label) ? 0 : null;
    case 'deliver':
      return deliver(stage, step.label, step.count);
    case 'advance':
      await advance(stage, step.ms);
      return 0;
    case 'cut':
      if (!world.cut(step.client, step.how)) return null;
      if (step.how === 'halfOpen') judge.tell({ kind: 'fellSilent', client: step.client });
      return 0;
    case 'refuseConnections':
      return world.refuseConnections(step.client) ? 0 : null;
    case 'acceptConnections':
      return world.acceptConnections(step.client) ? 0 : null;
    case 'jumpWallClock':
      world.jumpWallClock(step.process, step.byMs);
      judge.tell({ kind: 'wallJumped', process: step.process, byMs: step.byMs });
      return 0;
    case 'rotateKeys':
      stage.mint.rotate();
      judge.tell({ kind: 'keysRotated', key: stage.mint.currentKey() });
      return 0;
    case 'pushSchema':
    case 'restartServer':
    case 'restartClient':
    case 'failStorage':
    case 'inject':
    case 'stranger':
      return (await stage.incidents.perform(step)) ? 0 : null;
    default:
      return issue(stage, [step]);
  }
}

/** Issued at once, nothing drained between them. */
async function issue(stage: Stage, commands: readonly CommandStep[]): Promise<number | null> {
  const prepared: (() => boolean)[] = [];
  for (const command of commands) {
    const call = await stage.commander.prepare(command);
    if (call !== null) prepared.push(call);
  }
  if (prepared.length === 0) return null;
  let issued = 0;
  await stage.world.run(() => {
    for (const call of prepared) if (call()) issued += 1;
  });
  return issued === 0 ? null : issued;
}

async function arm(stage: Stage, step: Extract<Step, { readonly do: 'inCallback' }>): Promise<number | null> {
  const process = stage.processes.get(step.client);
  const call = await stage.commander.prepare(step.command);
  if (process === undefined || call === null) return null;
  const counted = (): void => {
    stage.coverage.callback(step.callback);
    call();
  };
  process.armed.set(step.callback, [...(process.armed.get(step.callback) ?? []), counted]);
  return 0;
}

async function deliver(stage: Stage, label: string, count: number): Promise<number | null> {
  let delivered = 0;
  while (delivered < count && stage.judge.failure() === null && (await stage.schedule.runOne(label))) delivered += 1;
  return delivered === 0 ? null : 0;
}

/** Weeks in which heartbeats go on cost more than they tell: an advance ends early after this many tasks. */
const tasksPerAdvanceMax = 2_000;

/**
 * Time flows timer by timer; between two instants everything settles. Under a strategy what falls due at the last one
 * is left to it, so that timers race with the steps that follow.
 */
async function advance(stage: Stage, ms: number): Promise<void> {
  const { world, judge, schedule, strategy } = stage;
  const order = strategy === null ? undefined : (strategy.order ?? roundRobin());
  if (strategy !== null) await quiesce(stage, order);
  const targetMs = world.now() + ms;
  const lastTask = schedule.executed() + tasksPerAdvanceMax;
  while (judge.failure() === null && schedule.executed() < lastTask) {
    const nextMs = world.nextTimerMs();
    const isReached = nextMs === undefined || nextMs > targetMs;
    moveTo(stage, isReached ? targetMs : Math.max(nextMs, world.now()));
    if (isReached || (strategy !== null && nextMs === targetMs)) return;
    await quiesce(stage, order);
  }
  if (judge.failure() !== null) return;
  stage.coverage.count('advance cut short');
  stage.recorder.record({ step: -1, atMs: world.now(), process: 'world', event: 'cut short', detail: `after ${tasksPerAdvanceMax} tasks` });
}

function moveTo(stage: Stage, nowMs: number): void {
  stage.world.setTime(nowMs);
  stage.judge.tell({ kind: 'time', nowMs });
}

/** Runs to quiescence, asserts it, and demands exact equality. */
async function quiesce(stage: Stage, order?: Order): Promise<void> {
  const { world, judge, schedule } = stage;
  await schedule.settle(order);
  if (judge.failure() !== null) return;
  await world.assertQuiescent();
  const statuses = Object.fromEntries([...stage.processes].map(([name, { client }]) => [name, client.status()]));
  const tokens = Object.fromEntries([...stage.processes].map(([name, { client }]) => [name, labelOfHeld(stage, client.token())]));
  const blocked = world.tasks().flatMap((task) => (task.held ? [task.label] : []));
  const halfOpen = [...stage.processes.keys()].filter((name) => world.isHalfOpen(name));
  judge.tell({ kind: 'quiescent', quiescence: { blocked, halfOpen, statuses, tokens, schemas: schemasOf(stage), server: inspect(stage) } });
}

function schemasOf(stage: Stage): Quiescence['schemas'] {
  return Object.fromEntries(
    [...stage.processes].map(([name, { client }]) => {
      const schema = client.schema();
      return [name, schema === undefined ? null : schemaText(schema)];
    }),
  );
}

/** A server that reads its log shows nothing. */
function inspect(stage: Stage): Quiescence['server'] {
  if (stage.hosts.phase() !== 'running') return null;
  const shown = stage.hosts.server().inspect();
  if (shown === null) return null;
  const { schema, ...view } = shown;
  return { ...view, schema: schema === null ? null : schemaText(schema) };
}

function labelOfHeld(stage: Stage, bytes: string | undefined): string | null {
  return bytes === undefined ? null : (stage.purse.labelOf(bytes) ?? 'a token of nobody');
}

/** Enough for both sides to notice a dead line and to connect again; hours of heartbeats would tell no more. */
const witnessedHealingMs = 120_000;

/** Faults stop and time flows until nothing is owed, for a bounded virtual time; where no model knows what is owed, for a fixed one. */
async function heal(stage: Stage): Promise<void> {
  const { world, judge } = stage;
  world.heal();
  const boundMs = world.now() + (judge.isWitnessed ? witnessedHealingMs : healingBoundMs);
  await quiesce(stage);
  while (judge.failure() === null && (judge.isWitnessed || owedInTheEnd(judge.state()).length > 0)) {
    const nextMs = world.nextTimerMs();
    if (nextMs === undefined || nextMs > boundMs) break;
    moveTo(stage, Math.max(nextMs, world.now()));
    await quiesce(stage);
  }
  if (judge.failure() === null) judge.settled();
}

/** The server learns of a half-open link by its heartbeat alone, within two beats. */
const heartbeatBoundMs = 100_000;

/** Every session ends; nothing of it may be left. */
async function farewell(stage: Stage): Promise<void> {
  const { world, judge, hosts } = stage;
  const isAnyHalfOpen = [...stage.processes.keys()].some((name) => world.isHalfOpen(name));
  for (const [name, process] of stage.processes) {
    // A command that still waits for a callback would begin what this ends.
    process.armed.clear();
    await issue(stage, [{ do: 'endSession', client: name }]);
    judge.tell({ kind: 'taskEnded' });
  }
  await quiesce(stage);
  if (isAnyHalfOpen && judge.failure() === null) await advance(stage, heartbeatBoundMs);
  if (judge.failure() !== null) return;
  const view = hosts.server().inspect();
  const changed = stage.gifts.judge();
  if (changed !== null) judge.accuse(changed, 'lockstep');
  const groups = view?.groups.map((group) => group.id) ?? [];
  judge.ended({ timers: world.openTimers(), groups, connections: view?.connections ?? [] });
}
