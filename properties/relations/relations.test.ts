/** The list of relations and the folder are one; and on the sound system each holds, without discarding most of its pairs. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ruleNames } from '../rules.ts';
import { drawnScriptOf, relationProperties, relationsAskedFor } from './draw.ts';
import { relations } from './index.ts';
import { runRelation } from './run.ts';

const notRelations = ['compare', 'draw', 'ending', 'final', 'index', 'preferred', 'relation', 'rewrites', 'run', 'taming'];
const seed = 2030;
const pairs = 15;
/** Of the pairs of a relation; more, and it would say little. */
const mostDiscarded = 0.1;
/** Of the pairs of a relation: nobody could connect (schemas that do not fit), or no row was left to be shown. */
const mostIdle = 0.25;

async function countsOf(name: string): Promise<Readonly<Record<string, number>>> {
  const relation = relations.find((known) => known.name === name);
  if (relation === undefined) throw new Error(`no relation ${name}`);
  const counts: Record<string, number> = {};
  for (let run = 0; run < pairs; run += 1) {
    const { outcome, coverage } = await runRelation(relation, seed, run);
    expect(outcome, `npx lockstep simulate --seed ${seed} --runs ${run + 1} --only relations/${name}`).toEqual({ outcome: 'held' });
    for (const [counted, count] of Object.entries(coverage)) counts[counted] = (counts[counted] ?? 0) + count;
  }
  return counts;
}

describe('relations', () => {
  test('every file of the folder is in the list', () => {
    const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));
    const names = files.map((file) => file.replace(/\.ts$/, '')).filter((name) => !notRelations.includes(name));
    expect(relations.map((relation) => relation.name).sort()).toEqual(names.sort());
  });

  test.each(relations)('$name looks after rules that exist', ({ rules }) => {
    expect(rules.length).toBeGreaterThan(0);
    for (const rule of rules) expect(ruleNames()).toContain(rule);
  });

  test.each(relations)('$name holds, and is not empty', async ({ name }) => {
    const counts = await countsOf(name);
    const held = counts[`relation:${name} held`] ?? 0;
    const discarded = counts[`relation:${name} discarded`] ?? 0;
    expect(held).toBeGreaterThan(pairs * 0.6);
    const idle = counts[`relation:${name} idle`] ?? 0;
    expect(discarded / (held + idle + discarded)).toBeLessThanOrEqual(mostDiscarded);
    expect(idle / (held + idle + discarded)).toBeLessThanOrEqual(mostIdle);
  });

  test('the same script and salt give the same twins and the same traces', async () => {
    for (const relation of relations) {
      const { relation: spec, ...script } = drawnScriptOf(seed, 3, undefined, [relation.name]);
      const salt = spec?.salt ?? 0;
      expect(relation.twinOf(script, salt)).toEqual(relation.twinOf(script, salt));
      const [first, second] = [await runRelation(relation, seed, 3), await runRelation(relation, seed, 3)];
      expect(second).toEqual(first);
    }
  });
});

describe('which runs are relations', () => {
  test('one in twenty, all relations in turn', () => {
    const names = Array.from({ length: 100 }, (_, run) => drawnScriptOf(seed, run).relation?.name);
    expect(names.filter((name) => name !== undefined)).toEqual(relations.map(({ name }) => name));
  });

  test('all of them where nothing but relations is asked for', () => {
    expect(relationsAskedFor(['relations/reconnected'])).toEqual(['reconnected']);
    expect(relationsAskedFor(['relations/reconnected', 'S7'])).toEqual([]);
    expect(relationsAskedFor([])).toEqual([]);
    expect(relationProperties()).toContain('relations/reconnected');
    expect(drawnScriptOf(seed, 0, undefined, ['reconnected']).relation?.name).toBe('reconnected');
  });
});
