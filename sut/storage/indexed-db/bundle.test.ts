/** The entry, and the client beside it, run in browsers: bundled for them, they import nothing of Node. */
import { fileURLToPath } from 'node:url';
import { build, type Metafile } from 'esbuild';
import { expect, test } from 'vitest';

async function bundled(...files: readonly string[]): Promise<Metafile> {
  const { metafile, warnings } = await build({
    entryPoints: files.map((file) => fileURLToPath(new URL(file, import.meta.url))),
    bundle: true,
    write: false,
    outdir: 'none',
    format: 'esm',
    platform: 'browser',
    metafile: true,
    logLevel: 'silent',
  });
  expect(warnings).toEqual([]);
  return metafile;
}

test('the entry holds its own files, idb and what it shares with the client', async () => {
  const { inputs, outputs } = await bundled('index.ts');
  expect(Object.values(outputs).flatMap(({ imports }) => imports)).toEqual([]);
  const packages = Object.keys(inputs).flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(file)?.[1] ?? []);
  expect([...new Set(packages)]).toEqual(['idb']);
  expect(Object.keys(inputs).filter((file) => file.includes('sut/storage/lmdb') || file.includes('sut/server'))).toEqual([]);
});

test('a client on it can be bundled too', async () => {
  const { outputs } = await bundled('index.ts', '../../client/client.ts');
  expect(Object.values(outputs).flatMap(({ imports }) => imports.filter(({ external }) => external))).toEqual([]);
});
