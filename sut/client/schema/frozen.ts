/** A copy that nobody can change: what the client goes by, and gives to whoever asks for its schema (C1). */

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}

/** For plain data. */
export function frozenCopy<Held>(value: Held): Held {
  const copy = structuredClone(value);
  freeze(copy);
  return copy;
}
