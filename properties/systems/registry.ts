/** The systems by name. A name that is a path means an adapter, which may lie anywhere; a word behind the name, a version. */
import { UsageError } from '../../tools/usage-error.ts';
import type { SystemName } from '../trace.ts';
import { simulated, websocket } from './own.ts';
import type { SystemPlugin, SystemWorkings } from './plugin.ts';
import { triplit } from './triplit/plugin.ts';

export const systems: readonly SystemPlugin[] = [simulated, websocket, triplit];

/** Names that stood on the command line once, and go on standing there. */
const aliases: Readonly<Record<string, SystemPlugin>> = { published: triplit };

export interface NamedSystem {
  readonly name: SystemName;
  readonly plugin: SystemPlugin;
  /** Undefined where it has none. */
  readonly version: string | undefined;
}

/** Our own client and server in virtual time: what is meant where nothing else is named. */
export const own: NamedSystem = { name: simulated.name, plugin: simulated, version: undefined };

export interface LoadedSystem extends NamedSystem {
  readonly workings: SystemWorkings;
}

/** @throws {UsageError} where there is no such system, or the path leads to no adapter */
export async function systemNamed(name: SystemName): Promise<NamedSystem> {
  if (isPath(name)) return { name, plugin: await (await import('./load-adapter.ts')).loadAdapter(name), version: undefined };
  const [first = '', ...rest] = name.split(' ');
  const plugin = systems.find((known) => known.name === first) ?? aliases[first];
  if (plugin === undefined) throw new UsageError(`there is no system ${JSON.stringify(first)}; there are ${knownNames().join(', ')}`);
  const version = rest.length === 0 ? plugin.versions?.defaultName : rest.join(' ');
  return { name: nameOf(plugin, version), plugin, version };
}

const loaded = new Map<SystemName, Promise<LoadedSystem>>();

/** Loaded once in a thread. */
export function loadSystem(name: SystemName): Promise<LoadedSystem> {
  const known = loaded.get(name) ?? systemNamed(name).then(async (found) => ({ ...found, workings: await found.plugin.load() }));
  loaded.set(name, known);
  return known;
}

export function nameOf(plugin: SystemPlugin, version: string | undefined): SystemName {
  return version === undefined ? plugin.name : `${plugin.name} ${version}`;
}

/** As they are typed, the names of former days last. */
export function knownNames(): readonly string[] {
  return [...systems.map(({ name }) => name), ...Object.keys(aliases)];
}

export function isPath(text: string): boolean {
  return /[/\\]/u.test(text) || /[.][cm]?[jt]s$/u.test(text);
}

/** Whether it can be run here: a version of it may have to be installed first. */
export async function isAvailable(name: SystemName): Promise<boolean> {
  const { plugin, version } = await systemNamed(name);
  return plugin.versions === undefined || version === undefined || plugin.versions.isInstalled(version);
}
