/**
 * A former state of our own client and server in the place of the present one: the same properties, the same model and the
 * same scripts, bundled with another `sut/`. What drives other systems stays as it is.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import type { Plugin } from 'esbuild';
import { firstComplaint } from '../../tools/bundle.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { isBelow } from '../faults/fault.ts';
import { bundleWorker } from '../faults/plant.ts';
import { systems } from '../systems/registry.ts';
import { extractSystem, type GitState } from './git-state.ts';

/** A former state may have another port than the present one; then nothing can be compared. */
export type FormerSystem = { readonly fits: true; readonly bundle: string } | { readonly fits: false; readonly why: string };

export async function bundleFormerSystem(state: GitState): Promise<FormerSystem> {
  const root = repositoryRoot();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'lockstep-state-')));
  try {
    const tree = join(folder, 'tree');
    mkdirSync(tree);
    extractSystem(root, state, tree);
    return await bundleSystem(root, tree);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** `tree` holds a `sut/`. */
export async function bundleSystem(root: string, tree: string): Promise<FormerSystem> {
  try {
    return { fits: true, bundle: await bundleWorker({ plugins: [systemFrom(root, tree)] }) };
  } catch (error) {
    return { fits: false, why: `it does not bundle: ${withoutPlace(firstComplaint(error), root, tree)}` };
  }
}

/** The tree lies somewhere else each time, which tells nothing. */
function withoutPlace(complaint: string, root: string, tree: string): string {
  return complaint.replaceAll(`${tree}${sep}`, '').replaceAll(`${relative(root, tree)}${sep}`, '');
}

/** Whatever is imported of the present `sut/` is that of the tree; there imports lead on by themselves. */
function systemFrom(root: string, tree: string): Plugin {
  const system = join(root, 'sut');
  const others = systems.filter(({ plantable }) => plantable === undefined).map(({ name }) => join(system, name));
  const isOther = (path: string): boolean => others.some((folder) => isBelow(path, folder));
  return {
    name: 'former system',
    setup: (building) => {
      building.onResolve({ filter: /^[.]{1,2}[/]/ }, ({ path, importer, resolveDir }) => {
        const wanted = resolve(resolveDir, path);
        if (!isBelow(wanted, system) || isOther(wanted) || isOther(importer)) return undefined;
        return { path: join(tree, relative(root, wanted)) };
      });
    },
  };
}
