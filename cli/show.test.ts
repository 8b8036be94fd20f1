import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { repositoryRoot } from '../tools/repository-root.ts';
import { lockstep } from './testing/lockstep.test-tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-show-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = join(folder, 'ann.json');
writeFileSync(
  script,
  JSON.stringify({
    version: 1,
    profile: 'by hand',
    configuration: { clients: [{ name: 'c1', knowsRoles: true, wallClockSkewMs: 0 }], authentication: 'HS256', claimsPath: null, rows: {} },
    steps: [{ do: 'connect', client: 'c1' }],
  }),
);

test('writes a page', async () => {
  const shown = await lockstep('show', script, '--out', join(folder, 'pages'));
  expect(shown).toEqual({ code: 0, out: `${join(folder, 'pages', 'ann.html')}\nHELD\n`, err: '' });
  expect(readFileSync(join(folder, 'pages', 'ann.html'), 'utf8')).toContain('c1 connects');
});

test('gives the script as a test', async () => {
  const printed = await lockstep('show', script, '--as-test');
  expect(printed.code).toBe(0);
  expect(printed.out).toContain("import { runScript } from '../properties/systems/run-script.ts';");
  expect(printed.out).toContain("steps: [{ do: 'connect', client: 'c1' }],");
});

test('says in the test that it failed with a fault only', async () => {
  const entry = join(repositoryRoot(), 'properties', 'corpus', 'planted', 'late-close-hits-new-session.json');
  const fault = join(repositoryRoot(), 'properties', 'faults', 'late-close-hits-new-session.json');
  const { out } = await lockstep('show', entry, '--as-test', '--fault', fault);
  expect(out).toContain("\n// It failed with a fault planted in the system: 'a late close event of an old socket hits the new session'.\n");
});

test.each<[string, string[], RegExp]>([
  ['of nothing', ['show'], /show needs a FILE or SEED:RUN/],
  ['of two things', ['show', '1:1', '1:2'], /show takes one script, not also "1:2"/],
  ['of a file that is not there', ['show', join(folder, 'none.json')], /none.json: no such file/],
  ['into a place that is none', ['show', script, '--out', script], /--out: .*cannot be written/],
  ['into a place where nothing can be', ['show', script, '--out', join(script, 'pages')], /--out: .*cannot be written/],
])('a page %s is bad usage', async (_, words, complaint) => {
  const { code, out, err } = await lockstep(...words);
  expect({ code, out, lines: err.trimEnd().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
  expect(err).toMatch(complaint);
});
