/**
 * The restriction of a profile to what anybody would try first: one client, one command after the other, each carried
 * out to its end before the next; no recipes, nothing held back, nothing that fails. A fault that dies there tells
 * nothing about how well interleavings are searched (`properties/faults/smoke.ts`).
 */
import { type Profile, weightOf } from '../generation/profile.ts';
import { kinds, roleOf } from './swarm.ts';

export function sequential(profile: Profile): Profile {
  const weights = kinds.map((kind) => [kind, roleOf(kind).isSequential ? weightOf(profile, kind) : 0]);
  return { ...profile, name: `${profile.name}, sequential`, clients: 1, weights: Object.fromEntries(weights) };
}
