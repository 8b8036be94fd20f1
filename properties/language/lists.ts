/** Rebuilds of lists, by place. */

export function replaceAt<Item>(items: readonly Item[], place: number, ...by: readonly Item[]): readonly Item[] {
  return [...items.slice(0, place), ...by, ...items.slice(place + 1)];
}

/** The list without each of its members in turn. */
export function* withoutOne<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let place = 0; place < items.length; place += 1) yield replaceAt(items, place);
}

export function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

/** The words before this one: in a list that begins with the plainest, all of them are plainer. */
export function earlier<Word>(words: readonly Word[], word: Word): readonly Word[] {
  return words.slice(0, words.indexOf(word));
}
