/** Takes one step of a script: commands are issued, faults happen, time flows. */
import type { CommandStep, Step } from '../scripts/script.ts';
import { advance } from './quiescence.ts';
import type { Stage, Tally } from './run-context.ts';

/** Whether the step meant anything now. */
export async function takeStep(stage: Stage, step: Step, index: number, tally: Tally): Promise<boolean> {
  const { judge, coverage, recorder, world } = stage;
  judge.at(index);
  recorder.record({ step: index, atMs: world.now(), event: 'step', taken: step });
  const before = judge.state();
  const commands = await perform(stage, step);
  if (commands === null) {
    tally.skipped += 1;
    coverage.skipped(step);
    recorder.record({ step: index, atMs: world.now(), event: 'skip', skipped: step.do });
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
export async function issue(stage: Stage, commands: readonly CommandStep[]): Promise<number | null> {
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
