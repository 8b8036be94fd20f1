/**
 * Puts an adapter in the place of `properties/systems/given-adapter.ts` while a bundle is made. Packages that it imports
 * are those that are found from its own folder, or else those of this repository. A bundle with its system in it imports
 * no file: a loader that rewrites such imports would lose its source map.
 */
import { createRequire } from 'node:module';
import { dirname, isAbsolute, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';

/** `adapter` is its absolute path; undefined: the system is one of this repository. */
export function adapterPlugin(adapter: string | undefined, root: string): Plugin {
  const stub = join(root, 'properties', 'systems', 'given-adapter.ts');
  const importer = join(root, 'tools', 'import-file.ts');
  return {
    name: 'adapter',
    setup: (building) => {
      building.onLoad({ filter: /import-file\.ts$/ }, ({ path }) => {
        const contents = "export const importFile = () => Promise.reject(new Error('a bundle imports no file'));";
        return path === importer ? { contents, loader: 'ts' } : undefined;
      });
      if (adapter === undefined) return;
      building.onLoad({ filter: /given-adapter\.ts$/ }, ({ path }) => {
        const contents = `export { default as given } from ${JSON.stringify(adapter)};`;
        return path === stub ? { contents, loader: 'ts', resolveDir: dirname(adapter) } : undefined;
      });
      // What lies in the repository finds its packages as everything there does.
      building.onResolve({ filter: /^[^./]/ }, ({ path, importer: from }) => {
        const found = isBelow(from, root) ? undefined : packageFrom(from, path);
        return found === undefined ? undefined : { path: pathToFileURL(found).href, external: true };
      });
    },
  };
}

function isBelow(path: string, folder: string): boolean {
  const between = relative(folder, path);
  return !between.startsWith('..') && !isAbsolute(between);
}

/** Undefined for what Node has built in, and for what is not there. */
function packageFrom(importer: string, name: string): string | undefined {
  try {
    const found = createRequire(importer).resolve(name);
    return isAbsolute(found) ? found : undefined;
  } catch {
    return undefined;
  }
}
