/** A stranger that is not understood is told so, and left (B1, B2, B5); one that borrows an id is somebody else (W6). */
import { boundInTheWay } from '../bounds/connection-bounds.ts';
import { reject } from '../rejection.ts';
import type { State } from '../state.ts';
import type { StrangersEnd, StrangerWord } from './words.ts';

/** Each comes from an address of its own. */
const nowhere = 'nowhere';

export function leaveStranger(state: State, said: StrangerWord | 'borrowedId', closing: StrangersEnd | null): State {
  const bound = boundInTheWay(state, nowhere);
  const end = bound === null ? state.decisions.strangersEnd(said) : limited(bound, true);
  if (closing !== null && end.isMet(closing)) return state;
  const shown = closing === null ? 'an open connection' : `${closing.reason ?? 'no reason'}${closing.explained ? '' : ', unexplained'}`;
  const rule = bound === null ? ruleOf(said) : 'B5';
  return reject(rule, `a stranger's ${said}`, 'a stranger broke the protocol, or found no room', [end.said], shown);
}

/** Under the id that a borrowed one leads to nobody has written, so that its next number is a gap. */
function ruleOf(said: StrangerWord | 'borrowedId'): string {
  switch (said) {
    case 'borrowedId':
      return 'W6';
    case 'otherVersion':
      return 'B2';
    case 'oversized':
      return 'B5';
    case 'notJson':
    case 'beforeHello':
      return 'B1';
  }
}

/** In words, and for good. */
const broken = {
  said: 'INTERNAL_ERROR, explained, no retry',
  isMet: ({ reason, retry, explained }: StrangersEnd): boolean => reason === 'INTERNAL_ERROR' && !retry && explained,
};

function limited(bound: string, retries: boolean): ReturnType<typeof lawfulEnd> {
  return {
    said: `LIMIT_EXCEEDED by ${bound}, ${retries ? 'retry' : 'no retry'}`,
    isMet: ({ reason, retry, text = '' }) => reason === 'LIMIT_EXCEEDED' && retry === retries && text.includes(bound),
  };
}

export function lawfulEnd(said: StrangerWord | 'borrowedId'): { readonly said: string; readonly isMet: (end: StrangersEnd) => boolean } {
  return said === 'oversized' ? limited('frameBytesMax', false) : broken;
}
