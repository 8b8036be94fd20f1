/**
 * Sets of published packages, side by side: `sets/NAME/` holds one installation, its own package.json and lock file, and
 * the two bundles that a run loads. Nothing of it is installed with Lockstep itself.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const packageNames = ['@triplit/client', '@triplit/server', '@triplit/server-core', '@triplit/db'] as const;
export type PackageName = (typeof packageNames)[number];
export type Versions = Readonly<Record<PackageName, string>>;

/** The set that is meant where none is named: the versions of `sut/triplit/package.json`. */
export const defaultSetName = 'latest';
export const bundleNames = ['client', 'server'] as const;
export type BundleName = (typeof bundleNames)[number];
/** Raised with every change of how bundles are made: sets whose bundles were made otherwise have to be installed anew. */
const bundleFormat = 2;

export function publishedFolder(root: string): string {
  return join(root, 'sut', 'triplit');
}

export function setFolder(root: string, name: string): string {
  return join(publishedFolder(root), 'sets', name);
}

export function bundlePath(root: string, name: string, bundle: BundleName): string {
  return join(setFolder(root, name), 'bundles', `${bundle}-${bundleFormat}.cjs`);
}

/** Letters, digits, dots and dashes: a name is a folder, and part of the name of a system. */
export function isSetName(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9.-]{0,63}$/u.test(name);
}

export function isInstalled(root: string, name: string): boolean {
  return isSetName(name) && bundleNames.every((bundle) => existsSync(bundlePath(root, name, bundle)));
}

/** The names of all sets that are whole. */
export function installedSets(root: string): readonly string[] {
  const folder = join(publishedFolder(root), 'sets');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => isInstalled(root, name)).sort();
}

/** What is installed there, as the packages say it themselves. Throws where a package is missing. */
export function installedVersions(root: string, name: string): Versions {
  const versionOf = (packageName: PackageName): string => {
    const text = readFileSync(join(setFolder(root, name), 'node_modules', packageName, 'package.json'), 'utf8');
    return stringAt(JSON.parse(text), 'version');
  };
  return {
    '@triplit/client': versionOf('@triplit/client'),
    '@triplit/server': versionOf('@triplit/server'),
    '@triplit/server-core': versionOf('@triplit/server-core'),
    '@triplit/db': versionOf('@triplit/db'),
  };
}

/** The versions of the default set. */
export function defaultVersions(root: string): Versions {
  const data: unknown = JSON.parse(readFileSync(join(publishedFolder(root), 'package.json'), 'utf8'));
  const dependencies = typeof data === 'object' && data !== null && 'dependencies' in data ? data.dependencies : undefined;
  return {
    '@triplit/client': stringAt(dependencies, '@triplit/client'),
    '@triplit/server': stringAt(dependencies, '@triplit/server'),
    '@triplit/server-core': stringAt(dependencies, '@triplit/server-core'),
    '@triplit/db': stringAt(dependencies, '@triplit/db'),
  };
}

function stringAt(data: unknown, key: string): string {
  const found: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, key) : undefined;
  if (typeof found !== 'string') throw new TypeError(`a package.json holds no text at "${key}"`);
  return found;
}
