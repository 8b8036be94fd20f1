/** How a run ends: the world heals, what is owed comes, and every session says farewell (S10, H3). */
import { owedInTheEnd } from '../../model/index.ts';
import { issue } from '../steps/issue.ts';
import { throttle } from '../steps/throttle-timers.ts';
import { wake } from '../steps/wake-up.ts';
import { advance, moveTo, quiesce } from './quiescence.ts';
import type { Stage } from './run-context.ts';

/** After healing, everything settles within this virtual time: three times the longest back-off. */
const healingBoundMs = 900_000;

/** Enough for both sides to notice a dead line and to connect again; hours of heartbeats would tell no more. */
const witnessedHealingMs = 120_000;

/** Faults stop and time flows until nothing is owed, for a bounded virtual time; where no model knows what is owed, for a fixed one. */
export async function heal(stage: Stage): Promise<void> {
  const { world, judge } = stage;
  for (const name of stage.processes.keys()) {
    throttle(stage.performing, name, false);
    await wake(stage.performing, name);
  }
  world.heal();
  stage.performing.mint.serve('current');
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

/** The server learns of a half-open link by its silence alone; what falls due at the end of an advance may be left undone. */
const heartbeatBoundMs = 105_001;

/** Every session ends; nothing of it may be left. */
export async function farewell(stage: Stage): Promise<void> {
  const { world, judge, hosts } = stage;
  const isAnyHalfOpen = [...stage.processes.keys()].some((name) => world.isHalfOpen(name));
  for (const [name, process] of stage.processes) {
    // A command that still waits for a callback would begin what this ends.
    process.armed.clear();
    await issue(stage.performing, [{ do: 'endSession', client: name }]);
    judge.tell({ kind: 'taskEnded' });
  }
  await quiesce(stage);
  // Of a reader that fell behind the server hears nothing, its end neither: time gives it up (B5, B6).
  const isAnyUnread = Object.values(judge.state().connections).some(({ isPaused, openAtServer }) => isPaused && openAtServer);
  // So does storage without space, when there is nothing left to ask it for.
  const isFull = judge.state().server.full !== null;
  if ((isAnyHalfOpen || isAnyUnread || isFull) && judge.failure() === null) await advance(stage, heartbeatBoundMs);
  if (judge.failure() !== null) return;
  const view = hosts.server().inspect();
  const changed = stage.gifts.judge();
  if (changed !== null) judge.accuse(changed, 'lockstep');
  const groups = view?.groups.map((group) => group.id) ?? [];
  judge.ended({ timers: world.openTimers(), groups, connections: view?.connections ?? [] });
}
