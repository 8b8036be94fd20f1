/** Where in which log something is: a log that was restored from a copy goes on from what the copy held (W2). */
import type { KnownLog } from '../server-state.ts';
import type { State } from '../state.ts';
import type { Rows } from './log.ts';
import type { LogNumber, Position } from './position.ts';

function logNumbered(state: State, log: LogNumber): KnownLog | undefined {
  return log === state.server.log ? state.server : state.formerLogs[log];
}

export function rowsAt(state: State, { log, version }: Position): Rows {
  return logNumbered(state, log)?.versions[version] ?? {};
}

/** The log that the entry was appended to first. */
export function firstPosition(state: State, position: Position): Position {
  const copied = logNumbered(state, position.log)?.copied ?? null;
  if (copied === null || position.version > copied.version) return position;
  return firstPosition(state, { log: copied.log, version: position.version });
}

/** Whether whoever has heard the log up to `heard` has heard that entry of it. */
export function isWithin(state: State, entry: Position, heard: Position): boolean {
  if (entry.log === heard.log) return entry.version <= heard.version;
  const copied = logNumbered(state, heard.log)?.copied ?? null;
  if (copied === null) return false;
  return isWithin(state, entry, { log: copied.log, version: Math.min(copied.version, heard.version) });
}
