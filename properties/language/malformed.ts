/** What peers send that breaks the protocol: malformed frames, and what somebody without a token sends first (B1, B2). The plainest first. */
import type { Nonsense, StrangerWord } from '../../model/index.ts';

export const nonsenses: readonly Nonsense[] = [
  'notJson',
  'notAFrame',
  'unknownType',
  'missingField',
  'badFilter',
  'unfitValue',
  'helloAgain',
  'subscribedTwice',
  'writeGap',
  'requestGap',
  'oversized',
];
/** What a client may receive without its meaning something. */
export const clientNonsenses: readonly Nonsense[] = ['notJson', 'notAFrame', 'unknownType', 'missingField'];
export const strangerWords: readonly StrangerWord[] = ['notJson', 'oversized', 'beforeHello', 'otherVersion'];
