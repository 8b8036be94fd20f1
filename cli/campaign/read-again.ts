/** What a journal was written on, found here again; where that is not what it was, its runs cannot be gone on with, nor united. */
import type { Campaign } from '../../properties/simulate/journal/campaign.ts';
import type { Journal } from '../../properties/simulate/journal/read.ts';
import { type NamedSystem, systemNamed } from '../../properties/systems/registry.ts';
import { UsageError } from '../../tools/usage-error.ts';
import { hashOfCorpus, readScripts, type ScriptsOfCampaign, systemFromHere, versionsOf } from './describe.ts';

export interface OnWhat {
  readonly system: NamedSystem;
  readonly scripts: ScriptsOfCampaign;
}

/** @throws {UsageError} where the system or the corpus is another */
export async function readAgain({ folder, campaign }: Pick<Journal, 'folder' | 'campaign'>): Promise<OnWhat> {
  const system = await systemNamed(systemFromHere(campaign.system));
  const { versions } = system.plugin;
  const { version } = system;
  if (versions !== undefined && version !== undefined && !versions.isInstalled(version)) throw new UsageError(versions.sayAbsent(version));
  requireSame(folder, 'versions of the packages', campaign.versions, versionsOf(system));
  const scripts = await readScripts(system, campaign.corpus !== null);
  requireSame(folder, 'corpus', campaign.corpus, hashOfCorpus(scripts.corpus));
  return { system, scripts };
}

/** @throws {UsageError} where the sources are others */
export function requireSources({ folder, campaign }: { readonly folder: string; readonly campaign: Campaign }, sources: string): void {
  const { commit } = campaign.by;
  requireSame(folder, commit === null ? 'sources' : `sources (commit ${commit.slice(0, 12)})`, campaign.sources, sources);
}

function requireSame(folder: string, what: string, then: unknown, now: unknown): void {
  if (JSON.stringify(then) === JSON.stringify(now)) return;
  throw new UsageError(`${folder}: its ${what} are not those that are here now; begin a new campaign with lockstep simulate`);
}
