/** What is said of each step of a script that is no call of a client, beside its own words. */
import type { CommandStep, Step } from '../../properties/scripts/script.ts';
import { sayLabel } from './labels.ts';
import type { Bodies, Member } from './members.ts';

type Steps = Bodies<'do', Exclude<Step, CommandStep>>;
type StepOf<Name extends keyof Steps = keyof Steps> = Member<'do', Steps, Name>;

/** The mark of a fault on the lane of whom it strikes. */
export interface Strike {
  readonly process: string;
  readonly title: string;
}

interface StepWords<Name extends keyof Steps> {
  /** Within a sentence; null: as everywhere. */
  readonly arrangement: ((step: StepOf<Name>) => string) | null;
  /** Null where it is no fault, or where an action of the model tells it anyhow. */
  readonly strike: ((step: StepOf<Name>) => Strike | null) | null;
}

const plain = { arrangement: null, strike: null } as const;

const table: { readonly [Name in keyof Steps]: StepWords<Name> } = {
  together: plain,
  inCallback: plain,
  hold: { arrangement: ({ label }) => `the script holds back ${sayLabel(label)}`, strike: null },
  release: { arrangement: ({ label }) => `the script lets ${sayLabel(label)} go on`, strike: null },
  deliver: { arrangement: ({ label, count }) => `the script lets ${count} of ${sayLabel(label)} through`, strike: null },
  advance: plain,
  cut: {
    arrangement: null,
    strike: ({ client, how }) =>
      how === 'halfOpen' ? null : { process: client, title: `its connection is ${how === 'clean' ? 'closed by the network' : 'lost'}` },
  },
  refuseConnections: { arrangement: null, strike: ({ client }) => ({ process: client, title: 'its connections are refused from now on' }) },
  acceptConnections: { arrangement: null, strike: ({ client }) => ({ process: client, title: 'its connections are accepted again' }) },
  jumpWallClock: plain,
  rotateKeys: plain,
  pushSchema: plain,
  restartServer: plain,
  restartClient: plain,
  failStorage: { arrangement: null, strike: ({ process }) => ({ process, title: 'its storage will fail once' }) },
  inject: {
    arrangement: null,
    strike: ({ client, to }) => ({
      process: to === 'server' ? 'server' : client,
      title: 'nonsense is put among what is on its way to it',
    }),
  },
  stranger: plain,
};

function wordsOf<Name extends keyof Steps>(step: StepOf<Name>): StepWords<Name> {
  return table[step.do];
}

function isOther(step: Step): step is Exclude<Step, CommandStep> {
  return Object.hasOwn(table, step.do);
}

/** How a step reads within a sentence; null where its own words do. */
export function sayArrangement(step: Step): string | null {
  return isOther(step) ? arrangementOf(step) : null;
}

function arrangementOf<Name extends keyof Steps>(step: StepOf<Name>): string | null {
  return wordsOf(step).arrangement?.(step) ?? null;
}

export function strikeOf(step: Step): Strike | null {
  return isOther(step) ? strikeOfOther(step) : null;
}

function strikeOfOther<Name extends keyof Steps>(step: StepOf<Name>): Strike | null {
  return wordsOf(step).strike?.(step) ?? null;
}
