/** The mark of each kind of moment, drawn around its own middle, 7 px to each side at most; told apart by shape, not by colour alone. */
import type { MomentKind } from '../../story/story.ts';

export interface Mark {
  /** For the legend. */
  readonly words: string;
  readonly drawing: string;
}

export const marks: Readonly<Record<MomentKind, Mark>> = {
  step: { words: 'step of the script', drawing: '<path class="solid" d="M0-6 6 0 0 6-6 0Z"/>' },
  skip: { words: 'step that meant nothing here', drawing: '<path class="open dashed" d="M0-6 6 0 0 6-6 0Z"/>' },
  fault: { words: 'fault', drawing: '<path class="alarm" d="M1.5-7.5-5 1.5H-.5L-1.5 7.5 5-1.5H.5Z"/>' },
  command: { words: 'call of the client', drawing: '<rect class="solid" x="-5.5" y="-5.5" width="11" height="11" rx="2.5"/>' },
  timer: { words: 'timer', drawing: '<circle class="open" r="5.5"/><path class="stroke" d="M0-3V0L2.4 1.6"/>' },
  completion: { words: 'something came back', drawing: '<circle class="open" r="5.5"/><path class="stroke" d="M-2.6.1-.7 2 2.7-1.8"/>' },
  sent: { words: 'sends', drawing: '<circle class="solid" r="3.5"/>' },
  received: { words: 'receives', drawing: '<circle class="open" r="4"/>' },
  opening: { words: 'connection opens', drawing: '<circle class="open" r="5.5"/><path class="stroke" d="M-2.8 0H2.8M0-2.8V2.8"/>' },
  closing: { words: 'connection ends', drawing: '<circle class="open" r="5.5"/><path class="stroke" d="M-2-2 2 2M2-2-2 2"/>' },
  shown: { words: 'shows its user', drawing: '<path class="open" d="M-7.2 0Q0-9 7.2 0 0 9-7.2 0Z"/><circle class="solid" r="2"/>' },
  commit: { words: 'server decides', drawing: '<path class="solid" d="M-3.5-6H3.5L7 0 3.5 6H-3.5L-7 0Z"/>' },
  time: { words: 'time passes', drawing: '<path class="stroke" d="M-5-2.5H5M-5 2.5H5"/>' },
  quiescent: { words: 'nothing moves any more', drawing: '<path class="stroke" d="M-5 0H5"/>' },
  failed: {
    words: 'first divergence',
    drawing: '<path class="alarm" d="M-3-7H3L7-3V3L3 7H-3L-7 3V-3Z"/><path class="on-alarm" d="M0-3.6V.9M0 3.4V3.6"/>',
  },
};

/** What messages may end in, or begin with. */
export const endings = {
  head: '<path class="tip" d="M-5.5 0-13.5-3.6V3.6Z"/>',
  lost: '<path class="cross" d="M-4-4 4 4M4-4-4 4"/>',
  injected: '<circle class="origin" r="3.5"/>',
} as const;
