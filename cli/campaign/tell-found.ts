/** Tells what the script of a failure was found with, and warns where it is run with something else: it may well hold then. */
import type { Fault } from '../../properties/faults/fault.ts';
import { sayVersions } from '../../properties/systems/plugin.ts';
import { isPath, type NamedSystem } from '../../properties/systems/registry.ts';
import type { ScriptTarget } from '../read-script.ts';
import type { Surroundings } from '../verb.ts';
import { pathFromHere, systemFromHere, systemFromRoot, versionsOf } from './describe.ts';
import { type Found, isUnchanged } from './failure-file.ts';

export function tellFound(target: ScriptTarget, system: NamedSystem, fault: Fault | undefined, { err }: Surroundings): void {
  if (target.target !== 'file' || target.found === null) return;
  const { found, script } = target;
  const edited = isUnchanged({ found, script }) ? '' : '; it was edited since';
  err.write(`lockstep: ${sayFound(found)}${edited}\n`);
  for (const warning of warningsOf(found, system, fault)) err.write(`lockstep: warning: ${warning}\n`);
}

function sayFound({ seed, run, system, versions, fault, by, class: name }: Found): string {
  const where = run === null ? `in the corpus (seed ${seed})` : `in run ${run} of seed ${seed}`;
  const packages = Object.keys(versions).length === 0 ? '' : ` (${sayVersions(versions)})`;
  const planted = fault === null ? '' : ` with the fault "${fault.name}"`;
  const commit = by.commit === null ? '' : `, commit ${by.commit.slice(0, 12)}${by.commit.endsWith('+') ? ' and changes' : ''}`;
  return `${name}, found ${where}, on ${system}${packages}${planted}; Lockstep ${by.lockstep}${commit}, Node ${by.node}`;
}

function warningsOf(found: Found, system: NamedSystem, fault: Fault | undefined): readonly string[] {
  const warnings: string[] = [];
  const now = systemFromRoot(system.name);
  if (found.system !== now) {
    const [name = '', ...version] = isPath(found.system) ? [systemFromHere(found.system)] : found.system.split(' ');
    const words = [`--system ${name}`, ...version.map((set) => `--versions ${set}`)].join(' ');
    warnings.push(`it was found on ${found.system}, and runs on ${now}; ${words} runs it there`);
  } else if (JSON.stringify(found.versions) !== JSON.stringify(versionsOf(system))) {
    warnings.push(`it was found with ${sayVersions(found.versions)}, and runs with ${sayVersions(versionsOf(system))}`);
  }
  if (found.fault !== null && fault?.name !== found.fault.name) {
    warnings.push(
      `it was found with the fault "${found.fault.name}", and runs without; --fault ${pathFromHere(found.fault.path)} plants it`,
    );
  }
  if (found.fault === null && fault !== undefined) warnings.push(`it was found without a fault, and runs with "${fault.name}"`);
  return warnings;
}
