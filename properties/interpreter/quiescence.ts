/** Time and rest: the clock moves on, everything that can move does, and then the model is asked for exact equality. */
import type { Quiescence } from '../../model/index.ts';
import { tasksPerAdvanceMost } from '../language/advances.ts';
import { sayDuration } from '../language/words-time.ts';
import type { Stage } from './run-context.ts';
import { Undecided } from './schedule.ts';
import { schemaText } from './schema-text.ts';
import { type Order, roundRobin } from './strategies.ts';

/**
 * Time flows timer by timer; between two instants everything settles. Under a strategy what falls due at the last one
 * is left to it, so that timers race with the steps that follow. Where it takes too many tasks nobody knows what would
 * have come of the rest: the run is undecided.
 */
export async function advance(stage: Stage, ms: number): Promise<void> {
  const { world, judge, schedule, strategy } = stage;
  const order = strategy === null ? undefined : (strategy.order ?? roundRobin());
  if (strategy !== null) await quiesce(stage, order);
  const startMs = world.now();
  const targetMs = startMs + ms;
  const lastTask = schedule.executed() + tasksPerAdvanceMost;
  while (judge.failure() === null && schedule.executed() < lastTask) {
    const nextMs = world.nextTimerMs();
    const isReached = nextMs === undefined || nextMs > targetMs;
    moveTo(stage, isReached ? targetMs : Math.max(nextMs, world.now()));
    if (isReached || (strategy !== null && nextMs === targetMs)) return;
    await quiesce(stage, order);
  }
  if (judge.failure() !== null) return;
  const step = judge.step();
  stage.coverage.count('advance cut short');
  stage.recorder.record({ step, atMs: world.now(), event: 'cut short', tasks: tasksPerAdvanceMost });
  throw new Undecided(
    `step ${step + 1} asked for ${sayDuration(ms)} to pass and was cut after ${tasksPerAdvanceMost} tasks, when ${sayDuration(world.now() - startMs)} had passed`,
  );
}

export function moveTo(stage: Stage, nowMs: number): void {
  stage.world.setTime(nowMs);
  stage.judge.tell({ kind: 'time', nowMs });
}

/** Runs to quiescence, asserts it, and demands exact equality. */
export async function quiesce(stage: Stage, order?: Order): Promise<void> {
  const { world, judge, schedule } = stage;
  await schedule.settle(order);
  if (judge.failure() !== null) return;
  await world.assertQuiescent();
  const statuses = Object.fromEntries([...stage.processes].map(([name, { client }]) => [name, client.status()]));
  const tokens = Object.fromEntries([...stage.processes].map(([name, { client }]) => [name, labelOfHeld(stage, client.token())]));
  const tasks = world.tasks();
  const blocked = tasks.flatMap((task) => (task.held ? [task.label] : []));
  const throttled = tasks.flatMap((task) => (task.isThrottled === true ? [task.label] : []));
  const halfOpen = [...stage.processes.keys()].filter((name) => world.isHalfOpen(name));
  const quiescence = {
    blocked,
    ...(throttled.length > 0 && { throttled }),
    halfOpen,
    statuses,
    tokens,
    pendingWrites: pendingWritesOf(stage),
    schemas: schemasOf(stage),
  };
  judge.tell({ kind: 'quiescent', quiescence: { ...quiescence, server: inspect(stage) } });
}

function pendingWritesOf(stage: Stage): Quiescence['pendingWrites'] {
  return Object.fromEntries(
    [...stage.processes].flatMap(([name, { client, pendingWritesTold: told }]) => {
      const shown = client.pendingWrites();
      const held = client.heldWrites();
      return shown === null ? [] : [[name, { shown: shown ?? null, told, ...(held !== null && { held }) }]];
    }),
  );
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
