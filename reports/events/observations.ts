/** What is said of each thing that a client shows its user, in all reports. */
import type { Observation, Status } from '../../model/actions.ts';
import { sayRows, sayRowsExactly } from './basics.ts';
import type { Bodies, Member } from './members.ts';
import type { PhraseDraft } from './phrase.ts';

type Observations = Bodies<'saw', Observation>;
type ObservationOf<Name extends keyof Observations> = Member<'saw', Observations, Name>;

interface Said {
  /** What its client does. */
  readonly title: string;
  /** The same in a trace, where the column before it says `shows`. */
  readonly exact: string;
  /** Null: goes without saying. */
  readonly phrase: PhraseDraft | null;
}

/** Whom it was shown, how the call is named whose promise settles, and everything that the failure says. */
interface Shown {
  readonly client: string;
  readonly callOf: (promise: string) => string;
  readonly failure: string;
}

const table: { readonly [Name in keyof Observations]: (observation: ObservationOf<Name>, shown: Shown) => Said } = {
  status: ({ status }) => ({
    title: `shows status ${status}`,
    exact: `status ${status}`,
    phrase: { weight: weightOfStatus(status), does: `is ${status}`, isOfSession: true },
  }),
  sessionError: ({ type }) => ({
    title: `shows session error ${type}`,
    exact: `session error ${type}`,
    phrase: { weight: 2, does: `tells its user of ${type}`, isOfSession: true },
  }),
  settled: ({ promise, error, rows }, { client, callOf, failure }) => {
    const call = callOf(promise);
    const end = error !== null ? `rejects with ${error}` : rows === undefined ? 'resolves' : `resolves with ${sayRows(rows)}`;
    const exactly = rows === undefined ? end : `resolves with ${sayRowsExactly(rows)}`;
    const weight = error !== null ? 2.4 : failure.includes(call) ? 2 : 0.4;
    return { title: `${call} ${end}`, exact: `${promise} ${exactly}`, phrase: { weight, who: `${call} of ${client}`, does: end } };
  },
  results: ({ subscription, rows, fulfilled }, { client }) => ({
    title: `shows results of ${subscription}: ${sayRows(rows)} (${fulfilled ? 'fulfilled' : 'not yet fulfilled'})`,
    exact: `results of ${subscription}, ${fulfilled ? 'fulfilled' : 'not fulfilled'}: ${sayRowsExactly(rows)}`,
    phrase: {
      weight: fulfilled ? 1.4 : 0.9,
      who: `${subscription} of ${client}`,
      does: `shows ${sayRows(rows)}${fulfilled ? '' : ' (not yet fulfilled)'}`,
    },
  }),
  remoteFulfilled: ({ subscription }) => ({
    title: `shows ${subscription} as fulfilled by the server`,
    exact: `${subscription} fulfilled`,
    phrase: null,
  }),
  subscriptionError: ({ subscription, error }, { client }) => ({
    title: `shows an error of ${subscription}: ${error}`,
    exact: `error of ${subscription}: ${error}`,
    phrase: { weight: 2, who: `${subscription} of ${client}`, does: `shows ${error}` },
  }),
  refreshAsked: ({ call }) => ({
    title: `asks its refresh handler (call ${call})`,
    exact: `refresh handler called, call ${call}`,
    phrase: { weight: 2 },
  }),
  synced: ({ collection, id }) => ({ title: `shows ${collection}/${id} as synced`, exact: `${collection}/${id} synced`, phrase: null }),
  notSynced: ({ collection, id, error }) => ({
    title: `shows ${collection}/${id} as not synced: ${error}`,
    exact: `${collection}/${id} not synced, ${error}`,
    phrase: null,
  }),
  syncFailed: ({ error }) => ({
    title: `shows a write as failed: ${error}`,
    exact: `writes failed to sync, ${error}`,
    phrase: { weight: 1.5, does: `tells its user that a write failed (${error})` },
  }),
  logReplaced: () => ({
    title: 'shows that the log was replaced',
    exact: 'log replaced',
    phrase: { weight: 2, does: 'tells its user that the log was replaced' },
  }),
};

export function sayObservation<Name extends keyof Observations>(observation: ObservationOf<Name>, shown: Shown): Said {
  return table[observation.saw](observation, shown);
}

/** OPEN and CONNECTING follow from what is told anyhow. */
function weightOfStatus(status: Status): number {
  if (status === 'OPEN' || status === 'CONNECTING') return 0.5;
  return status === 'CLOSED' ? 1.6 : 1;
}
