/** Schemas that clients told: kept once for all who have it, and no more of it than is compared (C4). */
import { expect, test } from 'vitest';
import { schemaHash } from '../schema/hash.ts';
import { optional, ownRows, text, todosSchema } from '../testing/server-schemas.ts';
import { createKnownSchemas } from './known-schemas.ts';

test('one copy serves all who told the same, without permissions and roles', () => {
  const known = createKnownSchemas();
  const told = todosSchema(ownRows);
  const hash = schemaHash(told);
  const kept = known.tell(hash, told);
  expect(kept).toEqual({ ...todosSchema(null), roles: {} });
  expect(schemaHash(kept)).toBe(hash);
  expect(known.tell(hash, todosSchema(ownRows))).toBe(kept);
  expect(known.find(hash)).toBe(kept);
});

test("one that is the server's own already is that", () => {
  const known = createKnownSchemas();
  const own = todosSchema(ownRows);
  known.own(own);
  expect(known.tell(schemaHash(own), todosSchema(null))).toBe(own);
});

test('the one told longest ago is forgotten first', () => {
  const known = createKnownSchemas();
  const hashes = Array.from({ length: 257 }, (_, count) => {
    const schema = todosSchema(null, { [`a${count}`]: optional(text) });
    const hash = schemaHash(schema);
    known.tell(hash, schema);
    return hash;
  });
  expect(hashes.map((hash) => known.find(hash) === undefined).indexOf(false)).toBe(1);
});
