/**
 * Changes of the schema while the server runs (C3, C5). A push joins a batch with the writes, is judged by the rows as those before it
 * leave them, appended like a write, and told to every connection in the same breath.
 */
import { dataIssues } from '../schema/conform.ts';
import { isCompatible } from '../schema/difference.ts';
import type { PlainSchema, SchemaOutcome } from '../schema/types.ts';
import { schemaMismatch } from './closes.ts';
import { frozenSchema } from './frozen-schema.ts';
import type { Peer } from './peer.ts';
import type { Services } from './services.ts';
import type { Staged } from './staged.ts';
import type { SchemaEntry } from './storage.ts';
import { type RowsOfBreath, regroup } from './subscriptions.ts';

export interface SchemaPushes {
  /** Rejects for what is no schema, and where the outcome will never be known (`abandon`). */
  push(schema: PlainSchema): Promise<SchemaOutcome>;
  /** Rejects every push that waits or is being appended. */
  abandon(reason: Error): void;
}

/** Which clients cannot live with the schema. Those with the same schema, most of them, are compared once. */
function breaksWith(schema: PlainSchema): (peer: Peer) => boolean {
  const verdicts = new Map<PlainSchema | null, boolean>();
  return (peer) => {
    const state = peer.state();
    if (state.phase !== 'open') return false;
    const held = state.session.schema;
    const isBroken = verdicts.get(held) ?? !isCompatible(held, schema);
    verdicts.set(held, isBroken);
    return isBroken;
  };
}

function closeBroken(peers: Iterable<Peer>, schema: PlainSchema): void {
  const isBroken = breaksWith(schema);
  for (const peer of [...peers]) {
    const state = peer.state();
    if (state.phase === 'open' && isBroken(peer)) peer.close(schemaMismatch(state.session.schema, schema));
  }
}

/** `peers`: all connections, in the order in which they came. */
export function createSchemaPushes(services: Services, peers: Iterable<Peer>): SchemaPushes {
  const { database, schemas, observer, appends, counters, slowReaders } = services;
  const waiting = new Set<(reason: Error) => void>();

  /** The entry is durable: first those it breaks are closed, then the others are answered anew. */
  function commit(entry: SchemaEntry): void {
    const { version, schema } = entry;
    database.apply(entry);
    schemas.own(schema);
    observer.onSchemaCommit(version);
    closeBroken(peers, schema);
    slowReaders.noteCommit();
    const told: RowsOfBreath = new Map();
    for (const peer of [...peers]) regroup(peer, services, told);
  }

  /** A refusal stands on what the batch holds before it, so that it waits as long as a commit. */
  function join(schema: PlainSchema, staged: Staged, settle: (outcome: SchemaOutcome) => void): () => void {
    const compatible = isCompatible(staged.schema(), schema);
    const issues = dataIssues(schema, staged.collections());
    if (issues.length > 0) {
      observer.onSchemaRefused();
      return () => settle({ accepted: false, compatible, issues });
    }
    observer.onSchemaAppendBegin();
    counters.appends += 1;
    const entry: SchemaEntry = { kind: 'schema', version: staged.version() + 1, schema };
    staged.add(entry);
    return () => {
      commit(entry);
      settle({ accepted: true, compatible, issues: [] });
    };
  }

  return {
    async push(given) {
      const schema = frozenSchema(given);
      return new Promise((resolve, reject) => {
        waiting.add(reject);
        const turn = appends.run((staged) => join(schema, staged, resolve));
        turn.catch(reject).finally(() => waiting.delete(reject));
      });
    },
    abandon(reason) {
      for (const reject of waiting) reject(reason);
      waiting.clear();
    },
  };
}
