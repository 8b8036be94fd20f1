import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { issuesOfRow } from '../../model/schema/conform.ts';
import { hashedPart, isCompatible } from '../../model/schema/difference.ts';
import type { Filter, Query } from '../../vocabulary/queries.ts';
import type { Schema } from '../../vocabulary/schemas.ts';
import { families } from '../generation/profile.ts';
import { rowsFit } from '../generation/state/access.ts';
import { initialForecast } from '../generation/state/state.ts';
import { allCapabilities } from '../language/capabilities.ts';
import { filtersOf } from '../language/oddity.ts';
import { idOf } from '../language/operations.ts';
import { operators } from '../language/queries.ts';
import { isGroup, isList } from '../language/query-shape.ts';
import { flaws } from '../language/tokens.ts';
import { formatScript, parseScript } from '../scripts/parse.ts';
import type { CommandStep, Script, TokenSpec } from '../scripts/script.ts';
import { commandsOf, mapTokens } from '../shrinking/walk.ts';
import { applyStep, stepKinds } from '../steps/index.ts';
import { drawnOf, scriptArbitrary, scriptOf } from './generate.ts';
import { recipes } from './recipes/index.ts';
import { isThemeOf } from './swarm.ts';

const drawn = Array.from({ length: 1_000 }, (_, run) => drawnOf(7, run));
const scripts = drawn.map(({ script }) => script);
const commands = scripts.flatMap((script) => script.steps.flatMap(commandsOf));

function queriesOf(script: Script): readonly Query[] {
  return script.steps.flatMap(commandsOf).flatMap((command) => (command.do === 'subscribe' ? [command.query] : []));
}

function tokensOf(command: CommandStep): readonly TokenSpec[] {
  const tokens: TokenSpec[] = [];
  mapTokens(command, (token) => {
    tokens.push(token);
    return token;
  });
  return tokens;
}

function depthOf(filter: Filter): number {
  return isGroup(filter) ? 1 + Math.max(0, ...filter.filters.map(depthOf)) : 0;
}

/** The test's own reading of H1. */
function normalForm(query: Query): string {
  return JSON.stringify([query.collection, normalGroup('and', query.where), query.order]);
}
function normalGroup(mod: 'and' | 'or', filters: readonly Filter[]): string {
  const members = [...new Set(flattened(mod, filters))].sort();
  return members.length === 1 ? (members[0] ?? '') : `${mod}(${members.join(',')})`;
}
function flattened(mod: 'and' | 'or', filters: readonly Filter[]): readonly string[] {
  return filters.flatMap((filter) => {
    if (!isGroup(filter)) return [normalStatement(filter)];
    if (filter.filters.length > 0 && filter.mod === mod) return flattened(mod, filter.filters);
    const normal = normalGroup(filter.mod, filter.filters);
    return [normal];
  });
}
function normalStatement([attribute, operator, value]: readonly [string, string, Query['where'][number] | unknown]): string {
  const list =
    (operator === 'in' || operator === 'nin') && Array.isArray(value)
      ? [...new Set(value.map((each) => JSON.stringify(each)))].sort()
      : value;
  return JSON.stringify([attribute, operator, list]);
}

function count<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  return items.filter(holds).length;
}

describe('a theme that is asked for', () => {
  const hostile = Array.from({ length: 60 }, (_, run) => drawnOf(7, run, { theme: 'hostile' }));

  test('every run is of it, and its first client alone knows no bound', () => {
    for (const { script } of hostile) {
      expect(script.profile).toMatch(/^hostile/u);
      expect(script.configuration.clients.filter(({ ignoresBounds }) => ignoresBounds === true).map(({ name }) => name)).toEqual(['c1']);
    }
  });

  test('it attacks in most runs, in every way', () => {
    const attacks = new Set(hostile.flatMap(({ recipes: played }) => played.filter((name) => name.startsWith('attack-'))));
    expect([...attacks].sort()).toEqual(recipes.map(({ name }) => name).filter((name) => name.startsWith('attack-')));
    expect(count(hostile, ({ recipes: played }) => played.some((name) => name.startsWith('attack-')))).toBeGreaterThan(45);
  });

  test('the other themes attack nobody', () => {
    const attacked = drawn.filter(({ recipes: played }) => played.some((name) => name.startsWith('attack-')));
    expect(attacked.filter(({ script }) => !script.profile?.startsWith('hostile'))).toEqual([]);
    expect(attacked).not.toEqual([]);
  });

  test('a system without bounds has no such theme', () => {
    expect(isThemeOf('hostile', allCapabilities)).toBe(true);
    expect(
      isThemeOf(
        'hostile',
        allCapabilities.filter((capability) => capability !== 'bounds'),
      ),
    ).toBe(false);
    expect(isThemeOf('everyday', [])).toBe(true);
  });
});

