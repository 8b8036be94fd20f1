import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { checkFolder } from './check-folder.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-folder-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = join(folder, 'file');
writeFileSync(file, '');
mkdirSync(join(folder, 'there'));

test.each([['there'], ['not-there/yet']])('%s can be written to, and stays as it is', (name) => {
  const before = readdirSync(folder, { recursive: true });
  checkFolder('--out', join(folder, name));
  expect(readdirSync(folder, { recursive: true })).toEqual(before);
});

test.each([['file'], ['file/below']])('%s cannot be written to', (name) => {
  expect(() => checkFolder('--out', join(folder, name))).toThrow(`--out: ${join(folder, name)} cannot be written (ENOTDIR)`);
});

test.runIf(existsSync('/proc/self'))('a folder that takes none is told at once', () => {
  expect(() => checkFolder('--out', '/proc/nope/deeper')).toThrow(/^--out: \/proc\/nope\/deeper cannot be written \(/u);
});
