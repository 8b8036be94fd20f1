/** Runs one script on the system that is named, by what that system has and promises. */
import { runOn } from '../interpreter/run-on.ts';
import type { RunOptions } from '../interpreter/run-options.ts';
import type { Strategy } from '../interpreter/strategies.ts';
import { narrowedTo } from '../scripts/narrow.ts';
import type { Script } from '../scripts/script.ts';
import type { RunResult } from '../trace.ts';
import { profileOf } from './lacks.ts';
import { has } from './plugin.ts';
import { loadSystem } from './registry.ts';

/** An `explorer` stands in the place of the script's own schedule. */
export async function runScript(given: Script, options: RunOptions, explorer?: Strategy): Promise<RunResult> {
  const { plugin, version, workings } = await loadSystem(options.world);
  // Whoever narrows by ways of his own has done so when the script was drawn.
  const script = workings.narrow === undefined ? narrowedTo(plugin.capabilities, given) : given;
  const subject = {
    open: (worldOptions: Parameters<typeof workings.open>[0]) => workings.open(worldOptions, version),
    profile: profileOf(plugin, script.configuration.lenient ?? []),
    hasRoles: has(plugin, 'roles'),
    hasBounds: has(plugin, 'bounds'),
    hasSubscriptionNames: has(plugin, 'subscriptionNames'),
  };
  return runOn(subject, script, options, explorer);
}
