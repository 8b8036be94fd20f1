/**
 * Bundles the worker, with a fault put in its place while the source is loaded. Bundles live in the cache folder of
 * node_modules under the hash of their content, so that the packages they import are found from there and the
 * working directory does not matter.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { type Fault, plantInFile } from '../properties/faults/fault.ts';
import { repositoryRoot } from './repository-root.ts';
import { UsageError } from './usage-error.ts';

const cacheFolder = join('node_modules', '.cache', 'lockstep');
/** A bundle that nobody asked for in this long is removed; longer than any run, so that none loses it while at work. */
const keepUnusedMs = 24 * 60 * 60 * 1000;

export interface BundleRequest {
  readonly fault?: Fault | undefined;
  /** Relative to the root; the real worker unless a test says otherwise. */
  readonly entry?: string;
  /** Relative to the root, and below it, so that packages are found; the cache where not given. */
  readonly folder?: string;
  /** Put other sources in the place of those that stand. */
  readonly plugins?: readonly Plugin[];
}

/** The path of the bundle. Throws UsageError for a fault that does not fit or does not compile. */
export async function bundleWorker(request: BundleRequest = {}): Promise<string> {
  const root = repositoryRoot();
  const { fault } = request;
  const folder = join(root, request.folder ?? cacheFolder);
  const loaded = new Set<string>();
  const plugins = [...(request.plugins ?? []), ...(fault === undefined ? [] : [plantPlugin(fault, root, loaded)])];
  const code = await compile(join(root, request.entry ?? 'properties/simulate/worker.ts'), root, folder, plugins, fault);
  if (fault !== undefined && loaded.size === 0) {
    throw new UsageError(`the fault "${fault.name}" does not fit: the system under test does not load ${fault.file}`);
  }
  return store(code, folder);
}

async function compile(entry: string, root: string, folder: string, plugins: Plugin[], fault: Fault | undefined): Promise<Uint8Array> {
  const built = await build({
    entryPoints: [entry],
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
    plugins,
  }).catch((error: unknown) => {
    if (fault === undefined) throw error;
    throw new UsageError(`the fault "${fault.name}" does not compile: ${firstComplaint(error)}`);
  });
  const output = built.outputFiles[0];
  if (output === undefined) throw new Error('the bundler gave nothing');
  return output.contents;
}

function plantPlugin(fault: Fault, root: string, loaded: Set<string>): Plugin {
  const contents = plantInFile(fault, root);
  const path = join(root, fault.file);
  return {
    name: 'fault',
    setup: (building) => {
      building.onLoad({ filter: /\.ts$/ }, (file) => {
        if (file.path !== path) return undefined;
        loaded.add(file.path);
        return { contents, loader: 'ts' };
      });
    },
  };
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
  const unfinished = `${path}.${process.pid}`;
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
