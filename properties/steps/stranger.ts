/** Somebody without a token connects, says that, and hears what the server makes of it (B1, B2). */
import type { StrangerWord } from '../../model/index.ts';
import { closingOf } from '../driving/translator.ts';
import { earlier } from '../language/lists.ts';
import { strangerWords } from '../language/malformed.ts';
import { choice, object } from '../language/shapes.ts';
import { defineStep, ofNobody } from './step.ts';

const words: Readonly<Record<StrangerWord, string>> = {
  notJson: 'what is no JSON',
  oversized: 'a frame that is too long',
  beforeHello: 'something before its hello',
  otherVersion: 'hello in another version of the protocol',
};

export const stranger = defineStep(object({ do: choice(['stranger']), says: choice(strangerWords) }))({
  ...ofNobody,
  needs: () => ['strangers'],
  say: (step) => `a stranger connects and says ${words[step.says]}`,
  swarm: { weight: 20, family: 'nonsense', isIndispensable: false, isSequential: false },
  suits: ({ forecast }) => (forecast.up ? 10 : 0),
  generate: ({ chance }) => ({ do: 'stranger', says: chance.pick(strangerWords) }),
  apply: () => {},
  *shrink(step) {
    for (const says of earlier(strangerWords, step.says)) yield [{ ...step, says }];
  },
  oddity: (step) => strangerWords.indexOf(step.says),
  concerns: () => null,
  strike: () => null,
  perform: async ({ hosts, reports, system, world }, { says }) => {
    if (hosts.phase() !== 'running') return null;
    const heard = await world.stranger(system.strangerFrames(says));
    const message = heard === null ? null : (system.describeClose(heard.reason)?.message ?? null);
    const closing = heard === null ? null : { ...closingOf(system, heard.reason), explained: explains(says, message ?? '') };
    reports.tell({ kind: 'strangerHeard', said: says, closing });
    return 0;
  },
});

/** Another version is answered with the one that is spoken here (B2). */
function explains(says: StrangerWord, message: string): boolean {
  return says === 'otherVersion' ? /\d/.test(message) : message !== '';
}
