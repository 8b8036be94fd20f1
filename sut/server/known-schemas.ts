/**
 * Schemas by their hash (C4): those that were the server's own, and those that clients told since it started. A client
 * whose schema is among them need not say it.
 */
import type { CollectionSchema } from '../../vocabulary/schemas.ts';
import { schemaHash } from '../schema/hash.ts';
import type { PlainSchema } from '../schema/types.ts';

/** Enough for every release of an app that is still in use. Beyond it the one told longest ago is forgotten and asked for again. */
const toldMax = 256;

export interface KnownSchemas {
  /** It is or was the server's own. */
  own(schema: PlainSchema): void;
  /** A client said it; `hash` is its own. Answers with the one that is kept for all who have it, as far as C2 compares it. */
  tell(hash: string, schema: PlainSchema): PlainSchema;
  find(hash: string): PlainSchema | undefined;
}

/** Permissions and roles of a client's schema concern nobody here. */
function withoutPermissions({ collections }: PlainSchema): PlainSchema {
  const bare = Object.entries(collections).map(([name, { attributes }]): [string, CollectionSchema] => [
    name,
    { attributes, permissions: null },
  ]);
  return { collections: Object.fromEntries(bare), roles: {} };
}

export function createKnownSchemas(): KnownSchemas {
  const owned = new Map<string, PlainSchema>();
  const told = new Map<string, PlainSchema>();
  const find = (hash: string): PlainSchema | undefined => owned.get(hash) ?? told.get(hash);
  return {
    own: (schema) => owned.set(schemaHash(schema), schema),
    tell(hash, schema) {
      const known = find(hash);
      if (known !== undefined) return known;
      const kept = withoutPermissions(schema);
      told.set(hash, kept);
      const [oldest] = told.keys();
      if (told.size > toldMax && oldest !== undefined) told.delete(oldest);
      return kept;
    },
    find,
  };
}
