/** Work on many items, a few at a time. */

/** The results in the order of the items. Items are begun in their order, at most `most` are under way. */
export async function sideBySide<Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item, place: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const left = items.entries();
  const results: Result[] = [];
  const lane = async (): Promise<void> => {
    for (const [place, item] of left) results[place] = await work(item, place);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, lane));
  return results;
}
