/** Loads the adapter at a path, whose complaints are one clear line each. */
import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { importFile } from '../../tools/import-file.ts';
import { nearestNames } from '../../tools/nearest-names.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { allCapabilities } from '../language/capabilities.ts';
import { pluginOf, type SystemAdapter } from './adapter.ts';
import { given } from './given-adapter.ts';
import type { SystemPlugin } from './plugin.ts';

/** @throws {UsageError} where there is no adapter at the path */
export async function loadAdapter(path: string): Promise<SystemPlugin> {
  const whole = resolve(path);
  const adapter = readAdapter(given ?? (await exportOf(whole, path)), path);
  return pluginOf(adapter, dirname(whole));
}

/** Bundled by itself first, so that it is loaded here just as it is in a worker. */
async function exportOf(whole: string, path: string): Promise<unknown> {
  if (!existsSync(whole)) throw new UsageError(`--system: ${path}: no such file`);
  if (!statSync(whole).isFile()) throw new UsageError(`--system: ${path}: is a folder, not the file of an adapter`);
  const bundle = await bundled(whole, path);
  try {
    return memberOf(await importFile(bundle), 'given');
  } catch (error) {
    throw new UsageError(`--system: ${path} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function bundled(whole: string, path: string): Promise<string> {
  const [{ bundle, firstComplaint }, { adapterPlugin }] = await Promise.all([
    import('../../tools/bundle.ts'),
    import('../../tools/adapter-plugin.ts'),
  ]);
  try {
    return await bundle({ entry: 'properties/systems/given-adapter.ts', plugins: [adapterPlugin(whole, repositoryRoot())] });
  } catch (error) {
    throw new UsageError(`--system: ${path} does not compile: ${firstComplaint(error)}`);
  }
}

const musts = {
  name: 'string',
  sentence: 'string',
  capabilities: 'object',
  createClient: 'function',
  createServer: 'function',
  describeClose: 'function',
} as const satisfies Partial<Record<keyof SystemAdapter, 'string' | 'object' | 'function'>>;

/** @throws {UsageError} where a member is missing, or is none that an adapter may have */
export function readAdapter(value: unknown, path: string): SystemAdapter {
  if (typeof value !== 'object' || value === null) throw new UsageError(`--system: ${path} exports no system by default`);
  const missing = Object.entries(musts).find(([name, type]) => typeof memberOf(value, name) !== type);
  if (missing !== undefined)
    throw new UsageError(`--system: ${path}: the system lacks "${missing[0]}", which must be a ${sayType(missing)}`);
  if (memberOf(value, 'describe') === undefined && memberOf(value, 'describeConnection') === undefined) {
    throw new UsageError(`--system: ${path}: the system lacks "describe", which must be a function (or "describeConnection")`);
  }
  if (!isAdapter(value)) throw new UsageError(`--system: ${path}: "capabilities" must be a list of names`);
  const known: readonly string[] = allCapabilities;
  const unknown = value.capabilities.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const near = nearestNames(unknown, known);
    throw new UsageError(
      `--system: ${path}: there is no capability "${unknown}"${near.length === 0 ? '' : `; near it: ${near.join(', ')}`}`,
    );
  }
  if (!value.capabilities.includes('sessions')) throw new UsageError(`--system: ${path}: a system has at least the capability "sessions"`);
  return value;
}

function sayType([name, type]: readonly [string, string]): string {
  return name === 'capabilities' ? 'list of names' : type;
}

/** That its functions are what they are called shows when they are called. */
function isAdapter(value: object): value is SystemAdapter {
  const capabilities = memberOf(value, 'capabilities');
  return Array.isArray(capabilities) && capabilities.every((name) => typeof name === 'string');
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
