/**
 * An adapter: the file with which somebody brings a system of their own, by `--system PATH`. Its default export is
 * plain data and functions, so it needs nothing of this repository at run time, only these types.
 */
import type { SystemParts } from '../../sut/port/define.ts';
import type { Capability } from '../language/capabilities.ts';
import type { Profile, SystemPlugin } from './plugin.ts';

export type { ClientParts, ServerParts, SystemParts } from '../../sut/port/define.ts';
export type * from '../../sut/port/system.ts';
export type * from '../../sut/runtime/ports.ts';

export interface SystemAdapter extends SystemParts {
  /** What it is, in half a sentence. */
  readonly sentence: string;
  /** What it has; what is not here is not drawn, not checked, and told as not applicable. */
  readonly capabilities: readonly Capability[];
  /** What it promises in another way than the specification. */
  readonly profile?: Partial<Profile>;
  /** Times in tokens are multiples of it, where it reads whole seconds alone; 1 where not given. */
  readonly tokenGrainMs?: number;
}

/** The plug-in of an adapter, with the folder that it lies in. */
export function pluginOf(adapter: SystemAdapter, folder: string): SystemPlugin {
  return {
    name: adapter.name,
    sentence: adapter.sentence,
    capabilities: adapter.capabilities,
    ...(adapter.profile !== undefined && { profile: adapter.profile }),
    scriptsAtHand: 'none',
    plantable: [folder],
    runsABatch: 8,
    gateRuns: 1_000,
    comparedWith: 'nothing',
    load: async () => {
      const [{ openedIn }, { createSimulatedWorld }, { defineSystem }] = await Promise.all([
        import('./one-world.ts'),
        import('../worlds/simulated.ts'),
        import('../../sut/port/define.ts'),
      ]);
      const readsLog = adapter.capabilities.includes('serverStorage');
      return { open: openedIn(createSimulatedWorld, defineSystem({ ...adapter, readsLog }), adapter.tokenGrainMs) };
    },
  };
}
