import { describe, expect, test } from 'vitest';
import { scriptOf } from '../generator/generate.ts';
import { readScript } from '../scripts/parse.ts';
import type { Script, Step } from '../scripts/script.ts';
import { isSmaller, scriptSize, shrinkCandidates, shrinkScript } from './shrink.ts';
import { commandsOf } from './walk.ts';

type Predicate = (script: Script) => boolean;

function has(script: Script, kind: Step['do']): boolean {
  return script.steps.some((step) => step.do === kind);
}

/** A flaw behind which nothing but an order of steps stands: a cut after an insert. */
const cutAfterInsert: Predicate = ({ steps }) => {
  const insert = steps.findIndex((step) => step.do === 'insert');
  return insert >= 0 && steps.slice(insert).some((step) => step.do === 'cut');
};
/** Needs values as well as steps. */
const slowEnough: Predicate = ({ steps }) => steps.reduce((ms, step) => ms + (step.do === 'advance' ? step.ms : 0), 0) >= 3000;
const orWithMember: Predicate = ({ steps }) =>
  steps.some((step) => step.do === 'subscribe' && JSON.stringify(step.query.where).includes('"or","filters":[['));
const twoClients: Predicate = ({ steps, configuration }) =>
  configuration.clients.length >= 2 && new Set(steps.flatMap(commandsOf).map(({ client }) => client)).size >= 2;

const twoOperations: Predicate = ({ steps }) =>
  steps.flatMap(commandsOf).some((command) => command.do === 'transact' && command.operations.length >= 2);
const readsByClaims: Predicate = ({ steps }) =>
  steps.some((step) => step.do === 'pushSchema' && JSON.stringify(step.schema).includes('"$token.'));
const crashAfterWrite: Predicate = ({ steps }) => {
  const write = steps.findIndex((step) => commandsOf(step).some(({ do: kind }) => kind === 'insert' || kind === 'transact'));
  return write >= 0 && steps.slice(write).some((step) => step.do === 'restartServer' && step.how === 'crash');
};
const limitOfTwo: Predicate = ({ steps }) => steps.some((step) => step.do === 'subscribe' && (step.query.limit ?? 0) >= 2);

const predicates: readonly (readonly [name: string, predicate: Predicate, most: number])[] = [
  ['a cut after an insert', cutAfterInsert, 2],
  ['three seconds in all', slowEnough, 1],
  ['an or with a statement', orWithMember, 1],
  ['two clients', twoClients, 2],
  ['a transaction of two operations', twoOperations, 1],
  ['a push of a schema that reads by claims', readsByClaims, 1],
  ['a crash of the server after a write', crashAfterWrite, 2],
  ['a limit of two', limitOfTwo, 1],
  ['a hold and a release', (script) => has(script, 'hold') && has(script, 'release'), 2],
];

function failing(predicate: Predicate): readonly Script[] {
  return Array.from({ length: 120 }, (_, run) => scriptOf(21, run))
    .filter(predicate)
    .slice(0, 5);
}

describe('candidates', () => {
  test('each is smaller and valid', () => {
    for (let run = 0; run < 6; run += 1) {
      const script = scriptOf(5, run);
      let candidates = 0;
      for (const candidate of shrinkCandidates(script)) {
        candidates += 1;
        if (!isSmaller(candidate, script)) throw new Error(`not smaller: ${JSON.stringify(candidate)}`);
        if (candidates % 10 === 0) readScript(candidate);
      }
      expect(candidates).toBeGreaterThan(20);
    }
  });

  test('the size is total: only equal sizes are neither smaller nor larger', () => {
    const one = scriptOf(5, 1);
    const other = scriptOf(5, 2);
    expect(isSmaller(one, one)).toBe(false);
    expect(isSmaller(one, other)).not.toBe(isSmaller(other, one));
    expect(scriptSize(one).every(Number.isFinite)).toBe(true);
  });
});

