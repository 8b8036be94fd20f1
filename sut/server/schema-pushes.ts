/**
 * Changes of the schema while the server runs (C3, C5). A push waits its turn with the writes, is judged by the rows of
 * that moment, appended like a write, and told to every connection in the same breath.
 */
import { dataIssues } from '../schema/conform.ts';
import { isCompatible } from '../schema/difference.ts';
import type { PlainSchema, SchemaOutcome } from '../schema/types.ts';
import { schemaMismatch } from './closes.ts';
import { frozenSchema } from './frozen-schema.ts';
import type { Peer } from './peer.ts';
import type { Services } from './services.ts';
import { regroup } from './subscriptions.ts';

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
  function commit(version: number, schema: PlainSchema): void {
    database.apply({ kind: 'schema', version, schema });
    schemas.own(schema);
    observer.onSchemaCommit(version);
    closeBroken(peers, schema);
    slowReaders.noteCommit();
    for (const peer of [...peers]) regroup(peer, services);
  }

  async function takeTurn(schema: PlainSchema): Promise<SchemaOutcome> {
    const compatible = isCompatible(database.schema(), schema);
    const issues = dataIssues(schema, database.collections());
    if (issues.length > 0) return { accepted: false, compatible, issues };
    const version = database.version() + 1;
    observer.onSchemaAppendBegin();
    counters.appends += 1;
    if (await appends.append({ kind: 'schema', version, schema })) commit(version, schema);
    // Told to nobody where it was not committed: then the push was abandoned, and has rejected.
    return { accepted: true, compatible, issues: [] };
  }

  return {
    async push(given) {
      const schema = frozenSchema(given);
      return new Promise((resolve, reject) => {
        waiting.add(reject);
        const turn = appends.run(() => takeTurn(schema));
        turn.then(resolve, reject).finally(() => waiting.delete(reject));
      });
    },
    abandon(reason) {
      for (const reject of waiting) reject(reason);
      waiting.clear();
    },
  };
}
