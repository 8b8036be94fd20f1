/** The list of relations and the folder are one; and on the sound system each holds, without discarding most of its pairs. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Action } from '../../model/actions.ts';
import type { Watch } from '../checks/check.ts';
import { scriptOf } from '../generator/generate.ts';
import { ruleNames } from '../rules.ts';
import type { Script } from '../scripts/script.ts';
import { runScript } from '../systems/run-script.ts';
import { expectHeld } from '../testing/expect-held.test-tools.ts';
import type { RunResult } from '../trace.ts';
import { drawnScriptOf, relationProperties, relationsAskedFor } from './draw.ts';
import { arriving, followingAll } from './ending.ts';
import { relations } from './index.ts';
import type { Relation } from './relation.ts';
import { runAnyScript } from './run-any-script.ts';

const notRelations = ['compare', 'draw', 'ending', 'final', 'index', 'preferred', 'relation', 'rewrites', 'run-any-script', 'taming'];
const seed = 2032;
/** Of 300 pairs of all relations 34 were idle; fifteen pairs of one relation say anything up to a third. */
const pairs = 60;
/** Of the pairs of a relation; more, and it would say little. */
const mostDiscarded = 0.1;
/** Of the pairs of a relation: nobody could connect (schemas that do not fit), or no row was left to be shown. */
const mostIdle = 0.2;

/** The run of a seed, played as that relation and no other. */
function runRelation({ name }: Relation, run: number): Promise<RunResult> {
  return runAnyScript(drawnScriptOf(seed, run, { relations: [name] }), { world: 'simulated', keepTrace: false });
}

async function countsOf(name: string): Promise<Readonly<Record<string, number>>> {
  const relation = relations.find((known) => known.name === name);
  if (relation === undefined) throw new Error(`no relation ${name}`);
  const counts: Record<string, number> = {};
  for (let run = 0; run < pairs; run += 1) {
    const result = await runRelation(relation, run);
    expectHeld(drawnScriptOf(seed, run, { relations: [name] }), result);
    for (const [counted, count] of Object.entries(result.coverage)) counts[counted] = (counts[counted] ?? 0) + count;
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
      const { relation: spec, ...script } = drawnScriptOf(seed, 3, { relations: [relation.name] });
      const salt = spec?.salt ?? 0;
      expect(relation.twinOf(script, salt)).toEqual(relation.twinOf(script, salt));
      const [first, second] = [await runRelation(relation, 3), await runRelation(relation, 3)];
      expect(second).toEqual(first);
    }
  });
});

describe('twins', () => {
  const { schedule: _, ...configuration } = scriptOf(seed, 0).configuration;
  const sessions: Script['steps'] = configuration.clients.map(({ name }) => arriving(name));
  const simulated = { world: 'simulated', keepTrace: false } as const;

  test('that showed no rows are idle, not held; and their steps are counted apart', async () => {
    const steps = [...sessions, followingAll('c1', 'todos'), followingAll('c1', 'notes')];
    const script: Script = { ...scriptOf(seed, 0), configuration: { ...configuration, rows: {} }, steps };
    const { coverage } = await runAnyScript({ ...script, relation: { name: 'sharing-off', salt: 1 } }, simulated);
    expect(coverage).toMatchObject({ 'relation:sharing-off idle': 1 });
    expect(coverage['twin-step:subscribe']).toBeGreaterThan(0);
    expect(Object.keys(coverage).filter((name) => /^(step|skipped):/u.test(name))).toEqual([]);
  });

  test('that nobody judges heal too: time flows, and a server that crashed is seen to run again', async () => {
    const actions: Action[] = [];
    const onAction: NonNullable<Watch['onAction']> = (action) => {
      actions.push(action);
      return null;
    };
    const script: Script = {
      ...scriptOf(seed, 0),
      configuration,
      steps: [...sessions, { do: 'hold', label: 'server load' }, { do: 'restartServer', how: 'crash', keepsTail: false }],
    };
    await runScript(script, { ...simulated, witness: { onAction } });
    const isServerSeen = actions.flatMap((action) => (action.kind === 'quiescent' ? [action.quiescence.server !== null] : []));
    expect(isServerSeen).toContain(false);
    expect(isServerSeen.at(-1)).toBe(true);
    expect(actions.findLast((action) => action.kind === 'time')?.nowMs).toBeGreaterThan(60_000);
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
    expect(drawnScriptOf(seed, 0, { relations: ['reconnected'] }).relation?.name).toBe('reconnected');
  });
});
