/**
 * The restriction of a profile to what anybody would try first: one client, one command after the other, each carried
 * out to its end before the next; no recipes, nothing held back, nothing that fails. A fault that dies there tells
 * nothing about how well interleavings are searched (`properties/faults/smoke.ts`).
 */
import type { Kind, Profile } from './swarm.ts';

const allowed: Readonly<Record<Kind, boolean>> = {
  startSession: true,
  updateSessionToken: true,
  endSession: true,
  connect: true,
  disconnect: true,
  subscribe: true,
  unsubscribe: true,
  insert: true,
  update: true,
  delete: true,
  transact: true,
  clear: true,
  advance: true,
  pushSchema: true,
  together: false,
  inCallback: false,
  hold: false,
  release: false,
  deliver: false,
  cut: false,
  refuseConnections: false,
  acceptConnections: false,
  jumpWallClock: false,
  rotateKeys: false,
  restartServer: false,
  restartClient: false,
  failStorage: false,
  inject: false,
  stranger: false,
  recipe: false,
};

export function sequential(profile: Profile): Profile {
  const weights = { ...profile.weights };
  for (const kind of Object.keys(allowed)) if (isKind(kind) && !allowed[kind]) weights[kind] = 0;
  return { ...profile, name: `${profile.name}, sequential`, clients: 1, weights };
}

function isKind(text: string): text is Kind {
  return Object.hasOwn(allowed, text);
}