describe('shrinking', () => {
  test.each(predicates)('%s: 1-minimal, small, deterministic, no candidate twice', async (_, predicate, most) => {
    const scripts = failing(predicate);
    expect(scripts.length).toBeGreaterThan(0);
    for (const script of scripts) {
      const seen = new Set<string>();
      const fails = async (candidate: Script): Promise<boolean> => {
        const text = JSON.stringify(candidate);
        expect(seen.has(text)).toBe(false);
        seen.add(text);
        return predicate(candidate);
      };
      const shrunk = await shrinkScript(script, fails);
      expect(shrunk.oneMinimal).toBe(true);
      expect(shrunk.attempts).toBe(seen.size);
      expect(predicate(shrunk.script)).toBe(true);
      expect(shrunk.script.steps.length).toBeLessThanOrEqual(most);
      for (const place of shrunk.script.steps.keys()) {
        const without = { ...shrunk.script, steps: shrunk.script.steps.filter((_step, index) => index !== place) };
        expect(predicate(without)).toBe(false);
      }
      const again = await shrinkScript(script, async (candidate) => predicate(candidate));
      expect(again.script).toEqual(shrunk.script);
    }
  });

  test('configuration, tokens and values become plain', async () => {
    const [script] = failing((candidate) => has(candidate, 'startSession') && candidate.configuration.authentication !== 'HS256');
    if (script === undefined) throw new Error('no such script');
    const { script: shrunk } = await shrinkScript(script, async (candidate) => has(candidate, 'startSession'));
    expect(shrunk.configuration).toEqual({
      clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }],
      authentication: 'HS256',
      claimsPath: null,
      rows: {},
    });
    expect(shrunk.steps).toEqual([{ do: 'startSession', client: 'c1', token: { kind: 'current' }, connect: true, refresh: null }]);
  });

  test('schemas lose what does not matter, everywhere at once', async () => {
    const bitten = (candidate: Script): boolean =>
      JSON.stringify(candidate.configuration.schema ?? null).includes('"assignee","=","$token.sub"') && has(candidate, 'subscribe');
    const [script] = failing(bitten);
    if (script === undefined) throw new Error('no such script');
    const { script: shrunk, oneMinimal } = await shrinkScript(script, async (candidate) => bitten(candidate));
    expect(oneMinimal).toBe(true);
    expect(shrunk.steps.length).toBe(1);
    expect(shrunk.configuration.clients).toEqual([{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }]);
    const [collection, ...others] = Object.values(shrunk.configuration.schema?.collections ?? {});
    expect(others).toEqual([]);
    expect(collection?.attributes).toEqual({});
    expect(Object.keys(collection?.permissions ?? {}).length).toBe(1);
    expect(shrunk.configuration.schema?.roles).toEqual({});
  });

  test('crashes, failures and nonsense become the plainest of their kind', async () => {
    for (const kind of ['restartServer', 'restartClient', 'failStorage', 'inject', 'stranger'] as const) {
      const [script] = failing((candidate) => has(candidate, kind));
      if (script === undefined) throw new Error(`no script with ${kind}`);
      const { script: shrunk } = await shrinkScript(script, async (candidate) => has(candidate, kind));
      expect(shrunk.steps.length).toBe(1);
      expect(JSON.stringify(shrunk.steps)).not.toMatch(/"crash"|true|"client":"c[2-9]|"to":"client"|unknownType|otherVersion/);
      expect(readScript(shrunk)).toEqual(shrunk);
    }
  });

  test('a bound that is hit is told', async () => {
    const [script] = failing(cutAfterInsert);
    if (script === undefined) throw new Error('no such script');
    const shrunk = await shrinkScript(script, async (candidate) => cutAfterInsert(candidate), { maxAttempts: 3, deadlineAttempts: 2 });
    expect(shrunk.attempts).toBeLessThanOrEqual(3);
    expect(shrunk.oneMinimal).toBe(false);
  });
});
