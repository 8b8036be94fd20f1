/** The options of a simulation that does the runs of a campaign. */
import type { Campaign } from '../../properties/simulate/journal/campaign.ts';
import type { Only } from '../../properties/simulate/only.ts';
import type { SimulationOptions } from '../../properties/simulate/simulation.ts';
import type { NamedSystem } from '../../properties/systems/registry.ts';
import { type ScriptsOfCampaign, shareOfCorpus } from './describe.ts';

export async function optionsOf(
  campaign: Campaign,
  { name }: NamedSystem,
  scripts: ScriptsOfCampaign,
  workers: number,
): Promise<SimulationOptions> {
  const { seed, range, minutes, bail, twice, theme, shrinksKnown, fault, shard } = campaign;
  const { only, relations } = await readOnly(campaign.only);
  return {
    seed,
    firstRun: range.from,
    runs: range.to === null ? null : range.to - range.from,
    minutes,
    bail,
    world: name,
    workers,
    twice,
    only,
    relations,
    theme,
    fault: fault?.planted,
    ...scripts,
    corpus: shareOfCorpus(scripts.corpus, shard),
    shrinksKnown,
  };
}

/** The names are those of the checks, and with them comes the model: loaded only where names are given. */
export async function readOnly(names: readonly string[]): Promise<Only> {
  if (names.length === 0) return { only: [], relations: [] };
  const { readOnlyNames } = await import('../../properties/simulate/only.ts');
  return readOnlyNames('--only', names);
}
