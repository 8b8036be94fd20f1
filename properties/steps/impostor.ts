/** Somebody with a sound token of his own says hello with an id that he read in a row, and writes under its next number (W6). */
import { closingOf } from '../driving/translator.ts';
import { client } from '../language/names.ts';
import { choice, object } from '../language/shapes.ts';
import type { FreshToken } from '../language/tokens.ts';
import { defineStep, ofClient } from './step.ts';

const token: FreshToken = {
  kind: 'fresh',
  user: 'ann',
  role: 'member',
  plan: 'free',
  lifetimeMs: null,
  validFromMs: null,
  flaw: 'none',
};

export const impostor = defineStep(object({ do: choice(['impostor']), client }))({
  ...ofClient,
  needs: () => ['strangers', 'storageCopies'],
  say: (step) => `somebody says hello with the id of ${step.client}, and writes`,
  swarm: { weight: 25, family: 'nonsense', isIndispensable: false, isSequential: false },
  // Where keys are to be fetched the server would have him wait.
  suits: ({ forecast }) => (forecast.up && forecast.keys === null && forecast.applied.size > 0 ? 15 : 0),
  generate: ({ chance, forecast }) => ({ do: 'impostor', client: chance.pick(forecast.clients).name }),
  apply: () => {},
  *shrink() {},
  concerns: () => null,
  strike: () => null,
  perform: async ({ hosts, reports, system, world, mint, translator, commanding }, step) => {
    const known = translator.numbersOf(step.client);
    if (known === null || hosts.phase() !== 'running' || mint.keySource().kind !== 'secret') return null;
    const minted = await commanding.purse.mint(token, undefined);
    const frames = minted === null ? [] : system.impostorFrames(minted.bytes, known.clientId, known.nextSequence);
    if (frames.length === 0) return null;
    const heard = await world.stranger(frames);
    // Where an append is held back his turn has not come before he leaves.
    if (heard === null) return 0;
    const closing = closingOf(system, heard.reason);
    reports.tell({ kind: 'strangerHeard', said: 'borrowedId', closing: { ...closing, explained: closing.explained === true } });
    return 0;
  },
});
