/** A stranger that is not understood is told so, and left (B1, B2); one that borrows an id is somebody else (W6). */
import { reject } from '../rejection.ts';
import type { State } from '../state.ts';
import type { StrangersEnd, StrangerWord } from './words.ts';

export function leaveStranger(state: State, said: StrangerWord | 'borrowedId', closing: StrangersEnd | null): State {
  const { strangersEnd } = state.decisions;
  if (closing !== null && strangersEnd.isMet(closing)) return state;
  const shown = closing === null ? 'an open connection' : `${closing.reason ?? 'no reason'}${closing.explained ? '' : ', unexplained'}`;
  const rule = ruleOf(said);
  return reject(rule, `a stranger's ${said}`, 'a stranger broke the protocol', [strangersEnd.said], shown);
}

/** Under the id that a borrowed one leads to nobody has written, so that its next number is a gap. */
function ruleOf(said: StrangerWord | 'borrowedId'): string {
  if (said === 'borrowedId') return 'W6';
  return said === 'otherVersion' ? 'B2' : 'B1';
}

/** In words, and for good. */
export const lawfulEnd = {
  said: 'INTERNAL_ERROR, explained, no retry',
  isMet: ({ reason, retry, explained }: StrangersEnd): boolean => reason === 'INTERNAL_ERROR' && !retry && explained,
};
