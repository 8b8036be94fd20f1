/**
 * What people found out of survivors, one entry each in `verdicts.json`: where it stands, what it changes, what was made
 * of it, and why. An entry fits as long as the text of its place stands, wherever that moves in its file.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { parseJson } from '../../tools/json.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { nameOf } from './mutant.ts';

export const verdictWords = {
  equivalent: 'it does what the product does; it counts in no score',
  gap: 'a rule speaks of it, and no generated run shows it',
  unspecified: 'what it changes can be seen, and no rule speaks of it',
} as const;
export type VerdictWord = keyof typeof verdictWords;

const entryShape = v.strictObject({
  file: v.string(),
  mutator: v.string(),
  before: v.string(),
  after: v.string(),
  occurrence: v.pipe(v.number(), v.integer(), v.minValue(1)),
  verdict: v.picklist(['equivalent', 'gap', 'unspecified']),
  reason: v.pipe(v.string(), v.minLength(1)),
});
export type Verdict = v.InferOutput<typeof entryShape>;

export const verdictsFile = 'properties/mutation/verdicts.json';

/** By the name of the mutant. @throws {UsageError} where the file is none of verdicts */
export function readVerdicts(path = join(repositoryRoot(), verdictsFile)): ReadonlyMap<string, Verdict> {
  const parsed = v.safeParse(v.array(entryShape), parseJson(readFileSync(path, 'utf8'), path));
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new UsageError(`${path}: ${v.getDotPath(issue) ?? 'it'}: ${issue.message}`);
  }
  const verdicts = new Map<string, Verdict>();
  for (const verdict of parsed.output) {
    const name = nameOf(verdict);
    if (verdicts.has(name)) throw new UsageError(`${path}: two verdicts on one mutant of ${verdict.file}: ${verdict.before}`);
    verdicts.set(name, verdict);
  }
  return verdicts;
}
