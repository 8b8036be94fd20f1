import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { defaultSetName, isInstalled } from '../../../sut/triplit/sets.ts';
import { repositoryRoot } from '../../../tools/repository-root.ts';
import { ruleNames } from '../../rules.ts';
import { nameOf } from '../registry.ts';
import { runScript } from '../run-script.ts';
import { knownIn } from './classify.ts';
import { deviationsFolder, readDeviations } from './deviations.ts';
import { triplit } from './plugin.ts';

const root = repositoryRoot();
const deviations = readDeviations(root);
const mostLines = 40;
const scripted = deviations.flatMap(({ name, fixedIn, script }) => (script === null ? [] : [{ name, fixedIn, script }]));
const standing = scripted.filter(({ fixedIn }) => fixedIn === null);
const mended = scripted.filter(({ fixedIn }) => fixedIn !== null);

describe('known deviations', () => {
  test('each has a reproduction, and each reproduction is one', () => {
    const reproductions = readdirSync(deviationsFolder(root)).filter((file) => file.endsWith('.ts'));
    expect(reproductions.sort()).toEqual(deviations.map(({ name }) => `${name}.ts`));
  });

  test.each(deviations)('$name breaks a rule that exists', ({ rule }) => expect(ruleNames()).toContain(rule));

  test.each(scripted)('$name shows in few steps', ({ script }) => {
    expect(script.steps.length).toBeLessThanOrEqual(8);
  });

  test.each(deviations)('$name is reproduced in few lines by the packages alone', ({ name }) => {
    const path = join(deviationsFolder(root), `${name}.ts`);
    expect(existsSync(path)).toBe(true);
    const text = readFileSync(path, 'utf8');
    expect(text.split('\n').length - 1).toBeLessThanOrEqual(mostLines);
    const imported = [...text.matchAll(/(?:from|import\()\s*'([^']+)'/gu)].map(([, specifier]) => specifier);
    expect(imported.filter((specifier) => !/^(@triplit\/|node:|ws$)/u.test(specifier ?? ''))).toEqual([]);
  });
});

describe.skipIf(!isInstalled(root, defaultSetName))('on the installed packages', () => {
  const world = nameOf(triplit, defaultSetName);

  test.each(standing)('$name shows, and nothing else that is known', async ({ name, script }) => {
    const { outcome, trace } = await runScript(script, { world, keepTrace: true });
    if (outcome.outcome !== 'failed') expect.fail(`its script ${outcome.outcome === 'held' ? 'held' : outcome.why}`);
    expect(knownIn(deviations, { failure: outcome.failure, trace, configuration: script.configuration })).toEqual([name]);
  });

  test.each(mended)('$name shows no more', async ({ script }) => {
    expect((await runScript(script, { world, keepTrace: false })).outcome).toEqual({ outcome: 'held' });
  });

  test('the same script gives the same trace', async () => {
    for (const { script } of scripted) {
      const [one, other] = [await runScript(script, { world, keepTrace: false }), await runScript(script, { world, keepTrace: false })];
      expect(other.traceHash).toBe(one.traceHash);
    }
  });
});
