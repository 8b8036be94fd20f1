import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bundle, keepBundlesIn, sourcesOf } from './bundle.ts';
import { importFile } from './import-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'lockstep-bundle-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const request = { entry: 'properties/simulate/fixtures/loads-system.test-data.ts' };

test('a bundle can lie outside of the repository, and says by its name of which sources it is', async () => {
  const usual = await bundle(request);
  keepBundlesIn(folder);
  const abroad = await bundle(request);
  const worker = await bundle({ entry: 'properties/language/shapes.ts' });
  keepBundlesIn(undefined);
  expect(readdirSync(folder)).toHaveLength(2);
  expect([sourcesOf(abroad), abroad.startsWith(folder)]).toEqual([sourcesOf(usual), true]);
  expect(sourcesOf(worker)).not.toBe(sourcesOf(usual));
  // It imports a package.
  expect(await importFile(worker)).toHaveProperty('ScriptError');
});

test('the same once more is not written again', async () => {
  expect(await bundle(request)).toBe(await bundle(request));
});
