/** Puts stretches that overlap side by side: the fewest tracks, and one that goes on under its name keeps its track. */

export interface Stretch {
  readonly name: string;
  readonly from: number;
  /** Included. */
  readonly to: number;
}

export interface Tracked<Item extends Stretch> {
  readonly item: Item;
  readonly track: number;
}

/** Greedy colouring of an interval graph, which is optimal when taken in the order of beginnings. */
export function assignTracks<Item extends Stretch>(items: readonly Item[]): readonly Tracked<Item>[] {
  const inOrder = items.map((item, place) => ({ item, place })).sort((a, b) => a.item.from - b.item.from || a.place - b.place);
  const takenUntil: number[] = [];
  const lastOf = new Map<string, number>();
  return inOrder.map(({ item }) => {
    const isFree = (track: number): boolean => (takenUntil[track] ?? -1) < item.from;
    const own = lastOf.get(item.name);
    const track = own !== undefined && isFree(own) ? own : firstWhere(isFree);
    takenUntil[track] = item.to;
    lastOf.set(item.name, track);
    return { item, track };
  });
}

function firstWhere(isFree: (track: number) => boolean): number {
  let track = 0;
  while (!isFree(track)) track += 1;
  return track;
}