describe('generation is pure', () => {
  test('the same seed and run give the same script', () => {
    for (const run of [0, 1, 17, 4000]) expect(formatScript(scriptOf(3, run))).toBe(formatScript(scriptOf(3, run)));
  });

  test('neighbouring runs and seeds differ', () => {
    const texts = [0, 1, 2, 3].flatMap((seed) => [0, 1, 2, 3].map((run) => formatScript(scriptOf(seed, run))));
    expect(new Set(texts).size).toBe(16);
  });

  test('every Node version draws the pinned scripts', () => {
    const hash = createHash('sha256');
    for (let run = 0; run <= 20; run += 1) hash.update(JSON.stringify(scriptOf(7, run)));
    expect(hash.digest('hex')).toBe('50d569ffee759724f794a13d8166a9c95ee4ad6a9f8d09aed9a824fb36687d55');
  });

  test('scripts are valid, and the arbitrary draws and shrinks valid ones', () => {
    for (const script of scripts) expect(parseScript(formatScript(script))).toEqual(script);
    fc.assert(
      fc.property(
        scriptArbitrary({ steps: 12 }),
        (script) => script.steps.length === 12 && parseScript(formatScript(script)).version === 1,
      ),
      { seed: 5, numRuns: 50 },
    );
  });
});

describe('what 1,000 scripts hold', () => {
  test.each(stepKinds)('step %s', (kind) => {
    const steps = scripts.flatMap((script) => script.steps);
    expect(count(steps, (step) => step.do === kind)).toBeGreaterThanOrEqual(20);
  });

  test.each(flaws)('flaw %s', (flaw) => {
    const tokens = commands.flatMap(tokensOf);
    expect(count(tokens, (token) => token.kind === 'fresh' && token.flaw === flaw)).toBeGreaterThanOrEqual(5);
  });

  test.each(operators)('operator %s', (operator) => {
    const filters = scripts.flatMap(queriesOf).flatMap(filtersOf);
    expect(count(filters, (filter) => !isGroup(filter) && filter[1] === operator)).toBeGreaterThanOrEqual(20);
  });

  test.each(recipes.map(({ name }) => name))('recipe %s', (name) => {
    expect(count(drawn, (each) => each.recipes.includes(name))).toBeGreaterThanOrEqual(3);
  });

  test('secret tokens are rare', () => {
    const tokens = commands.flatMap(tokensOf);
    const secret = count(tokens, (token) => token.kind === 'fresh' && token.secret === true);
    expect(secret).toBeGreaterThan(10);
    expect(secret).toBeLessThan(tokens.length / 20);
  });

  test('tokens of every time of life', () => {
    const tokens = commands.flatMap(tokensOf).flatMap((token) => (token.kind === 'fresh' ? [token] : []));
    expect(count(tokens, ({ lifetimeMs }) => lifetimeMs === null)).toBeGreaterThan(100);
    expect(count(tokens, ({ lifetimeMs }) => lifetimeMs !== null && lifetimeMs <= 0)).toBeGreaterThan(10);
    expect(count(tokens, ({ lifetimeMs }) => lifetimeMs !== null && lifetimeMs > 0 && lifetimeMs <= 5000)).toBeGreaterThan(100);
    expect(count(tokens, ({ lifetimeMs }) => lifetimeMs !== null && lifetimeMs > 2 ** 31)).toBeGreaterThan(50);
    expect(count(tokens, ({ validFromMs }) => validFromMs !== null)).toBeGreaterThan(10);
  });

  test('filters nest to depth four, groups may be empty, values of odd kinds', () => {
    const filters = scripts.flatMap(queriesOf).flatMap(filtersOf);
    expect(Math.max(...filters.map(depthOf))).toBeGreaterThanOrEqual(3);
    expect(count(filters, (filter) => isGroup(filter) && filter.filters.length === 0)).toBeGreaterThan(10);
    expect(count(filters, (filter) => isGroup(filter) && filter.mod === 'or')).toBeGreaterThan(300);
    expect(count(filters, (filter) => !isGroup(filter) && filter[2] === null)).toBeGreaterThan(10);
    expect(count(filters, (filter) => !isGroup(filter) && filter[1] === '=' && isList(filter[2]))).toBeGreaterThan(3);
  });

  test('half of them have a schema, and their rows fit it', () => {
    const schemas = scripts.map(({ configuration }) => configuration.schema ?? null);
    const share = count(schemas, (schema) => schema !== null) / schemas.length;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
    for (const { configuration } of scripts) {
      for (const [collection, rows] of Object.entries(configuration.rows)) {
        const { schema } = configuration;
        if (schema !== undefined && schema !== null) {
          expect(rows.flatMap((row) => issuesOfRow(schema, collection, row))).toEqual([]);
        }
      }
    }
  });

  test('permissions of many kinds', () => {
    const texts = scripts.map(({ configuration }) => JSON.stringify(configuration.schema ?? null));
    for (const part of ['$token.sub', '$role.user', '$token.plan', '$token.team', '"postUpdate"', '"permissions":{}', '"match":{}']) {
      expect(
        count(texts, (text) => text.includes(part)),
        part,
      ).toBeGreaterThanOrEqual(3);
    }
    expect(count(texts, (text) => text.includes('"filter"'))).toBeGreaterThan(60);
  });

  test('clients with the same schema, none, one the server gets along with, and one it does not', () => {
    const pairs = scripts.flatMap(({ configuration: { schema, clients } }) =>
      clients.map((client) => [schema ?? null, client.schema ?? null] as const),
    );
    const both = pairs.flatMap(([server, client]) => (server !== null && client !== null ? [[server, client] as const] : []));
    const equal = ([server, client]: (typeof both)[number]): boolean => hashedPart(server) === hashedPart(client);
    expect(count(pairs, ([server, client]) => server !== null && client === null)).toBeGreaterThan(50);
    expect(count(both, equal)).toBeGreaterThan(50);
    const namesOf = ({ collections }: Schema): string =>
      JSON.stringify(Object.entries(collections).map(([name, { attributes }]) => [name, Object.keys(attributes)]));
    expect(count(both, (pair) => equal(pair) && namesOf(pair[0]) !== namesOf(pair[1]))).toBeGreaterThan(10);
    expect(count(both, ([server, client]) => !equal([server, client]) && isCompatible(client, server))).toBeGreaterThan(10);
    expect(count(both, ([server, client]) => !isCompatible(client, server))).toBeGreaterThan(5);
  });

  test('pushes that are compatible and not, taken and refused, of permissions alone', () => {
    const seen = { compatible: 0, incompatible: 0, refused: 0, permissions: 0, same: 0 };
    for (const script of scripts) {
      const forecast = initialForecast(script.configuration);
      for (const step of script.steps) {
        const before = forecast.schema;
        if (step.do === 'pushSchema' && before !== null) {
          seen[isCompatible(before, step.schema) ? 'compatible' : 'incompatible'] += 1;
          if (!rowsFit(forecast, step.schema)) seen.refused += 1;
          const alike = hashedPart(before) === hashedPart(step.schema);
          if (alike) seen[JSON.stringify(before) === JSON.stringify(step.schema) ? 'same' : 'permissions'] += 1;
        }
        applyStep(forecast, step);
      }
    }
    for (const [kind, times] of Object.entries(seen)) expect(times, kind).toBeGreaterThanOrEqual(5);
  });

  test('limits from 0 to 4, with and without a cursor', () => {
    const queries = scripts.flatMap(queriesOf);
    for (const limit of [0, 1, 2, 3, 4])
      expect(
        count(queries, (query) => query.limit === limit),
        `limit ${limit}`,
      ).toBeGreaterThan(3);
    expect(count(queries, ({ after }) => after !== undefined)).toBeGreaterThan(30);
    expect(count(queries, ({ limit }) => limit === undefined)).toBeGreaterThan(queries.length / 2);
  });

  test('each family in some runs, and most in none', () => {
    // Attacks are of one theme alone.
    for (const family of families.filter((name) => name !== 'attacks')) {
      const share = count(scripts, ({ profile }) => profile.split(', without')[0]?.includes(family) === true) / scripts.length;
      expect(share, family).toBeGreaterThan(0.2);
      expect(share, family).toBeLessThan(0.45);
    }
  });

  test('transactions of two to four operations, the same row twice and two collections among them', () => {
    const transactions = commands.flatMap((command) => (command.do === 'transact' ? [command.operations] : []));
    expect(count(transactions, ({ length }) => length >= 2 && length <= 4)).toBeGreaterThan(transactions.length * 0.8);
    const keys = transactions.map((operations) => operations.map((operation) => `${operation.collection}/${idOf(operation)}`));
    expect(count(keys, (each) => new Set(each).size < each.length)).toBeGreaterThan(10);
    expect(count(transactions, (operations) => new Set(operations.map(({ collection }) => collection)).size > 1)).toBeGreaterThan(10);
  });

  test('one query in several spellings, in a tenth of the scripts with two subscriptions or more', () => {
    const several = scripts.map(queriesOf).filter((queries) => queries.length >= 2);
    const respelt = several.filter((queries) => {
      const spellings = new Map<string, Set<string>>();
      for (const query of queries)
        spellings.set(normalForm(query), (spellings.get(normalForm(query)) ?? new Set()).add(JSON.stringify(query)));
      return [...spellings.values()].some((texts) => texts.size > 1);
    });
    expect(several.length).toBeGreaterThan(150);
    expect(respelt.length / several.length).toBeGreaterThanOrEqual(0.1);
  });

  test('lengths from 5 to 60, 25 to 30 on average', () => {
    const lengths = scripts.map(({ steps }) => steps.length);
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(5);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(60);
    expect(mean).toBeGreaterThan(24);
    expect(mean).toBeLessThan(30);
  });

  test('no name of a subscription is used twice, but where names are what the script is about', () => {
    for (const script of scripts.filter(({ profile }) => !/\bnames\b/u.test(profile))) {
      const names = script.steps.flatMap(commandsOf).flatMap((command) => (command.do === 'subscribe' ? [command.subscription] : []));
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

test('the list of recipes is the folder', () => {
  const others = ['all.ts', 'index.ts', 'recipe.ts'];
  const files = readdirSync(new URL('recipes/', import.meta.url)).filter((file) => !others.includes(file));
  expect(recipes.map(({ name }) => `${name}.ts`)).toEqual(files.sort());
});
