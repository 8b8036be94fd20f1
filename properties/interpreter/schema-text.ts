/**
 * The canonical text of a schema as a system shows it. The object is read anew each time, since the point is whether
 * somebody changed it (C1); only putting its text in order is remembered.
 */
import { canonicalText } from '../../model/index.ts';

const known = new Map<string, string>();
const knownMost = 256;

export function schemaText(schema: object): string {
  const text = JSON.stringify(schema);
  const canonical = known.get(text) ?? canonicalText(schema);
  if (known.size >= knownMost) known.clear();
  known.set(text, canonical);
  return canonical;
}
