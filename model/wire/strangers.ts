/** A stranger that is not understood is told so, and left (B1, B2). */
import { reject } from '../rejection.ts';
import type { State } from '../state.ts';
import type { StrangersEnd, StrangerWord } from './words.ts';

export function leaveStranger(state: State, said: StrangerWord, closing: StrangersEnd | null): State {
  const { strangersEnd } = state.decisions;
  if (closing !== null && strangersEnd.isMet(closing)) return state;
  const shown = closing === null ? 'an open connection' : `${closing.reason ?? 'no reason'}${closing.explained ? '' : ', unexplained'}`;
  const rule = said === 'otherVersion' ? 'B2' : 'B1';
  return reject(rule, `a stranger's ${said}`, 'a stranger broke the protocol', [strangersEnd.said], shown);
}

/** In words, and for good. */
export const lawfulEnd = {
  said: 'INTERNAL_ERROR, explained, no retry',
  isMet: ({ reason, retry, explained }: StrangersEnd): boolean => reason === 'INTERNAL_ERROR' && !retry && explained,
};
