/**
 * Schemas by their hash (C4): those that were the server's own, and those that clients told since it started. A client
 * whose schema is among them need not say it.
 */
import { schemaHash } from '../schema/hash.ts';
import type { PlainSchema } from '../schema/types.ts';

/** Enough for every release of an app that is still in use. Beyond it the one told longest ago is forgotten and asked for again. */
const toldMax = 256;

export interface KnownSchemas {
  /** It is or was the server's own. */
  own(schema: PlainSchema): void;
  /** A client said it; `hash` is its own. */
  tell(hash: string, schema: PlainSchema): void;
  find(hash: string): PlainSchema | undefined;
}

export function createKnownSchemas(): KnownSchemas {
  const owned = new Map<string, PlainSchema>();
  const told = new Map<string, PlainSchema>();
  return {
    own: (schema) => owned.set(schemaHash(schema), schema),
    tell(hash, schema) {
      told.set(hash, schema);
      const [oldest] = told.keys();
      if (told.size > toldMax && oldest !== undefined) told.delete(oldest);
    },
    find: (hash) => owned.get(hash) ?? told.get(hash),
  };
}
