/** The log of the server is copied, and replaced by a copy, or by an empty log, while no server is on it (W2). */
import { clientOf, withClient, withServer } from '../change.ts';
import type { ClientName } from '../observations.ts';
import { reject } from '../rejection.ts';
import { hashedPart } from '../schema/difference.ts';
import type { LogCopy } from '../server-state.ts';
import { type State, versionOf } from '../state.ts';
import { isUnanswered, type Write } from '../writes/changes.ts';
import { answersInLog } from '../writes/recovery.ts';
import { decidedNow } from './crash.ts';

export function copyLog(state: State, copy: string): State {
  const { log, versions, rejections, decisions, schema, schemaVersion, ownSchemas, incarnations } = state.server;
  const copied: LogCopy = {
    versions,
    rejections,
    decisions,
    schema,
    schemaVersion,
    ownSchemas,
    incarnations,
    copied: { log, version: versionOf(state) },
  };
  return { ...state, logCopies: { ...state.logCopies, [copy]: copied } };
}

function emptyLog({ configuration }: State): LogCopy {
  const schema = configuration.schema ?? null;
  const ownSchemas = schema === null ? [] : [hashedPart(schema)];
  const nothing = { versions: [{}], rejections: [], decisions: {}, incarnations: [], copied: null };
  return { ...nothing, schema, schemaVersion: 0, ownSchemas };
}

/** `copy` null: the log is gone, and an empty one is in its place. */
export function replaceLog(state: State, copy: string | null): State {
  if (state.server.phase !== 'stopped')
    return reject('W2', 'log replaced', 'the log was replaced under a running server', ['it is stopped'], 'running');
  const { log, versions, copied } = state.server;
  const found = copy === null ? emptyLog(state) : copyNamed(state, copy);
  const knownSchemas = Object.fromEntries(found.ownSchemas.map((text) => [text, 'own'] as const));
  const formerLogs = { ...state.formerLogs, [log]: { versions, copied } };
  const replaced = withServer(
    { ...state, formerLogs, logsBegun: state.logsBegun + 1 },
    { ...found, knownSchemas, log: state.logsBegun + 1 },
  );
  return Object.keys(state.clients).reduce(withDecisions, answersInLog(replaced));
}

function copyNamed({ logCopies }: State, copy: string): LogCopy {
  return logCopies[copy] ?? reject('W2', 'no copy', `the log was never copied as ${copy}`, ['a copy'], 'none');
}

/** What waits may be in this log, as it may have been in the former one. */
function withDecisions(state: State, name: ClientName): State {
  const client = clientOf(state, name);
  const look = (write: Write): Write => (isUnanswered(write) ? { ...write, decided: decidedNow(state, write) } : write);
  return withClient(state, name, { writes: client.writes.map(look) });
}
