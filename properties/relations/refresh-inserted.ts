/**
 * A refresh inserted = the refresh absent (S4): the right script has one `updateSessionToken` more, with a fresh sound
 * token of equal claims.
 *
 * Precondition: the old token would have done as well. So all tokens of that client claim the same, are sound and
 * outlast the script; no handler counts from the time of the last acceptance; keys do not rotate and are served well (a
 * token of the old key would be refused at the next connection); and, where tokens expire at all, no clock jumps to their end. Nonsense
 * in the client's name is left out, because what it is worth depends on the number of updates sent before. No command
 * waits for a callback of the client: a session begun anew while the update is pending is a replacement, where
 * otherwise it may be the same token again (S2), so that the callbacks are not the same. The place
 * is any after the client's first session began, also while frames are held or the client is disconnected.
 */
import type { Step } from '../scripts/script.ts';
import { withSteps } from '../shrinking/walk.ts';
import { compareClients } from './compare.ts';
import { withEnding } from './ending.ts';
import { drawnFor, preferred } from './preferred.ts';
import type { Relation } from './relation.ts';
import { isCommandOf, lastingMs, soundTokenOf, tamed, withSoundTokens } from './taming.ts';

function isAllowed(step: Step, client: string): boolean {
  if (step.do === 'inject' || step.do === 'inCallback') return step.client !== client;
  return step.do !== 'rotateKeys' && step.do !== 'serveKeySet' && step.do !== 'jumpWallClock';
}

export const refreshInserted: Relation = {
  name: 'refresh-inserted',
  sentence: 'A token refreshed by another with equal claims changes nothing.',
  rules: ['S4'],
  twinOf: (script, salt) => {
    const tame = tamed(script);
    const lifetimeMs = drawnFor(salt, 'lifetime') % 2 === 0 ? null : lastingMs;
    const client = preferred(
      salt,
      tame.configuration.clients.map(({ name }) => name).filter((name) => soundTokenOf(tame, name, lifetimeMs) !== undefined),
      (name) => name,
    );
    const token = client === undefined ? undefined : soundTokenOf(tame, client, lifetimeMs);
    if (client === undefined || token === undefined) return null;
    const steps = withSoundTokens(
      tame.steps.filter((step) => isAllowed(step, client)),
      client,
      token,
    );
    const places = [...steps.keys()].slice(steps.findIndex((step) => isCommandOf(step, client)));
    const place = preferred(salt, places, (index) => JSON.stringify(steps[index]));
    if (place === undefined) return null;
    const refresh: Step = { do: 'updateSessionToken', client, token };
    return {
      left: withEnding(withSteps(tame, steps)),
      right: withEnding(withSteps(tame, [...steps.slice(0, place + 1), refresh, ...steps.slice(place + 1)])),
      difference: `the token of ${client} refreshed after step ${place + 1} of ${steps.length}`,
    };
  },
  compare: (left, right) => compareClients('S4', left, right),
};
