/**
 * Bundles a module with all that it imports of ours. Bundles live in the cache folder of node_modules under the hash of
 * their content, so that the packages they import are found from there and the working directory does not matter.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, isAbsolute, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { threadId } from 'node:worker_threads';
import { build, type Plugin } from 'esbuild';
import { repositoryRoot } from './repository-root.ts';

const cacheFolder = join('node_modules', '.cache', 'lockstep');
/** Where it is put now; relative to the root. */
let bundlesFolder = cacheFolder;
/** A bundle that nobody asked for in this long is removed; longer than any run, so that none loses it while at work. */
const keepUnusedMs = 24 * 60 * 60 * 1000;

export interface BundleRequest {
  /** Relative to the root. */
  readonly entry: string;
  /** Relative to the root; the cache where not given. */
  readonly folder?: string | undefined;
  /** Put other sources in the place of those that stand. */
  readonly plugins?: readonly Plugin[] | undefined;
  /** Expressions by the names that stand for them in the sources. */
  readonly define?: Readonly<Record<string, string>> | undefined;
}

/** From now on all bundles of this process go there, and nowhere else; undefined: into the cache of `node_modules`. */
export function keepBundlesIn(folder: string | undefined): void {
  bundlesFolder = folder === undefined ? cacheFolder : resolve(folder);
}

/** The folder where bundles go unless something else is said. */
export function usualBundlesFolder(): string {
  return join(repositoryRoot(), cacheFolder);
}

/** A hash over the sources of a bundle: the same wherever the repository lies, and wherever the bundle does. */
export function sourcesOf(bundlePath: string): string {
  return basename(bundlePath).split('-')[0] ?? '';
}

/** The path of the bundle. Rejects with the bundler's own error where something does not compile. */
export async function bundle({ entry, folder: inside = bundlesFolder, plugins = [], define = {} }: BundleRequest): Promise<string> {
  const root = repositoryRoot();
  const folder = resolve(root, inside);
  const abroad = isBelow(folder, root) ? null : toPackagesOf(root, entry);
  const built = await build({
    entryPoints: [join(root, entry)],
    absWorkingDir: root,
    // Nothing is written there; it tells the source map where the sources are seen from.
    outfile: join(folder, 'worker.mjs'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: 'inline',
    write: false,
    metafile: true,
    logLevel: 'silent',
    plugins: [...plugins, ...(abroad?.plugins ?? [])],
    define: { ...define, ...abroad?.define },
  });
  const output = built.outputFiles[0];
  if (output === undefined) throw new Error('the bundler gave nothing');
  return store(output.contents, hashOfSources(Object.keys(built.metafile.inputs), root), folder);
}

/** Of a bundler that gave up, in one line. */
export function firstComplaint(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const lines = message.split('\n').filter((line) => line.trim() !== '');
  return lines[1] ?? lines[0] ?? 'unknown error';
}

/** A bundle that lies elsewhere finds neither packages nor the repository by its own place. */
function toPackagesOf(root: string, entry: string): Pick<Required<BundleRequest>, 'define'> & { readonly plugins: readonly Plugin[] } {
  const packages: Plugin = {
    name: 'packages',
    setup: (building) => {
      building.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
        kind === 'entry-point' || isBuiltin(path) || isAbsolute(path) ? undefined : { path: import.meta.resolve(path), external: true },
      );
    },
  };
  return { plugins: [packages], define: { 'import.meta.url': JSON.stringify(pathToFileURL(join(root, entry)).href) } };
}

function isBelow(path: string, folder: string): boolean {
  const between = relative(folder, path);
  return !between.startsWith('..') && !isAbsolute(between);
}

/** Names of files say where they lie, so that only what they hold counts. */
function hashOfSources(inputs: readonly string[], root: string): string {
  const files = inputs.map((input) => resolve(root, input)).filter((path) => existsSync(path));
  return hashOf(
    files
      .map((path) => hashOf(readFileSync(path)))
      .sort()
      .join(),
  );
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}

function store(code: Uint8Array, sources: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const name = `${sources}-${hashOf(code)}.mjs`;
  const path = join(folder, name);
  if (existsSync(path)) {
    removeUnused(folder, name);
    return path;
  }
  const unfinished = `${path}.${process.pid}-${threadId}`;
  writeFileSync(unfinished, code);
  renameSync(unfinished, path);
  removeUnused(folder, name);
  return path;
}

function removeUnused(folder: string, used: string): void {
  const now = new Date();
  utimesSync(join(folder, used), now, now);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const modifiedMs = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (modifiedMs !== undefined && now.getTime() - modifiedMs > keepUnusedMs) rmSync(path, { force: true });
  }
}
