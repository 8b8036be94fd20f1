/** The names by which failures can be picked: numbered rules, the laws beside them, and the checks that find them. */
import { checks } from '../checks/index.ts';
import { ruleNames } from '../rules.ts';
import { UsageError } from './usage-error.ts';

/** Throws UsageError with the list of names where one is not known. */
export function checkNames(option: string, names: readonly string[]): readonly string[] {
  const known = [...new Set([...ruleNames(), ...checks.map((check) => check.name)])];
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`${option} does not know "${unknown}"; the names are ${known.join(', ')}`);
  return names;
}
