/** What a tab of a browser test and the test say to each other. Apart from what the tab does, which only a browser has the words for. */

export interface TabTask {
  readonly database: string;
  readonly serverUrl: string;
  readonly token: string;
  /** Each write inserts a row named so, with a number from 0 on. */
  readonly prefix: string;
  readonly writes: number;
  /** So many may wait for their answer. */
  readonly atOnce: number;
  /** Also sends what tabs that are gone left behind. */
  readonly sendsAbandoned: boolean;
}

export type TabSaid =
  | { readonly said: 'opened'; readonly place: number; readonly waiting: number }
  | { readonly said: 'made' | 'kept' | 'synced'; readonly row: string }
  | { readonly said: 'refused'; readonly row: string; readonly error: string; readonly cause: string }
  | { readonly said: 'trouble'; readonly text: string }
  /** All its writes are kept and answered; `abandoned`: so many it sent for others. */
  | { readonly said: 'settled'; readonly abandoned: number };
