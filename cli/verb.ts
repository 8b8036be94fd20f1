/** What a verb of the command line is. Exit codes are a contract: 0 held, 1 a property failed, 2 bad usage or input, 3 could not decide. */

export type ExitCode = 0 | 1 | 2 | 3;
export const exitCodes = { held: 0, failed: 1, blocked: 1, undecided: 3 } as const;

export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

export interface Surroundings {
  readonly out: OutputStream;
  readonly err: OutputStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Calls back at each signal to end (Ctrl-C, SIGTERM, SIGHUP); returns how to stop listening. */
  onInterrupt(callback: () => void): () => void;
  /** When the process began, by `performance.now()`. */
  readonly startMs: number;
  /** Something failed that counts: from now on the exit code is that of a failure, whatever else goes wrong. */
  failureKnown(): void;
}

/** There is no result, and why. */
export class Undecided extends Error {}

export interface Verb {
  /** What `--help` prints. */
  readonly help: string;
  /** @throws {UsageError} for bad usage and bad input; {Undecided} where there is no result */
  run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode>;
}
