/** A subscription together with what a user interface shows around its rows: still loading, failed, or current. */
import type { CallUser } from '../protocol/user-calls.ts';
import type { Status } from './session-table.ts';

export interface SubscriptionState<Row> {
  /** Undefined until there is a first result. */
  readonly results: readonly Row[] | undefined;
  readonly error: Error | undefined;
  readonly fetchingLocal: boolean;
  /** A connection is there or on its way, and the server has not answered in this session. */
  readonly fetchingRemote: boolean;
  /** Nothing to show yet, or more to come. */
  readonly fetching: boolean;
}

export interface StatusSources<Row> {
  subscribe(
    onResults: (rows: readonly Row[], info: { readonly hasRemoteFulfilled: boolean }) => void,
    onError: (error: Error) => void,
  ): () => void;
  onUnfulfilled(callback: () => void): () => void;
  onConnectionStatusChange(callback: (status: Status) => void, runImmediately: boolean): () => void;
  /** Whatever comes of the user's callback. */
  readonly call: CallUser;
}

function mayAnswer(status: Status): boolean {
  return status === 'CONNECTING' || status === 'OPEN';
}

/** Calls back at once, then whenever something of the state differs. */
export function subscribeWithStatus<Row>(sources: StatusSources<Row>, callback: (state: SubscriptionState<Row>) => void): () => void {
  let results: readonly Row[] | undefined;
  let error: Error | undefined;
  let isFulfilled = false;
  let isConnected = false;
  let told: SubscriptionState<Row> | undefined;

  function tell(): void {
    const fetchingLocal = results === undefined && error === undefined;
    const fetchingRemote = isConnected && !isFulfilled && error === undefined;
    const isSame = told?.results === results && told?.error === error && told?.fetchingRemote === fetchingRemote;
    if (told !== undefined && isSame) return;
    const state = { results, error, fetchingLocal, fetchingRemote, fetching: fetchingLocal || fetchingRemote };
    told = state;
    sources.call(() => callback(state));
  }

  // First, since it may throw and never calls back inside the call: then nothing is left listening.
  const unsubscribe = sources.subscribe(
    (rows, { hasRemoteFulfilled }) => {
      results = rows;
      error = undefined;
      isFulfilled = hasRemoteFulfilled;
      tell();
    },
    (failure) => {
      error = failure;
      tell();
    },
  );
  const stopForgetting = sources.onUnfulfilled(() => {
    isFulfilled = false;
    tell();
  });
  const stopListening = sources.onConnectionStatusChange((status) => {
    isConnected = mayAnswer(status);
    tell();
  }, true);
  return () => {
    stopForgetting();
    stopListening();
    unsubscribe();
  };
}
