/**
 * Bundles the public entries of an installed set into two scripts, as an application would. A run evaluates a bundle once
 * for each process of its own, with that process's clock, timers, chance and network in the place of the ambient ones: so
 * client and server share no module state, just as if each ran in a machine of its own.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { type BundleName, bundleNames, bundlePath, setFolder } from './sets.ts';

const entries: Readonly<Record<BundleName, string>> = {
  client: "export { TriplitClient, Schema } from '@triplit/client';\n",
  server: "export { createTriplitHonoServer } from '@triplit/server/hono';\n",
};

export async function bundleSet(root: string, name: string): Promise<void> {
  for (const bundle of bundleNames) store(bundlePath(root, name, bundle), await compile(entries[bundle], setFolder(root, name)));
}

async function compile(contents: string, resolveDir: string): Promise<Uint8Array> {
  const built = await build({
    stdin: { contents, resolveDir, sourcefile: 'entry.js' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    write: false,
    logLevel: 'silent',
  });
  const output = built.outputFiles[0];
  if (output === undefined) throw new Error('the bundler gave nothing');
  return output.contents;
}

/** A run that starts meanwhile sees the old one or the new one, never half of it. */
function store(path: string, code: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, code);
  renameSync(unfinished, path);
}
