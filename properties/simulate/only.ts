/** The names by which failures can be picked: numbered rules, the laws beside them, and the checks that find them. */

import { nearestNames } from '../../tools/nearest-names.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { checks } from '../checks/index.ts';
import { relationProperties, relationsAskedFor } from '../relations/draw.ts';
import { ruleNames } from '../rules.ts';

export interface Only {
  /** Rules or properties whose failures count. */
  readonly only: readonly string[];
  /** Relations that every run plays: where nothing but relations is asked for, nothing else need run. */
  readonly relations: readonly string[];
}

/** Throws UsageError with the nearest names where one is not known. */
export function readOnlyNames(option: string, names: readonly string[]): Only {
  return { only: checkNames(option, names), relations: relationsAskedFor(names) };
}

function checkNames(option: string, names: readonly string[]): readonly string[] {
  const known = knownNames();
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return names;
  const nearest = nearestNames(unknown, known);
  const hint = nearest.length === 0 ? '' : `near it ${nearest.length === 1 ? 'is' : 'are'} ${nearest.join(', ')}; `;
  throw new UsageError(`${option} does not know "${unknown}"; ${hint}lockstep simulate --help lists all names`);
}

/** In the order of the specification; the names without a rule's number after those with one. */
export function knownNames(): readonly string[] {
  return [...new Set([...ruleNames(), ...checks.map((check) => check.name), ...relationProperties()])];
}
