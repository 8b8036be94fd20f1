/** What the published packages promise otherwise; each with its source in `sut/triplit/README.md`. */
import type { Profile } from '../../model/index.ts';

export const publishedProfile: Profile = {
  opensWithSocket: true,
  saysTokenAtOpening: true,
  beginsWithAnswer: true,
  hasNoHeartbeat: true,
  hasNoClosingTimer: true,
  tellsReplacedClosing: true,
  tellsErrorBeforeStatus: true,
  tellsErrorWhileClosing: true,
  noticesExpiryAtNextMessage: true,
  refusesExpiredAsUnauthorized: true,
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
  resolvesUpdatesUnanswered: false,
  repeatsFulfilment: false,
  repeatsResults: true,
  showsNoGroups: true,
};

/** Times in tokens are whole seconds there (RFC 7519 allows fractions, the packages' verification does not read them). */
export const publishedTokenSecondsMs = 1_000;
