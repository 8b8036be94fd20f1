/** Says what a campaign is, as its journal and its failures keep it, and makes the options of a simulation of it again. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { scriptsAtHand } from '../../properties/corpus/at-hand.ts';
import { type CorpusEntry, formatEntry } from '../../properties/corpus/entry.ts';
import type { Fault } from '../../properties/faults/fault.ts';
import type { Campaign, CampaignTools } from '../../properties/simulate/journal/campaign.ts';
import type { SimulationOptions } from '../../properties/simulate/simulation.ts';
import { isPath, type NamedSystem } from '../../properties/systems/registry.ts';
import { repositoryRoot } from '../../tools/repository-root.ts';
import { sayPath } from '../shared.ts';
import { lockstepVersion } from '../version.ts';
import type { FoundWith } from './known-failures.ts';

/** What is run first, and what is known of the system. */
export type ScriptsOfCampaign = Pick<SimulationOptions, 'corpus' | 'deviations'>;

export async function readScripts({ name }: NamedSystem, runsCorpus: boolean): Promise<ScriptsOfCampaign> {
  const { scripts, knownIssues } = await scriptsAtHand(name);
  return {
    corpus: !runsCorpus || scripts.length === 0 ? undefined : scripts,
    ...(knownIssues !== null && { deviations: knownIssues }),
  };
}

export function hashOfCorpus(corpus: readonly CorpusEntry[] | undefined): Campaign['corpus'] {
  if (corpus === undefined) return null;
  const text = corpus.map((entry) => `${entry.name}\n${formatEntry(entry)}`).join('\n');
  return { scripts: corpus.length, hash: createHash('sha256').update(text).digest('hex') };
}

/** The I-th of N shards runs every N-th script of the corpus, from the I-th on. */
export function shareOfCorpus(corpus: SimulationOptions['corpus'], shard: Campaign['shard']): SimulationOptions['corpus'] {
  return shard === null ? corpus : corpus?.filter((_entry, place) => place % shard.of === shard.index - 1);
}

export function foundWith({ seed, system, versions, fault, by }: Campaign): FoundWith {
  return { seed, system, versions, fault: fault === null ? null : { name: fault.planted.name, path: fault.path }, by };
}

export function versionsOf({ plugin, version }: NamedSystem): Readonly<Record<string, string>> {
  return plugin.versions === undefined || version === undefined ? {} : plugin.versions.contents(version);
}

export function faultOf(fault: Fault | undefined, path: string | undefined): Campaign['fault'] {
  return fault === undefined || path === undefined ? null : { planted: fault, path: fromRoot(path) };
}

/** The name of the system, an adapter's path seen from the root of the repository. */
export function systemFromRoot(name: string): string {
  return isPath(name) ? asPath(fromRoot(name)) : name;
}

/** The same as it is typed here. */
export function systemFromHere(name: string): string {
  return isPath(name) ? asPath(pathFromHere(name)) : name;
}

export function pathFromHere(path: string): string {
  return sayPath(resolve(repositoryRoot(), path));
}

function fromRoot(path: string): string {
  const between = relative(repositoryRoot(), resolve(path));
  return between.startsWith('..') || isAbsolute(between) ? resolve(path) : between.split(sep).join('/');
}

/** As paths of adapters are told everywhere. */
function asPath(path: string): string {
  return isAbsolute(path) ? path : `./${path}`;
}

export function toolsHere(): CampaignTools {
  return { lockstep: lockstepVersion(), commit: commitHere(), node: process.version };
}

function commitHere(): string | null {
  try {
    const git = (...words: readonly string[]): string =>
      execFileSync('git', ['-C', repositoryRoot(), ...words], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return `${git('rev-parse', 'HEAD')}${git('status', '--porcelain') === '' ? '' : '+'}`;
  } catch {
    return null;
  }
}
