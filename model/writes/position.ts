/** A place in a log: since the server's log may be replaced (W2), a version alone names none. */

/** Logs are numbered over the run; one that is restored from a copy is another one from then on. */
export type LogNumber = number;

export interface Position {
  readonly log: LogNumber;
  readonly version: number;
}
