/** Plain data that nobody can change: what client and server go by, and hand out (C1). */

/** The value itself, frozen in all its depth. */
export function deepFrozen<Held>(value: Held): Held {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFrozen(part);
  return value;
}

/** Shares nothing with what is given. */
export function frozenCopy<Held>(value: Held): Held {
  return deepFrozen(structuredClone(value));
}
