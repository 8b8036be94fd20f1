/**
 * Where another system promises something else than this specification, and says so: one switch for each promise. A
 * dialect bends no rule to what a system happens to do; each switch names where the promise is written
 * (`sut/published/README.md`). Without a dialect every switch is off.
 */
export interface Dialect {
  /** S1: a client is OPEN when its socket opens, before the server has judged its token; the back-off starts over then. */
  readonly opensWithSocket: boolean;
  /** S2, S11: the token travels with the request that opens the socket, so that whoever is left while connecting has shown it. */
  readonly saysTokenAtOpening: boolean;
  /** S9: neither end gives up a connection for silence, and nobody owes a ping. */
  readonly hasNoHeartbeat: boolean;
  /** S1: nobody promises an end of CLOSING while the other end does not answer. */
  readonly hasNoClosingTimer: boolean;
  /** S1: a live session that is ended or replaced is told CLOSING first; one begun without connecting is UNINITIALIZED. */
  readonly tellsReplacedClosing: boolean;
  /** S5: the server notices that a token has expired when it next sends or hears something. */
  readonly noticesExpiryAtNextMessage: boolean;
  /** S11: a token that is expired when it is shown first is UNAUTHORIZED. */
  readonly refusesExpiredAsUnauthorized: boolean;
  /** S7: the refresh handler runs by its timer alone, from the start of the session on, and no close of the server asks it. */
  readonly refreshesByTimerAlone: boolean;
  /** Q2, Q6: a client holds all rows in one store, and says apart from the rows whether the server has answered: before that anything may show. */
  readonly keepsOneStore: boolean;
  /** W1: several writes of one row that are acknowledged together are told once. */
  readonly tellsSyncsTogether: boolean;
  /** W3: a delete of a row that is not held is no error. */
  readonly deletesUnseen: boolean;
  /** C4: a client says nothing of its schema. */
  readonly saysNoSchema: boolean;
  /** Q6: that the server has answered is told at each of its answers. */
  readonly repeatsFulfilment: boolean;
  /** Q2: results may be told again though they are the same. */
  readonly repeatsResults: boolean;
  /** H1–H3: the server shows nothing of who shares what. */
  readonly showsNoGroups: boolean;
}

export const noDialect: Dialect = {
  opensWithSocket: false,
  saysTokenAtOpening: false,
  hasNoHeartbeat: false,
  hasNoClosingTimer: false,
  tellsReplacedClosing: false,
  noticesExpiryAtNextMessage: false,
  refusesExpiredAsUnauthorized: false,
  refreshesByTimerAlone: false,
  keepsOneStore: false,
  tellsSyncsTogether: false,
  deletesUnseen: false,
  saysNoSchema: false,
  repeatsFulfilment: false,
  repeatsResults: false,
  showsNoGroups: false,
};
