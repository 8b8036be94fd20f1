/** Names are the user's own words, and one may well be `constructor` or `__proto__`: only what a record holds itself counts. */

export function entryOf<Held>(record: Readonly<Record<string, Held>> | undefined, name: string): Held | undefined {
  return record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;
}
