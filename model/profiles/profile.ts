/**
 * Where another system promises something else than this specification, and says so: one switch for each promise. A
 * profile bends no rule to what a system happens to do; each switch names where the promise is written
 * (the README of its adapter). Without a profile every switch is off. What a switch changes stands in `overrides/`.
 */
export interface Profile {
  /** S1: a client is OPEN when its socket opens, before the server has judged its token; the back-off starts over then. */
  readonly opensWithSocket: boolean;
  /** S2, S11: the token travels with the request that opens the socket, so that a client that is left while connecting has shown it. */
  readonly saysTokenAtOpening: boolean;
  /** S2: a session begun with an expired token is begun with what the refresh handler brings, whatever that is; with nothing, with the expired one. */
  readonly beginsWithAnswer: boolean;
  /** S9: neither end gives up a connection for silence, and nobody owes a ping. */
  readonly hasNoHeartbeat: boolean;
  /** S9: the back-off is not spread by chance, and starts over as soon as a client is OPEN. */
  readonly backsOffByCountAlone: boolean;
  /** S1: nobody promises an end of CLOSING while the other end does not answer. */
  readonly hasNoClosingTimer: boolean;
  /** S1: a live session that is ended or replaced is told CLOSING first; one begun without connecting is UNINITIALIZED. */
  readonly tellsReplacedClosing: boolean;
  /** S8: a session error is told before the status that comes with it: its callback still sees the connection. */
  readonly tellsErrorBeforeStatus: boolean;
  /** S8: a close of the server that crosses `disconnect()` is told as a session error as well. */
  readonly tellsErrorWhileClosing: boolean;
  /** S8: a session error is told for UNAUTHORIZED, TOKEN_EXPIRED, ROLES_MISMATCH and SCHEMA_MISMATCH alone. */
  readonly tellsFourSessionErrors: boolean;
  /** S5: the server notices that a token has expired when it next sends or hears something. */
  readonly noticesExpiryAtNextMessage: boolean;
  /** S11: a token that is expired when it is shown first is UNAUTHORIZED. */
  readonly refusesExpiredAsUnauthorized: boolean;
  /** S11: the server is given its keys when it starts, and goes by them for good. */
  readonly keepsFirstKeys: boolean;
  /** S7: the refresh handler runs by its timer alone, from the start of a session whose token can be read, and no close of the server asks it. */
  readonly refreshesByTimerAlone: boolean;
  /** Q2, Q6: a client holds all rows in one store, and says apart from the rows whether the server has answered: before that anything may show. */
  readonly keepsOneStore: boolean;
  /** W1: several writes of one row that are acknowledged together are told once. */
  readonly tellsSyncsTogether: boolean;
  /** W4: writes that are sent together are refused together, and told as one, the whole and its rows in any order. */
  readonly refusesTogether: boolean;
  /** P1: `postUpdate` is an operation of its own: who may update by one role is held to the `postUpdate` of another. */
  readonly judgesPostUpdateApart: boolean;
  /** S6, C5: what claims or permissions change is sent by a timer like all data, and only where rows differ. */
  readonly answersByTimer: boolean;
  /** C4: schemas are compared when a client connects; a push closes nobody. */
  readonly keepsBrokenClients: boolean;
  /** C3: what a push came to is told without its issues, which are told by attribute there, not by row. */
  readonly tellsNoIssues: boolean;
  /** W3: a delete of a row that is not held is no error. */
  readonly deletesUnseen: boolean;
  /** W1: an update that assigns nothing, or only empty sets where there are empty sets, is no write. */
  readonly passesOverNothing: boolean;
  /** C4: a client says nothing of its schema; that it is compared is promised all the same. */
  readonly saysNoSchema: boolean;
  /** K1: `clear` empties the local database; connection and client id stay, and live subscriptions are asked for again. */
  readonly clearsInPlace: boolean;
  /** B1: nonsense is answered by an error message, or passed over by a client, and the connection goes on; a stranger without a token is UNAUTHORIZED. */
  readonly answersNonsense: boolean;
  /** S3: an update of the token resolves when it is under way, answered or not. */
  readonly resolvesUpdatesUnanswered: boolean;
  /** Q6: that the server has answered is told at each of its answers. */
  readonly repeatsFulfilment: boolean;
  /** Q2: results may be told again though they are the same. */
  readonly repeatsResults: boolean;
  /** H1–H3: the server shows nothing of who shares what. */
  readonly showsNoGroups: boolean;
}

/** A system that promises the law and nothing else. */
export const plainProfile: Profile = {
  opensWithSocket: false,
  saysTokenAtOpening: false,
  beginsWithAnswer: false,
  hasNoHeartbeat: false,
  backsOffByCountAlone: false,
  hasNoClosingTimer: false,
  tellsReplacedClosing: false,
  tellsErrorBeforeStatus: false,
  tellsErrorWhileClosing: false,
  tellsFourSessionErrors: false,
  noticesExpiryAtNextMessage: false,
  refusesExpiredAsUnauthorized: false,
  keepsFirstKeys: false,
  refreshesByTimerAlone: false,
  keepsOneStore: false,
  tellsSyncsTogether: false,
  refusesTogether: false,
  judgesPostUpdateApart: false,
  answersByTimer: false,
  keepsBrokenClients: false,
  tellsNoIssues: false,
  deletesUnseen: false,
  passesOverNothing: false,
  saysNoSchema: false,
  clearsInPlace: false,
  answersNonsense: false,
  resolvesUpdatesUnanswered: false,
  repeatsFulfilment: false,
  repeatsResults: false,
  showsNoGroups: false,
};

/** The profile that a run is judged by, for those outside the model who judge by promises of their own. */
export function profileOf({ configuration }: { readonly configuration: { readonly profile?: Partial<Profile> | undefined } }): Profile {
  return { ...plainProfile, ...configuration.profile };
}
