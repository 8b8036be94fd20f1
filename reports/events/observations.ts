/** What is said of each thing that a client shows its user, wherever it is told. */
import type { Observation, Status } from '../../model/actions.ts';
import { sayRows, sayRowsExactly } from './basics.ts';
import type { Bodies, Member } from './members.ts';
import type { PhraseDraft, PhraseMatter } from './phrase.ts';

type Observations = Bodies<'saw', Observation>;
type ObservationOf<Name extends keyof Observations = keyof Observations> = Member<'saw', Observations, Name>;

interface ObservationWords<Name extends keyof Observations> {
  /** What its client does; `callOf` names what a promise is the outcome of. */
  readonly title: (observation: ObservationOf<Name>, callOf: (promise: string) => string) => string;
  /** The same in a trace, where the column before it says `shows`. */
  readonly exact: (observation: ObservationOf<Name>) => string;
  /** Null: goes without saying. */
  readonly phrase:
    | ((observation: ObservationOf<Name>, client: string, matter: Pick<PhraseMatter, 'names' | 'subject'>) => PhraseDraft)
    | null;
}

const table: { readonly [Name in keyof Observations]: ObservationWords<Name> } = {
  status: {
    title: ({ status }) => `shows status ${status}`,
    exact: ({ status }) => `status ${status}`,
    phrase: ({ status }) => ({ weight: weightOfStatus(status), does: `is ${status}`, isOfSession: true }),
  },
  sessionError: {
    title: ({ type }) => `shows session error ${type}`,
    exact: ({ type }) => `session error ${type}`,
    phrase: ({ type }) => ({ weight: 2, does: `tells its user of ${type}`, isOfSession: true }),
  },
  settled: {
    title: ({ promise, error }, callOf) => `${callOf(promise)} ${sayEnd(error)}`,
    exact: ({ promise, error }) => `${promise} ${sayEnd(error)}`,
    phrase: ({ promise, error }, client, { names, subject }) => {
      const call = names.callOf(promise);
      const weight = error !== null ? 2.4 : subject.text.includes(call) ? 2 : 0.4;
      return { weight, who: `${call} of ${client}`, does: sayEnd(error) };
    },
  },
  results: {
    title: ({ subscription, rows, fulfilled }) =>
      `shows results of ${subscription}: ${sayRows(rows)} (${fulfilled ? 'fulfilled' : 'not yet fulfilled'})`,
    exact: ({ subscription, rows, fulfilled }) =>
      `results of ${subscription}, ${fulfilled ? 'fulfilled' : 'not fulfilled'}: ${sayRowsExactly(rows)}`,
    phrase: ({ subscription, rows, fulfilled }, client) => ({
      weight: fulfilled ? 1.4 : 0.9,
      who: `${subscription} of ${client}`,
      does: `shows ${sayRows(rows)}${fulfilled ? '' : ' (not yet fulfilled)'}`,
    }),
  },
  remoteFulfilled: {
    title: ({ subscription }) => `shows ${subscription} as fulfilled by the server`,
    exact: ({ subscription }) => `${subscription} fulfilled`,
    phrase: null,
  },
  subscriptionError: {
    title: ({ subscription, error }) => `shows an error of ${subscription}: ${error}`,
    exact: ({ subscription, error }) => `error of ${subscription}: ${error}`,
    phrase: ({ subscription, error }, client) => ({ weight: 2, who: `${subscription} of ${client}`, does: `shows ${error}` }),
  },
  refreshAsked: {
    title: ({ call }) => `asks its refresh handler (call ${call})`,
    exact: ({ call }) => `refresh handler called, call ${call}`,
    phrase: () => ({ weight: 2 }),
  },
  synced: {
    title: ({ collection, id }) => `shows ${collection}/${id} as synced`,
    exact: ({ collection, id }) => `${collection}/${id} synced`,
    phrase: null,
  },
  notSynced: {
    title: ({ collection, id, error }) => `shows ${collection}/${id} as not synced: ${error}`,
    exact: ({ collection, id, error }) => `${collection}/${id} not synced, ${error}`,
    phrase: null,
  },
  syncFailed: {
    title: ({ error }) => `shows a write as failed: ${error}`,
    exact: ({ error }) => `writes failed to sync, ${error}`,
    phrase: ({ error }) => ({ weight: 1.5, does: `tells its user that a write failed (${error})` }),
  },
};

function wordsOf<Name extends keyof Observations>(observation: ObservationOf<Name>): ObservationWords<Name> {
  return table[observation.saw];
}

export function sayObservation<Name extends keyof Observations>(
  observation: ObservationOf<Name>,
  callOf: (promise: string) => string,
): string {
  return wordsOf(observation).title(observation, callOf);
}

export function sayObservationExactly<Name extends keyof Observations>(observation: ObservationOf<Name>): string {
  return wordsOf(observation).exact(observation);
}

export function phraseOfObservation<Name extends keyof Observations>(
  observation: ObservationOf<Name>,
  client: string,
  matter: Pick<PhraseMatter, 'names' | 'subject'>,
): PhraseDraft | null {
  return wordsOf(observation).phrase?.(observation, client, matter) ?? null;
}

function sayEnd(error: string | null): string {
  return error === null ? 'resolves' : `rejects with ${error}`;
}

/** OPEN and CONNECTING follow from what is told anyhow. */
function weightOfStatus(status: Status): number {
  if (status === 'OPEN' || status === 'CONNECTING') return 0.5;
  return status === 'CLOSED' ? 1.6 : 1;
}
