/**
 * A sharing group (H1): one query, its result, and everyone who subscribed to it. The result is kept up to date by the
 * rows that a commit wrote, never computed anew.
 */
import type { WindowChange } from '../query/kept-result.ts';
import { createLiveWindow, type LiveWindow, type WindowOptions } from '../query/live-window.ts';
import type { NormalForm } from '../query/normal-form.ts';
import type { StoredRow } from '../query/types.ts';
import type { RowChange } from './rows.ts';

/** Why a subscription is not followed, or no more. */
export interface SubscriptionError {
  readonly name: string;
  readonly message: string;
}

/** Who hears of a group's changes: a connection. */
export interface Member {
  readonly label: string;
  /** Whether it may be sent data now. */
  isCurrent(): boolean;
  /**
   * Sends if the member may be sent data now; `encode` is called only then. `leadsOn`: there may be more to say of the latest version.
   * Never throws: that sending fails is its own matter (H4).
   */
  sendData(encode: () => string, leadsOn?: boolean): void;
  /** The same, for what a later answer says better: a member that is behind is spared it (B6). */
  sendUpdate(encode: () => string): void;
  /** Its subscription, which it had in that group until now, is followed no more (B4). */
  drop(subscription: string, group: string, error: SubscriptionError): void;
}

export interface Group {
  /** Its name on the wire: never used twice between one reading of the log and the next. */
  readonly id: string;
  /** Groups are told of a commit in the order in which they came to be. */
  readonly ordinal: number;
  /** Of its query's normal form. */
  readonly key: string;
  readonly collection: string;
  /** The result. */
  readonly window: LiveWindow;
  /** Each member with its names for the query, in order of joining. */
  readonly members: Map<Member, Set<string>>;
  /** The change of a row that it was tried on last, so that it is tried on each once, however the index finds it. */
  tried: RowChange | undefined;
}

export type GroupChange = WindowChange & { readonly group: Group };

/** `rows`: all of the collection, whenever they are asked for. */
export function createGroup(ordinal: number, form: NormalForm, rows: () => Iterable<StoredRow>, options: WindowOptions): Group {
  return {
    id: `g${ordinal}`,
    ordinal,
    key: form.key,
    collection: form.collection,
    window: createLiveWindow(form, rows, options),
    members: new Map(),
    tried: undefined,
  };
}
