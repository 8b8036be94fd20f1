/** The names by which failures can be picked: numbered rules, the laws beside them, and the checks that find them. */
import { checks } from '../checks/index.ts';
import { relationProperties, relationsAskedFor } from '../relations/draw.ts';
import { ruleNames } from '../rules.ts';
import { UsageError } from './usage-error.ts';

export interface Only {
  /** Rules or properties whose failures count. */
  readonly only: readonly string[];
  /** Relations that every run plays: where nothing but relations is asked for, nothing else need run. */
  readonly relations: readonly string[];
}

/** Throws UsageError with the list of names where one is not known. */
export function readOnlyNames(option: string, names: readonly string[]): Only {
  return { only: checkNames(option, names), relations: relationsAskedFor(names) };
}

function checkNames(option: string, names: readonly string[]): readonly string[] {
  const known = [...new Set([...ruleNames(), ...checks.map((check) => check.name), ...relationProperties()])];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`${option} does not know "${unknown}"; the names are ${known.join(', ')}`);
  return names;
}
