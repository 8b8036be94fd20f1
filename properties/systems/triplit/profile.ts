/** What the packages promise in another way; each with its source in `sut/triplit/README.md`. What follows from what they lack is not repeated here. */
import type { Profile } from '../plugin.ts';

export const profile: Partial<Profile> = {
  opensWithSocket: true,
  saysTokenAtOpening: true,
  beginsWithAnswer: true,
  backsOffByCountAlone: true,
  hasNoClosingTimer: true,
  tellsReplacedClosing: true,
  tellsErrorBeforeStatus: true,
  tellsErrorWhileClosing: true,
  tellsFourSessionErrors: true,
  noticesExpiryAtNextMessage: true,
  refusesExpiredAsUnauthorized: true,
  keepsFirstKeys: true,
  refreshesByTimerAlone: true,
  keepsOneStore: true,
  tellsSyncsTogether: true,
  refusesTogether: true,
  judgesPostUpdateApart: true,
  answersByTimer: true,
  keepsBrokenClients: true,
  tellsNoIssues: true,
  deletesUnseen: true,
  passesOverNothing: true,
  saysNoSchema: true,
  clearsInPlace: true,
  answersNonsense: true,
  repeatsResults: true,
};

/** What a script may pass over, so that it does not hide the rest. */
export const suppressions = {
  repeatedFulfilment: { repeatsFulfilment: true },
  unansweredUpdates: { resolvesUpdatesUnanswered: true },
} as const satisfies Readonly<Record<string, Partial<Profile>>>;

/** Times in tokens are whole seconds there (RFC 7519 allows fractions, the packages' verification does not read them). */
export const tokenSecondsMs = 1_000;
