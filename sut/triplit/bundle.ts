/**
 * Bundles the public entries of an installed set into two scripts, as an application would. A run evaluates a bundle once
 * for each process of its own, with that process's clock, timers, chance and network in the place of the ambient ones: so
 * client and server share no module state, just as if each ran in a machine of its own.
 */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { type BundleName, bundleNames, bundlePath, installedVersions, setFolder } from './sets.ts';

const entries: Readonly<Record<BundleName, string>> = {
  client: "export { TriplitClient, Schema } from '@triplit/client';\n",
  server: "export { createTriplitHonoServer } from '@triplit/server/hono';\n",
};

/**
 * Clients before 1.0.42 hear of their connection through a `WebSocket` of their own making, which they put in the place of
 * the global one. Later ones still make it and hear nothing of it; without it a run is spared a timer for each socket.
 */
const wrapsSockets = /^1\.0\.([0-9]|[123][0-9]|4[01])$/u;

export async function bundleSet(root: string, name: string): Promise<void> {
  const define: Define = wrapsSockets.test(installedVersions(root, name)['@triplit/client']) ? { WebSocket: 'globalThis.WebSocket' } : {};
  for (const bundle of bundleNames) store(bundlePath(root, name, bundle), await compile(entries[bundle], setFolder(root, name), define));
}

/**
 * From 22 on Node has `Array.fromAsync` of its own, before that the packages bring one with them, and the two take different
 * numbers of microtasks: the order inside a breath would follow the version of Node. So every bundle has this one.
 */
const arrayFromAsync = `
async function arrayFromAsync(items) {
  const list = typeof this === 'function' ? new this() : [];
  if (items[Symbol.asyncIterator] === undefined) {
    for (const item of Array.from(items)) list.push(await item);
    return list;
  }
  const iterator = items[Symbol.asyncIterator]();
  for (;;) {
    const { done, value } = await iterator.next();
    if (done) return list;
    list.push(value);
  }
}
`;

/** Free names, and what is read in their place. */
type Define = Readonly<Record<string, string>>;

async function compile(contents: string, resolveDir: string, define: Define): Promise<Uint8Array> {
  const built = await build({
    stdin: { contents, resolveDir, sourcefile: 'entry.js' },
    // Names of files stand in the bundle: they must not tell where the set was installed.
    absWorkingDir: resolveDir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    define: { ...define, 'Array.fromAsync': 'arrayFromAsync' },
    banner: { js: arrayFromAsync },
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
