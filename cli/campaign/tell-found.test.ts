import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readScriptFile } from '../read-script.ts';
import { lockstep } from '../testing/lockstep.test-tools.ts';
import { type Found, formatFailureFile } from './failure-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-found-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fault = {
  name: 'a late close event of an old socket hits the new session',
  path: 'properties/faults/late-close-hits-new-session.json',
};
const { script } = readScriptFile('properties/corpus/planted/late-close-hits-new-session.json');
const by = { lockstep: '0.1.0', commit: 'abcdef0123456789', node: 'v20.19.0' };
const found: Omit<Found, 'hash'> = {
  class: 'S2 late',
  rule: 'S2',
  message: 'c1 was late',
  seed: 7,
  run: 12,
  shrunkFrom: 40,
  stage: 'shrunk',
  system: 'simulated',
  versions: {},
  fault,
  by,
};

function file(name: string, changes: Partial<Found>): string {
  const path = join(folder, `${name}.json`);
  writeFileSync(path, formatFailureFile({ ...found, ...changes }, script));
  return path;
}

test('a replay says what it was found with, and warns where it runs without the fault', async () => {
  const path = file('with-fault', {});
  const without = await lockstep('replay', path);
  const says = `S2 late, found in run 12 of seed 7, on simulated with the fault "${fault.name}"; Lockstep 0.1.0, commit abcdef012345, Node v20.19.0`;
  const warns = `warning: it was found with the fault "${fault.name}", and runs without; --fault ${fault.path} plants it`;
  expect([without.code, without.err]).toEqual([0, `lockstep: ${says}\nlockstep: ${warns}\n`]);
  const withFault = await lockstep('replay', path, '--fault', fault.path);
  expect([withFault.code, withFault.err]).toEqual([1, `lockstep: ${says}\n`]);
});

test('and where it runs on another system, or was edited', async () => {
  const other = await lockstep('replay', file('other', { fault: null, system: 'triplit older' }));
  expect(other.err).toContain(
    'warning: it was found on triplit older, and runs on simulated; --system triplit --versions older runs it there',
  );
  const path = file('edited', { fault: null });
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), script: { ...script, steps: [] } }));
  expect((await lockstep('replay', path)).err).toContain('it was edited since');
});
