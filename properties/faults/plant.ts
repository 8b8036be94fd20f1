/** Bundles with a fault in them: its edit is made while the source is loaded, and must fit what the bundle really loads. */
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { type BundleRequest, bundle, firstComplaint } from '../../tools/bundle.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { type Fault, plantInFile } from './fault.ts';

/** The worker of `simulate` unless another entry is named. */
export interface WorkerRequest extends Partial<BundleRequest> {
  readonly fault?: Fault | undefined;
}

/** The path of the bundle. Throws UsageError for a fault that does not fit or does not compile. */
export async function bundleWorker({ fault, entry = 'properties/simulate/worker.ts', ...request }: WorkerRequest = {}): Promise<string> {
  if (fault === undefined) return bundle({ entry, ...request });
  const { plugin, wasLoaded } = plantPlugin(fault, repositoryRoot());
  try {
    const path = await bundle({ entry, ...request, plugins: [...(request.plugins ?? []), plugin] });
    if (wasLoaded()) return path;
  } catch (error) {
    throw isBuildFailure(error) ? new UsageError(`the fault "${fault.name}" does not compile: ${firstComplaint(error)}`) : error;
  }
  throw new UsageError(`the fault "${fault.name}" does not fit: the system under test does not load ${fault.file}`);
}

function plantPlugin(fault: Fault, root: string): { readonly plugin: Plugin; readonly wasLoaded: () => boolean } {
  const contents = plantInFile(fault, root);
  const path = join(root, fault.file);
  let loaded = false;
  const plugin: Plugin = {
    name: 'fault',
    setup: (building) => {
      building.onLoad({ filter: /\.ts$/ }, (file) => {
        if (file.path !== path) return undefined;
        loaded = true;
        return { contents, loader: 'ts' };
      });
    },
  };
  return { plugin, wasLoaded: () => loaded };
}

/** The bundler lists what it complains of. */
function isBuildFailure(error: unknown): boolean {
  return error instanceof Error && 'errors' in error;
}
