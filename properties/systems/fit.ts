/** How scripts come to fit a system: by what they are drawn, what of them it is given, and where shrinking may go. */
import { canonicalText } from '../../model/index.ts';
import type { Capability } from '../language/capabilities.ts';
import { narrowedTo } from '../scripts/narrow.ts';
import type { Script } from '../scripts/script.ts';
import type { SystemName } from '../trace.ts';
import { loadSystem } from './registry.ts';

export interface Fit {
  readonly drawnBy: readonly Capability[];
  readonly narrow: (script: Script) => Script;
  readonly isInWords: (script: Script) => boolean;
}

/** For a system that has everything they are one and the same. */
function isSame(narrowed: Script, script: Script): boolean {
  return narrowed === script || canonicalText(narrowed) === canonicalText(script);
}

export async function fitFor(name: SystemName): Promise<Fit> {
  const { plugin, workings } = await loadSystem(name);
  const narrow = workings.narrow ?? ((script: Script) => narrowedTo(plugin.capabilities, script));
  return {
    drawnBy: plugin.drawnBy ?? plugin.capabilities,
    narrow,
    isInWords: workings.isInWords ?? ((script) => isSame(narrow(script), script)),
  };
}
