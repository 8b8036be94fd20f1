/**
 * Bundles a module with all that it imports of ours. Bundles live in the cache folder of node_modules under the hash of
 * their content, so that the packages they import are found from there and the working directory does not matter.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { build, type Plugin } from 'esbuild';
import { repositoryRoot } from './repository-root.ts';

const cacheFolder = join('node_modules', '.cache', 'lockstep');
/** A bundle that nobody asked for in this long is removed; longer than any run, so that none loses it while at work. */
const keepUnusedMs = 24 * 60 * 60 * 1000;

export interface BundleRequest {
  /** Relative to the root. */
  readonly entry: string;
  /** Relative to the root, and below it, so that packages are found; the cache where not given. */
  readonly folder?: string | undefined;
  /** Put other sources in the place of those that stand. */
  readonly plugins?: readonly Plugin[] | undefined;
  /** Expressions by the names that stand for them in the sources. */
  readonly define?: Readonly<Record<string, string>> | undefined;
}

/** The path of the bundle. Rejects with the bundler's own error where something does not compile. */
export async function bundle({ entry, folder: inside = cacheFolder, plugins = [], define = {} }: BundleRequest): Promise<string> {
  const root = repositoryRoot();
  const folder = join(root, inside);
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
    logLevel: 'silent',
    plugins: [...plugins],
    define,
  });
  const output = built.outputFiles[0];
  if (output === undefined) throw new Error('the bundler gave nothing');
  return store(output.contents, folder);
}

/** Of a bundler that gave up, in one line. */
export function firstComplaint(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const lines = message.split('\n').filter((line) => line.trim() !== '');
  return lines[1] ?? lines[0] ?? 'unknown error';
}

function store(code: Uint8Array, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const name = `${createHash('sha256').update(code).digest('hex').slice(0, 32)}.mjs`;
  const path = join(folder, name);
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
