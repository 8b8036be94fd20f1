/** Names are the user's own words, so that one may well be `constructor`: only what a record holds itself counts. */

export function own<Held>(record: Readonly<Record<string, Held>>, name: string): Held | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
