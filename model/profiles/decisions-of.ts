/** The decisions of a profile: the law, and over it what each switch that is on makes of it. */
import type { State } from '../state.ts';
import type { Decisions } from './decisions.ts';
import { law } from './law.ts';
import { overrides } from './overrides/index.ts';
import type { Profile } from './profile.ts';

export function decisionsOf(profile: Partial<Profile> = {}): Decisions<State> {
  const on = new Map(Object.entries(profile));
  let decisions = law;
  for (const [name, override] of Object.entries(overrides)) {
    if (on.get(name) === true) decisions = { ...decisions, ...override(decisions) };
  }
  return decisions;
}
